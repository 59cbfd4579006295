package com.berryfi.vmsync.testkit.simulation.check;

import com.berryfi.vmsync.model.Identity;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.Usage;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.testkit.simulation.world.Frame;
import com.berryfi.vmsync.testkit.simulation.world.Machine;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import com.berryfi.vmsync.testkit.simulation.world.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Invariant 11: faults over, within two full syncs both sides agree, or carry a standing finding or hold by name. */
final class AllComesRight extends Invariant {

    /** Until an orphan is a finding, and two full syncs: whatever happened later may still be on its way. */
    private static final Duration LATELY = Duration.ofMinutes(26);

    private final Map<String, SyncReport> lastFull = new HashMap<>();

    AllComesRight(SimulatedWorld world) {
        super(world, 11, "faults over, both sides agree, or carry a standing finding or hold by name");
    }

    @Override
    public void ended(Frame frame) {
        frame.report()
                .filter(report ->
                        report.kind() == SyncKind.FULL && report.skipped().isEmpty())
                .ifPresent(report -> lastFull.put(frame.process(), report));
    }

    @Override
    public void finished(Instant now) {
        for (Slot slot : world.cloud().slots()) {
            Optional<ManagedVm> rows = world.rows().managed(slot.vm());
            if (slot.machine().now().from().isAfter(now.minus(LATELY))) {
                continue;
            }
            if (rows.isPresent()) {
                check(slot, rows.get());
            } else {
                checkRemoved(slot);
            }
        }
    }

    private void check(Slot slot, ManagedVm rows) {
        if (agrees(slot, rows) || isNamed(slot.vm())) {
            return;
        }
        Machine.State truth = slot.machine().now();
        violated(
                slot.vm(),
                "believed " + rows.vm().believed() + ", session " + rows.session() + ", in truth "
                        + (truth.exists() ? truth.power().toString() : "not there") + ", and no report says so");
    }

    private boolean isNamed(VmId vm) {
        return lastFull.values().stream()
                .anyMatch(report -> report.outcomes().stream()
                                .anyMatch(outcome -> outcome.before().id().equals(vm)
                                        && (outcome.decision().held().isPresent()
                                                || outcome.findings(report.endedAt())
                                                        .findAny()
                                                        .isPresent()))
                        || report.problems().stream()
                                .anyMatch(problem ->
                                        problem.vm().filter(vm::equals).isPresent()));
    }

    private boolean agrees(Slot slot, ManagedVm rows) {
        Machine machine = slot.machine();
        if (!machine.now().exists()) {
            return rows.vm().believed() == VmStatus.MAINTENANCE
                    && rows.session().isEmpty();
        }
        PowerState power = machine.now().power();
        VmStatus believed = rows.vm().believed();
        boolean runs = power == PowerState.RUNNING;
        Usage usage = rows.session().map(Session::status).map(Usage::of).orElse(Usage.NONE);
        return switch (usage) {
            case NONE ->
                switch (believed) {
                    case AVAILABLE, STOPPED -> power.isOff();
                    case RUNNING -> runs;
                    case ERROR, MAINTENANCE -> true;
                    default -> false;
                };
            // What is left to do with a machine that runs, and is known to, is the host's.
            case BEGINNING -> runs && believed == VmStatus.RUNNING;
            case TERMINATING -> false;
            case IN_USE ->
                (runs && believed == VmStatus.RUNNING && isOwn(rows, machine)) || believed == VmStatus.MAINTENANCE;
        };
    }

    private boolean isOwn(ManagedVm rows, Machine machine) {
        return rows.sessionId()
                .flatMap(world.host()::uidOf)
                .map(machine.uid()::equals)
                .orElse(true);
    }

    /** A machine whose row is gone is found, if it was ever known by its uid, and runs. */
    private void checkRemoved(Slot slot) {
        boolean known = world.database().store().journal().identities().stream()
                .map(Identity::vm)
                .anyMatch(slot.vm()::equals);
        boolean runs = slot.machine().now().exists() && slot.machine().now().power() == PowerState.RUNNING;
        boolean found = lastFull.values().stream()
                .anyMatch(report ->
                        report.strays().stream().anyMatch(stray -> stray.vm().equals(slot.vm())));
        if (known && runs && !found) {
            violated(
                    slot.vm(), "its row is gone, its machine " + slot.machine().uid() + " runs, and no report says so");
        }
    }
}
