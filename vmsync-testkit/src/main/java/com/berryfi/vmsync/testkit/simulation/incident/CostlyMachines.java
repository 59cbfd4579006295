package com.berryfi.vmsync.testkit.simulation.incident;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Standing;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.testkit.simulation.world.Host;
import com.berryfi.vmsync.testkit.simulation.world.Machine;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedProcess;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Incidents of machines that were not what the rows said, and of what that cost. */
final class CostlyMachines {

    private static final Scope SCOPE = SimulatedWorld.scope(1);

    private CostlyMachines() {}

    /** 5. A machine in use is deleted, and another made under its name, which is healthy. */
    static void recreated(Scene scene) {
        scene.inUse(SCOPE, 3);
        VmId vm = scene.world.vm("replaced", SCOPE);
        scene.replica();
        scene.user(vm);
        scene.minutes(12);
        scene.moment();
        scene.cloud().recreate(vm);
        scene.minutes(8);
        scene.mustHaveEnded(vm);
        scene.must(scene.log.ends(vm).stream().allMatch(end -> end.end().clearConnection()), vm, "was not cleaned up");
        scene.must(scene.believed(vm) == VmStatus.ERROR, vm, "is believed " + scene.believed(vm) + ", not ERROR");
        Machine healthy = scene.cloud().slot(vm).machine();
        scene.settle(21);
        scene.mustFind(FindingKind.REPLACED, vm);
        scene.must(scene.believed(vm) == VmStatus.ERROR, vm, "is believed " + scene.believed(vm) + ", not ERROR");
        boolean untouched = healthy.states().stream()
                .dropWhile(state -> state.power() != PowerState.RUNNING)
                .allMatch(state -> state.power() == PowerState.RUNNING);
        scene.must(untouched && scene.isOn(vm), vm, "the healthy new machine was stopped");
        long bills = scene.world.rows().sessions().stream()
                .filter(session -> session.vm().equals(vm))
                .flatMap(session -> scene.world.billing().applied(session.id()).stream())
                .filter(BillingInstruction.Stop.class::isInstance)
                .count();
        scene.must(bills == 1, vm, "its bill was closed " + bills + " times");
    }

    /** 12. A machine in use is deallocated by somebody else; nobody tells the host. */
    static void stoppedOutOfBand(Scene scene) {
        List<VmId> vms = scene.inUse(SCOPE, 4);
        VmId vm = vms.get(1);
        scene.replica();
        scene.minutes(20);
        scene.moment();
        Instant off = scene.now();
        scene.cloud().drop(vm, PowerState.DEALLOCATED);
        scene.minutes(3);
        scene.mustHaveEnded(vm);
        scene.must(scene.open(vm).isEmpty(), vm, "its session is " + scene.open(vm));
        Optional<BillingInstruction.Stop> bill = scene.log.bill(vm);
        Duration longest = Duration.between(SimulatedWorld.START, off);
        Duration billed = bill.map(BillingInstruction.Stop::total).orElse(Duration.ZERO);
        scene.must(bill.isPresent(), vm, "its bill was not closed");
        scene.must(billed.compareTo(longest) <= 0, vm, "billed " + billed + ", although it ran for " + longest);
        scene.must(
                billed.plusSeconds(60).compareTo(longest) >= 0,
                vm,
                "billed " + billed + ", although it ran " + longest);
        scene.settle(12);
        scene.mustLeaveAlone(vms.stream().filter(other -> !other.equals(vm)).toList());
    }

    /** 21. The host ends a session, forgets to deallocate, and deletes the VM's row; six hours later somebody deletes the machine. */
    static void removedButAlive(Scene scene) {
        VmId vm = scene.world.vm("removed", SCOPE);
        scene.world.vm("other", SCOPE);
        SimulatedProcess process = scene.replica();
        SessionId session = scene.user(vm);
        scene.minutes(10);
        scene.moment();
        scene.world.host().end(session, Host.Ending.FORGETS_TO_DEALLOCATE, true);
        scene.minutes(1);
        scene.world.host().remove(vm);
        Instant removed = scene.now();
        scene.minutes(180);
        process.die();
        process.start();
        scene.minutes(180);
        mustBeReported(scene, vm, FindingKind.REMOVED_BUT_ALIVE, removed.plus(Duration.ofMinutes(6)));
        Optional<Standing> finding = scene.log.finding(FindingKind.REMOVED_BUT_ALIVE, vm);
        Duration cost = finding.map(Standing::lasted).orElse(Duration.ZERO);
        scene.must(cost.compareTo(Duration.ofMinutes(345)) > 0, vm, "six hours have cost " + cost + ", it is said");
        scene.must(scene.isOn(vm), vm, "the machine was touched");
        scene.cloud().delete(vm);
        scene.settle(12);
        scene.mustNotFind(FindingKind.REMOVED_BUT_ALIVE, vm);
    }

    /** 24. A user shuts the machine down from within; the session ends, the machine stays, stopped and not deallocated, for hours. */
    static void stoppedInTheGuest(Scene scene) {
        List<VmId> vms = scene.inUse(SCOPE, 2);
        VmId vm = vms.get(0);
        scene.replica();
        scene.minutes(8);
        scene.moment();
        scene.cloud().stop(vm);
        scene.minutes(4);
        Instant stopped = scene.now();
        scene.mustHaveEnded(vm);
        scene.must(
                scene.world.rows().sessions().stream()
                        .anyMatch(session -> session.vm().equals(vm) && session.status() == SessionStatus.TERMINATED),
                vm,
                "its session was not ended as TERMINATED");
        scene.minutes(180);
        mustBeReported(scene, vm, FindingKind.STOPPED_STILL_BILLED, stopped.plus(Duration.ofMinutes(21)));
        Duration cost = scene.log
                .finding(FindingKind.STOPPED_STILL_BILLED, vm)
                .map(Standing::lasted)
                .orElse(Duration.ZERO);
        scene.must(cost.compareTo(Duration.ofMinutes(170)) > 0, vm, "three hours have cost " + cost + ", it is said");
        scene.cloud().deallocate(vm);
        scene.settle(12);
        scene.mustNotFind(FindingKind.STOPPED_STILL_BILLED, vm);
    }

    private static void mustBeReported(Scene scene, VmId vm, FindingKind kind, Instant from) {
        List<SyncReport> reports = scene.log.fullSince(from);
        long silent = reports.stream()
                .filter(report -> Log.finding(report, kind, vm).isEmpty())
                .count();
        scene.must(
                !reports.isEmpty() && silent == 0,
                vm,
                silent + " of " + reports.size() + " full syncs did not say " + kind);
    }
}
