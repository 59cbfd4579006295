package com.berryfi.vmsync.testkit.simulation.check;

import com.berryfi.vmsync.model.Amendment;
import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.testkit.simulation.world.Frame;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Invariant 9: every change, and every deliberate non-change when its verdict changes, has an audit record. */
final class EverythingIsAudited extends Invariant {

    /** The newest record of a VM. */
    private record Newest(AuditRecord record, Instant writtenAt) {}

    private final AnswerLog log;
    private final Map<VmId, Newest> newest = new HashMap<>();

    EverythingIsAudited(SimulatedWorld world, AnswerLog log) {
        super(world, 9, "every change, and every deliberate non-change when its verdict changes, has an audit record");
        this.log = log;
    }

    @Override
    public void committed(Frame frame, Change change, CommitOutcome outcome) {
        boolean acts = !change.transition().isNone() || !change.billing().isEmpty();
        record(frame, change.expected().id(), change.audit(), acts, true, outcome);
    }

    @Override
    public void amended(Frame frame, Amendment amendment, CommitOutcome outcome) {
        // What is said of a bill alone is no verdict on the VM.
        boolean judges = !amendment.before().tracking().equals(amendment.after().tracking());
        record(frame, amendment.vm(), amendment.audit(), !amendment.billing().isEmpty(), judges, outcome);
    }

    private void record(
            Frame frame, VmId vm, List<AuditRecord> records, boolean acts, boolean judges, CommitOutcome outcome) {
        if (!(outcome instanceof CommitOutcome.Committed)) {
            return;
        }
        if (acts && records.isEmpty()) {
            violated(vm, "a change without an audit record");
        }
        for (AuditRecord each : records) {
            if (judges) {
                newest.put(vm, new Newest(each, now()));
            }
            boolean isOurs = each.evidence().observation() instanceof Observation.Unknown;
            if (!isOurs
                    && !log.wasHanded(
                            vm, each.evidence(), told -> told.frame().process().equals(frame.process()))) {
                violated(vm, "audited evidence that was never handed to " + frame.process() + ": " + each);
            }
            if (each.rule().isBlank() || each.because().isBlank()) {
                violated(vm, "audited without rule or reason: " + each);
            }
        }
    }

    @Override
    public void ended(Frame frame) {
        frame.report().ifPresent(report -> report.outcomes().forEach(outcome -> check(frame, outcome)));
        frame.direct().ifPresent(outcome -> check(frame, outcome));
    }

    private void check(Frame frame, VmOutcome outcome) {
        VmId vm = outcome.before().id();
        boolean found = outcome.findings(now()).findAny().isPresent();
        if (outcome.result() != VmOutcome.Result.HELD && !(found && outcome.result() == VmOutcome.Result.NOTHING)) {
            return;
        }
        Newest last = newest.get(vm);
        boolean overtaken = last != null
                && !last.writtenAt().isBefore(frame.startedAt())
                && frame.written().stream()
                        .noneMatch(written -> written.change().audit().contains(last.record()));
        if (overtaken) {
            return;
        }
        Optional<Held.Reason> held = outcome.decision().held().map(Held::reason);
        boolean audited = last != null
                && last.record().rule().equals(outcome.decision().rule())
                && last.record().held().map(Held::reason).equals(held);
        if (!audited) {
            violated(
                    vm,
                    frame.process() + " reports " + outcome.decision() + ", newest audit record: "
                            + (last == null ? "none" : last.record()));
        }
    }
}
