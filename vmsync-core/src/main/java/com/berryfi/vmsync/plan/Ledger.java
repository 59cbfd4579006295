package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.Interval;
import com.berryfi.vmsync.model.Metering;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a session's bill says after an effect, and the instruction that tells the host. */
public final class Ledger {

    /** A bill and the instruction that led to it; none if the effect changes nothing. */
    public record Entry(Metering metering, Optional<BillingInstruction> instruction) {}

    private Ledger() {}

    /**
     * Enters an effect. A bill that was closed stays as it is.
     *
     * @param start when metering began; empty if it has not
     */
    public static Entry enter(Metering metering, Effect effect, Optional<Instant> start) {
        if (metering.stopped()) {
            return new Entry(metering, Optional.empty());
        }
        if (effect instanceof Effect.SuspendMetering suspend) {
            return metering.openGap().isPresent()
                    ? new Entry(metering, Optional.empty())
                    : next(metering, opened(metering, suspend.from()), false, suspend);
        }
        if (effect instanceof Effect.ResumeMetering resume) {
            return next(metering, closed(metering, resume.at()), false, resume);
        }
        if (effect instanceof Effect.StopMetering stop) {
            List<Gap> gaps = closed(metering, stop.at());
            Metering after = next(metering, gaps, true);
            List<Interval> billed =
                    start.map(from -> billed(from, stop.at(), gaps)).orElse(List.of());
            return new Entry(
                    after,
                    Optional.of(
                            new BillingInstruction.Stop(key(after), metering.vm(), stop.at(), billed, stop.reason())));
        }
        return new Entry(metering, Optional.empty());
    }

    private static Entry next(Metering before, List<Gap> gaps, boolean stopped, Effect.SuspendMetering suspend) {
        Metering after = next(before, gaps, stopped);
        return new Entry(
                after,
                Optional.of(new BillingInstruction.Suspend(key(after), after.vm(), suspend.from(), suspend.reason())));
    }

    private static Entry next(Metering before, List<Gap> gaps, boolean stopped, Effect.ResumeMetering resume) {
        Metering after = next(before, gaps, stopped);
        return new Entry(
                after,
                Optional.of(new BillingInstruction.Resume(key(after), after.vm(), resume.at(), resume.reason())));
    }

    private static Metering next(Metering before, List<Gap> gaps, boolean stopped) {
        return new Metering(before.session(), before.vm(), before.counter() + 1, gaps, stopped);
    }

    private static BillingKey key(Metering metering) {
        return new BillingKey(metering.session(), metering.counter());
    }

    private static List<Gap> opened(Metering metering, Instant from) {
        List<Gap> gaps = new ArrayList<>(metering.gaps());
        gaps.add(new Gap(from, Optional.empty()));
        return gaps;
    }

    private static List<Gap> closed(Metering metering, Instant at) {
        List<Gap> gaps = new ArrayList<>(metering.gaps());
        metering.openGap().ifPresent(open -> {
            Instant end = at.isBefore(open.from()) ? open.from() : at;
            gaps.set(gaps.size() - 1, new Gap(open.from(), Optional.of(end)));
        });
        return gaps;
    }

    /** What is left of a session once its gaps are taken out, oldest first. */
    static List<Interval> billed(Instant start, Instant end, List<Gap> gaps) {
        List<Interval> billed = new ArrayList<>();
        Instant from = start;
        for (Gap gap : gaps) {
            Instant until = gap.from().isBefore(end) ? gap.from() : end;
            if (from.isBefore(until)) {
                billed.add(new Interval(from, until));
            }
            Instant resumed = gap.to().orElse(end);
            from = resumed.isAfter(from) ? resumed : from;
        }
        if (from.isBefore(end)) {
            billed.add(new Interval(from, end));
        }
        return billed;
    }
}
