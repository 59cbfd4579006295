package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.Amendment;
import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Identity;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Mode;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Run;
import com.berryfi.vmsync.model.Standing;
import com.berryfi.vmsync.model.Tracking;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Machines whose rows the host has removed: marked removed here is not removed in the cloud until the cloud says so. */
public final class Stray {

    /** By which the audit names this. */
    public static final String ID = "watch-removed";

    /**
     * What follows from a direct read.
     *
     * @param amendment what is to be remembered; empty if nothing changes
     * @param standing the finding; empty if there is none
     */
    public record Outcome(Optional<Amendment> amendment, Optional<Standing> standing) {}

    private static final int NOT_FOUNDS = 3;

    private Stray() {}

    /** What a row would look like that is gone: enough to recall what is remembered of its VM. */
    public static ManagedVm rowOf(Identity identity) {
        Vm vm = new Vm(
                identity.vm(),
                identity.scope(),
                identity.address(),
                VmStatus.UNKNOWN,
                Optional.empty(),
                Optional.empty());
        return new ManagedVm(vm, Optional.empty());
    }

    /** Decides: alive is found, for as long as it is so; gone thrice, or replaced by another machine, is forgotten; the rest is left. */
    public static Outcome decide(Identity identity, Memory memory, Evidence evidence, String cycle, Instant now) {
        Memory before = new Memory(memory.tracking(), Optional.empty(), Optional.of(identity));
        Optional<Run> run = run(memory, evidence, now);
        boolean gone = run.filter(seen -> seen.subject() == Run.Subject.MISSING && seen.directs() >= NOT_FOUNDS)
                .isPresent();
        if (gone || isAnother(identity, evidence)) {
            return new Outcome(
                    Optional.of(amendment(before, Memory.EMPTY, identity, List.of(), now)), Optional.empty());
        }
        Optional<Instant> known = memory.tracking()
                .filter(tracking -> tracking.verdict().equals(ID))
                .flatMap(Tracking::changedAt);
        boolean missing = evidence.observation() instanceof Observation.Missing;
        boolean unseen = run.isEmpty() || Run.Subject.of(evidence.observation()).isEmpty();
        if (evidence.power() == PowerState.DEALLOCATED || (unseen && known.isEmpty())) {
            return new Outcome(Optional.empty(), Optional.empty());
        }
        if (missing && known.isEmpty()) {
            return new Outcome(
                    Optional.of(
                            amendment(before, after(identity, memory, run, known, "", now), identity, List.of(), now)),
                    Optional.empty());
        }
        Instant since = known.orElse(evidence.sentAt());
        String text =
                "the VM's row is gone since " + since + " or longer, and its machine is " + evidence.observation();
        Standing standing = new Standing(
                FindingKind.REMOVED_BUT_ALIVE, identity.vm(), identity.scope(), identity.session(), since, now, text);
        if (known.isPresent() && !missing) {
            return new Outcome(Optional.empty(), Optional.of(standing));
        }
        Memory after = after(identity, memory, run, Optional.of(since), ID, now);
        List<AuditRecord> audit = known.isPresent() ? List.of() : List.of(record(identity, evidence, text, cycle, now));
        return new Outcome(Optional.of(amendment(before, after, identity, audit, now)), Optional.of(standing));
    }

    private static boolean isAnother(Identity identity, Evidence evidence) {
        return evidence.observation() instanceof Observation.Seen seen
                && seen.uid().isPresent()
                && identity.uid()
                        .filter(known -> !seen.uid().equals(Optional.of(known)))
                        .isPresent();
    }

    private static Optional<Run> run(Memory memory, Evidence evidence, Instant now) {
        return Run.Subject.of(evidence.observation())
                .map(subject -> memory.tracking()
                        .flatMap(Tracking::run)
                        .filter(known -> known.subject() == subject)
                        .map(known -> known.and(evidence, Optional.of(now)))
                        .orElseGet(() -> Run.of(subject, evidence, Optional.of(now))));
    }

    private static Memory after(
            Identity identity, Memory memory, Optional<Run> run, Optional<Instant> since, String verdict, Instant now) {
        Tracking tracking = new Tracking(
                identity.vm(),
                memory.tracking().map(row -> row.version() + 1).orElse(now.toEpochMilli()),
                "",
                Optional.empty(),
                since,
                run,
                Optional.empty(),
                Optional.empty(),
                false,
                verdict);
        return new Memory(Optional.of(tracking), Optional.empty(), Optional.of(identity));
    }

    private static Amendment amendment(
            Memory before, Memory after, Identity identity, List<AuditRecord> audit, Instant now) {
        return new Amendment(now, identity.vm(), before, after, List.of(), audit);
    }

    private static AuditRecord record(Identity identity, Evidence evidence, String text, String cycle, Instant now) {
        return new AuditRecord(
                now,
                cycle,
                identity.vm(),
                identity.session(),
                identity.scope(),
                ID,
                Mode.ACT,
                text,
                VmStatus.UNKNOWN,
                Optional.empty(),
                evidence,
                List.of("finding " + FindingKind.REMOVED_BUT_ALIVE),
                Optional.empty());
    }
}
