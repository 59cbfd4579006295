package com.berryfi.vmsync.testkit.simulation.incident;

import com.berryfi.vmsync.event.CycleEnded;
import com.berryfi.vmsync.event.CycleOverrun;
import com.berryfi.vmsync.event.SyncListener;
import com.berryfi.vmsync.model.Amendment;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Standing;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.testkit.simulation.world.Frame;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import com.berryfi.vmsync.testkit.simulation.world.Witness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was done and said in a scene. */
final class Log implements Witness {

    /** The end of a session, by us. */
    record End(Instant at, VmId vm, String process, Transition.SessionEnd end) {}

    private final SimulatedWorld world;
    private final List<End> ends = new ArrayList<>();
    private final Map<VmId, Integer> suspensions = new HashMap<>();
    private final Map<VmId, Integer> changes = new HashMap<>();
    private final Map<VmId, VmOutcome> lastOutcome = new HashMap<>();
    private final List<SyncReport> reports = new ArrayList<>();
    private final List<CycleOverrun> overruns = new ArrayList<>();

    Log(SimulatedWorld world) {
        this.world = world;
        world.watch(this);
    }

    SyncListener listening(SyncListener next) {
        return new SyncListener() {
            @Override
            public void onCycle(CycleEnded event) {
                next.onCycle(event);
            }

            @Override
            public void onOverrun(CycleOverrun event) {
                overruns.add(event);
                next.onOverrun(event);
            }
        };
    }

    @Override
    public void committed(Frame frame, Change change, CommitOutcome outcome) {
        if (!(outcome instanceof CommitOutcome.Committed)) {
            return;
        }
        VmId vm = change.expected().id();
        Instant now = world.time().instant();
        change.transition().sessionEnd().ifPresent(end -> ends.add(new End(now, vm, frame.process(), end)));
        if (!change.transition().isNone()) {
            changes.merge(vm, 1, Integer::sum);
        }
        suspended(vm, change.billing());
    }

    @Override
    public void amended(Frame frame, Amendment amendment, CommitOutcome outcome) {
        if (outcome instanceof CommitOutcome.Committed) {
            suspended(amendment.vm(), amendment.billing());
        }
    }

    private void suspended(VmId vm, List<BillingInstruction> billing) {
        int count = (int) billing.stream()
                .filter(BillingInstruction.Suspend.class::isInstance)
                .count();
        suspensions.merge(vm, count, Integer::sum);
    }

    @Override
    public void ended(Frame frame) {
        frame.report().filter(report -> report.skipped().isEmpty()).ifPresent(report -> {
            reports.add(report);
            // A VM that a report does not name was in step, if it was looked at.
            if (report.kind() == SyncKind.FULL) {
                lastOutcome.clear();
            }
            report.outcomes()
                    .forEach(outcome -> lastOutcome.put(outcome.before().id(), outcome));
        });
        frame.direct().ifPresent(outcome -> lastOutcome.put(outcome.before().id(), outcome));
    }

    /** All ends. */
    List<End> ends() {
        return ends;
    }

    /** The ends of one VM's sessions. */
    List<End> ends(VmId vm) {
        return ends.stream().filter(end -> end.vm().equals(vm)).toList();
    }

    /** The ends at an instant or later. */
    List<End> endsSince(Instant from) {
        return ends.stream().filter(end -> !end.at().isBefore(from)).toList();
    }

    /** How often a VM's bill was suspended. */
    int suspensions(VmId vm) {
        return suspensions.getOrDefault(vm, 0);
    }

    /** How often a VM's rows were changed. */
    int changes(VmId vm) {
        return changes.getOrDefault(vm, 0);
    }

    /** All cycles that ran, oldest first. */
    List<SyncReport> reports() {
        return reports;
    }

    /** The full syncs that ran at an instant or later, oldest first. */
    List<SyncReport> fullSince(Instant from) {
        return reports.stream()
                .filter(report ->
                        report.kind() == SyncKind.FULL && !report.startedAt().isBefore(from))
                .toList();
    }

    /** The last full sync's finding. */
    Optional<Standing> finding(FindingKind kind, VmId vm) {
        List<SyncReport> full = fullSince(Instant.MIN);
        return full.isEmpty() ? Optional.empty() : finding(full.get(full.size() - 1), kind, vm);
    }

    /** A cycle's finding. */
    static Optional<Standing> finding(SyncReport report, FindingKind kind, VmId vm) {
        return report.findings().stream()
                .filter(standing -> standing.kind() == kind && standing.vm().equals(vm))
                .findFirst();
    }

    /** What a VM waits for, as was last said of it. */
    Optional<Held.Reason> heldBy(VmId vm) {
        return Optional.ofNullable(lastOutcome.get(vm))
                .flatMap(outcome -> outcome.decision().held())
                .map(Held::reason);
    }

    /** What became of a VM, as was last said of it. */
    Optional<VmOutcome> outcome(VmId vm) {
        return Optional.ofNullable(lastOutcome.get(vm));
    }

    /** The alarms of cycles that took too long. */
    List<CycleOverrun> overruns() {
        return overruns;
    }

    /** What was billed in the end; empty if nothing was yet. */
    Optional<BillingInstruction.Stop> bill(VmId vm) {
        return ends(vm).isEmpty()
                ? Optional.empty()
                : world.rows().sessions().stream()
                        .filter(session -> session.vm().equals(vm))
                        .flatMap(session -> world.billing().applied(session.id()).stream())
                        .filter(BillingInstruction.Stop.class::isInstance)
                        .map(BillingInstruction.Stop.class::cast)
                        .findFirst();
    }
}
