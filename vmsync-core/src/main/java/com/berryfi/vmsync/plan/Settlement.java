package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.Amendment;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Bills of sessions that the host has ended by itself. */
public final class Settlement {

    private Settlement() {}

    /**
     * Closes the bill of a session that the host has ended, once the host has had time to ask for its gaps.
     *
     * @param session its row
     * @param patience how long the host may take to ask
     * @return empty if the session has not ended, or that time is not over
     */
    public static Optional<Amendment> of(Metering metering, Session session, Instant now, Duration patience) {
        boolean due = session.endTime()
                .map(end -> !now.isBefore(end.plus(patience)))
                .orElse(true);
        if (metering.stopped() || !session.status().isEnded() || !(due || metering.asked())) {
            return Optional.empty();
        }
        Ledger.Entry entry = Ledger.endedByHost(metering, session, now);
        return Optional.of(of(metering, entry.metering(), now, entry.instruction().stream().toList()));
    }

    /** The note that the host has asked for the gaps as they are. */
    public static Amendment asked(Metering metering, Instant now) {
        return of(metering, metering.askedFor(), now, List.of());
    }

    private static Amendment of(
            Metering before, Metering after, Instant now, List<com.berryfi.vmsync.model.BillingInstruction> billing) {
        return new Amendment(
                now,
                before.vm(),
                new Memory(Optional.empty(), Optional.of(before), Optional.empty()),
                new Memory(Optional.empty(), Optional.of(after), Optional.empty()),
                billing,
                List.of());
    }
}
