package com.berryfi.vmsync.testkit.simulation.incident;

import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.testkit.simulation.world.FaultKind;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedProcess;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Incidents of one that stopped the others, of many that went at once, and of people who were not heeded. */
final class ManyAtOnce {

    private static final Scope SCOPE = SimulatedWorld.scope(1);
    private static final Scope OTHER = SimulatedWorld.scope(2);
    private static final Scope THIRD = SimulatedWorld.scope(3);

    private ManyAtOnce() {}

    /** 14. One row is bad, another VM's direct reads always fail, a whole credential is dead; elsewhere machines stop. */
    static void oneBadVm(Scene scene) {
        List<VmId> vms = scene.inUse(SCOPE, 6);
        List<VmId> dead = scene.inUse(OTHER, 2);
        List<VmId> others = scene.inUse(THIRD, 2);
        VmId bad = vms.get(0);
        VmId unreadable = vms.get(2);
        scene.world.host().spoil(bad);
        scene.cloud()
                .faults()
                .script(
                        unreadable,
                        (kind, now, truth) -> new Observation.Unknown(UnknownCause.UNREADABLE_ANSWER, "poison"));
        scene.fault(OTHER, FaultKind.UNAUTHENTICATED, 60);
        scene.replica();
        scene.minutes(6);
        scene.moment();
        scene.cloud().drop(vms.get(4), PowerState.STOPPED);
        scene.cloud().drop(others.get(1), PowerState.DEALLOCATED);
        scene.minutes(2);
        scene.mustHaveEnded(vms.get(4));
        scene.mustHaveEnded(others.get(1));
        scene.minutes(5);
        scene.must(
                scene.log.fullSince(Instant.MIN).stream()
                        .allMatch(report -> report.problems().stream()
                                .anyMatch(problem -> problem.vm().equals(Optional.of(bad)))),
                bad,
                "its bad row is not reported by every full sync");
        scene.world.host().mend(bad);
        scene.settle(12);
        scene.mustLeaveAlone(List.of(bad, unreadable, dead.get(0), dead.get(1), others.get(0)));
    }

    /** 15. One scope's calls hang, in bursts, until they are timed out; in another a machine stops; at last the process itself stands still. */
    static void hangingCalls(Scene scene) {
        List<VmId> hanging = scene.inUse(SCOPE, 4);
        List<VmId> vms = scene.inUse(OTHER, 4);
        SimulatedProcess process = scene.replica();
        scene.minutes(6);
        scene.moment();
        Instant from = scene.now();
        for (int burst = 0; burst < 3; burst++) {
            scene.fault(SCOPE, FaultKind.HANG, 6);
            scene.minutes(1);
            if (burst == 1) {
                scene.cloud().drop(vms.get(2), PowerState.DEALLOCATED);
            }
            scene.minutes(7);
        }
        scene.must(scene.log.overruns().isEmpty(), hanging.get(0), "hanging calls made whole cycles late");
        process.troubleAfter(3, () -> process.pause(Duration.ofSeconds(70)));
        scene.minutes(3);
        scene.mustHaveEnded(vms.get(2));
        Duration latency = scene.log.ends(vms.get(2)).stream()
                .findFirst()
                .map(end -> Duration.between(from.plus(Duration.ofMinutes(9)), end.at()))
                .orElse(Duration.ZERO);
        scene.must(latency.compareTo(Duration.ofMinutes(4)) < 0, vms.get(2), "was ended after " + latency);
        scene.must(!scene.log.overruns().isEmpty(), hanging.get(0), "nobody was told that cycles took too long");
        Duration longest = scene.log.reports().stream()
                .map(report -> Duration.between(report.startedAt(), report.endedAt()))
                .reduce(Duration.ZERO, (one, two) -> one.compareTo(two) > 0 ? one : two);
        scene.must(longest.compareTo(Duration.ofMinutes(5)) < 0, hanging.get(0), "a cycle took " + longest);
        scene.mustLeaveAlone(hanging);
        scene.settle(12);
        scene.mustLeaveAlone(hanging);
    }

    /** 16. A lawful scale-down that nobody has announced: half of twenty machines are deallocated at once, and stay so. */
    static void lawfulScaleDown(Scene scene) {
        List<VmId> vms = scene.inUse(SCOPE, 20);
        List<VmId> down = vms.subList(0, 10);
        scene.replica();
        scene.minutes(8);
        scene.moment();
        Instant from = scene.now();
        down.forEach(vm -> scene.cloud().drop(vm, PowerState.DEALLOCATED));
        scene.minutes(5);
        int ends = scene.log.endsSince(from).size();
        scene.must(ends <= 3, down.get(0), ends + " sessions were ended within five minutes");
        long held = down.stream()
                .filter(vm -> scene.log.heldBy(vm).equals(Optional.of(Held.Reason.BRAKE)))
                .count();
        scene.must(
                held == 10 - ends, down.get(9), held + " say that they are held by the brake, " + ends + " have ended");
        scene.minutes(7.5);
        down.forEach(scene::mustHaveEnded);
        scene.must(
                scene.world.database().store().journal().orders().isEmpty(), down.get(0), "somebody had to release it");
        for (VmId vm : down) {
            Duration billed = scene.log.bill(vm).map(bill -> bill.total()).orElse(Duration.ofDays(1));
            Duration ran = Duration.between(SimulatedWorld.START, from);
            scene.must(
                    billed.compareTo(ran) <= 0, vm, "the brake was paid by the user: " + billed + " instead of " + ran);
        }
        scene.settle(12);
        scene.mustLeaveAlone(vms.subList(10, 20));
    }

    /** 20. Two replicas and a host that asks both for every VM, again and again, as most of twenty machines go off. */
    static void secondController(Scene scene) {
        List<VmId> vms = scene.inUse(SCOPE, 20);
        List<SimulatedProcess> replicas = List.of(scene.replica(), scene.replica());
        scene.minutes(8);
        scene.moment();
        Instant from = scene.now();
        vms.subList(0, 14).forEach(vm -> scene.cloud().drop(vm, PowerState.STOPPED));
        for (int i = 0; i < 8; i++) {
            for (VmId vm : vms) {
                SimulatedProcess replica = replicas.get((i + vm.hashCode() % 2) & 1);
                if (i % 2 == 0) {
                    replica.sync(vm);
                } else {
                    replica.ask(sync -> {
                        sync.hint(vm);
                        return vm;
                    });
                }
            }
            scene.minutes(0.7);
        }
        int ends = scene.log.endsSince(from).size();
        scene.must(ends <= 3, vms.get(0), ends + " sessions were ended within six minutes, by all paths together");
        scene.must(ends >= 1, vms.get(0), "nobody acted at all");
        vms.subList(0, 14).stream()
                .filter(vm -> scene.log.ends(vm).isEmpty())
                .forEach(vm -> scene.mustHold(Held.Reason.BRAKE, vm));
        scene.settle(21);
        vms.subList(0, 14).forEach(scene::mustHaveEnded);
        scene.mustLeaveAlone(vms.subList(14, 20));
    }

    /** 23. People put one VM in MAINTENANCE and hold another; for hours their machines go off, on and away. */
    static void maintenanceIsKept(Scene scene) {
        List<VmId> vms = scene.inUse(SCOPE, 5);
        VmId maintained = vms.get(1);
        VmId held = vms.get(3);
        SimulatedProcess process = scene.replica();
        scene.minutes(8);
        scene.moment();
        scene.world.host().status(maintained, VmStatus.MAINTENANCE);
        scene.world
                .database()
                .store()
                .journal()
                .place(new Order(
                        "hold",
                        Order.Kind.HOLD,
                        Optional.empty(),
                        Optional.of(held),
                        scene.now(),
                        Optional.empty(),
                        "a person works on it"));
        scene.minutes(6);
        Optional<Vm> row = scene.world.rows().vm(held);
        for (PowerState power : List.of(PowerState.STOPPED, PowerState.RUNNING, PowerState.DEALLOCATED)) {
            for (VmId vm : List.of(maintained, held)) {
                scene.cloud().drop(vm, power);
                process.sync(vm);
            }
            scene.minutes(25);
            scene.must(
                    scene.believed(maintained) == VmStatus.MAINTENANCE,
                    maintained,
                    "its maintenance was ended: " + scene.believed(maintained));
            scene.must(scene.world.rows().vm(held).equals(row), held, "was changed while held");
            for (VmId vm : List.of(maintained, held)) {
                scene.must(scene.open(vm).equals(Optional.of(SessionStatus.ACTIVE)), vm, "its session was ended");
            }
        }
        scene.world.database().store().journal().withdraw("hold");
        scene.settle(21);
        scene.mustHaveEnded(held);
        scene.must(scene.believed(maintained) == VmStatus.MAINTENANCE, maintained, "its maintenance was ended");
        scene.must(
                scene.world
                        .rows()
                        .openSession(maintained)
                        .map(Session::status)
                        .equals(Optional.of(SessionStatus.ACTIVE)),
                maintained,
                "its session was ended in maintenance");
        scene.mustNotFind(FindingKind.REPLACED, maintained);
    }
}
