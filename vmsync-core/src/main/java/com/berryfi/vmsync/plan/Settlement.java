package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.Amendment;
import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.Mode;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Bills of sessions that the host has ended by itself. */
public final class Settlement {

    /** By which the audit names this. */
    public static final String ID = "adjust-after-host";

    private static final Scope NO_SCOPE = new Scope("none", "", "", "none");

    private Settlement() {}

    /**
     * Closes the bill of a session that the host has ended, once the host has had time to ask for its gaps.
     *
     * @param session its row
     * @param cycle for the audit
     * @param patience how long the host may take to ask
     * @return empty if the session has not ended, or that time is not over
     */
    public static Optional<Amendment> of(
            Metering metering, Session session, String cycle, Instant now, Duration patience) {
        boolean due =
                session.endTime().map(end -> !now.isBefore(end.plus(patience))).orElse(true);
        if (metering.stopped() || !session.status().isEnded() || !(due || metering.asked())) {
            return Optional.empty();
        }
        Ledger.Entry entry = Ledger.endedByHost(metering, session, now);
        List<BillingInstruction> billing = entry.instruction().stream().toList();
        return Optional.of(of(
                metering,
                entry.metering(),
                now,
                billing,
                billing.stream().map(each -> record(session, each, cycle, now)).toList()));
    }

    /** The note that the host has asked for the gaps as they are. */
    public static Amendment asked(Metering metering, Instant now) {
        return of(metering, metering.askedFor(), now, List.of(), List.of());
    }

    private static Amendment of(
            Metering before, Metering after, Instant now, List<BillingInstruction> billing, List<AuditRecord> audit) {
        return new Amendment(
                now,
                before.vm(),
                new Memory(Optional.empty(), Optional.of(before), Optional.empty()),
                new Memory(Optional.empty(), Optional.of(after), Optional.empty()),
                billing,
                audit);
    }

    private static AuditRecord record(Session session, BillingInstruction instruction, String cycle, Instant now) {
        Observation notAsked =
                new Observation.Unknown(UnknownCause.NOT_ASKED, "the session's own row says that it ended");
        return new AuditRecord(
                now,
                cycle,
                session.vm(),
                Optional.of(session.id()),
                NO_SCOPE,
                ID,
                Mode.ACT,
                instruction.reason(),
                VmStatus.UNKNOWN,
                Optional.of(session.status()),
                new Evidence(notAsked, ReadKind.DIRECT, now, Optional.empty()),
                List.of(instruction.toString()),
                Optional.empty());
    }
}
