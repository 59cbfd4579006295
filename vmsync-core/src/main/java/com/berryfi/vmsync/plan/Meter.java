package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.Lapse;
import com.berryfi.vmsync.model.Metering;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What direct reads say of a session's bill while nothing may be done about it: known, and entered as soon as something may. */
final class Meter {

    private Meter() {}

    /**
     * Once it is known that the machine ran between what was taken for the last proof of it and the first proof of off, as a slow list
     * may say afterwards: it is billed until then.
     */
    static Metering ran(Metering metering, Instant at) {
        return metering.lapse()
                .filter(lapse -> at.isAfter(lapse.ranUntil()) && at.isBefore(lapse.offAt()) && !metering.stopped())
                .map(lapse -> metering.lapsed(Optional.of(new Lapse(at, lapse.offAt()))))
                .orElse(metering);
    }

    /** After a direct read that proves that the machine runs: an interruption that lasts is over as of the first of them. */
    static Metering running(Metering metering, Instant sentAt) {
        boolean lasts = metering.openGap().isPresent() || metering.lapse().isPresent();
        return lasts && metering.backAt().isEmpty() && !metering.stopped() ? metering.back(sentAt) : metering;
    }

    /**
     * After a direct read that proves that the machine is off: an interruption that was over is a gap of its own, and another begins.
     *
     * @param ranUntil until when it is billed, if not before it was back
     */
    static Metering off(Metering metering, Instant ranUntil) {
        if (metering.backAt().isEmpty() || metering.stopped()) {
            return metering;
        }
        List<Gap> gaps = new ArrayList<>(Ledger.gaps(metering));
        if (metering.openGap().isPresent()) {
            Instant from = ranUntil.isBefore(metering.backAt().get())
                    ? metering.backAt().get()
                    : ranUntil;
            gaps.add(new Gap(from, Optional.empty()));
        }
        return metering.resumedUnsaid(gaps);
    }
}
