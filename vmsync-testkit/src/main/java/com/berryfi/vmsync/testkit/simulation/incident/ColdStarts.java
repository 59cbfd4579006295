package com.berryfi.vmsync.testkit.simulation.incident;

import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.testkit.simulation.world.FaultKind;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedProcess;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Incidents of those who acted before they knew enough: after a restart, while frozen, after an outage. */
final class ColdStarts {

    private static final Scope SCOPE = SimulatedWorld.scope(1);
    private static final Map<String, String> SWEEPING =
            Map.of("stop-timeout.seconds", "120", "orphan.quarantine.seconds", "300");

    private ColdStarts() {}

    /** 1. The cloud throttles, the process restarts, and the first lists after it break off; one machine really stops. */
    static void throttledAndRestarted(Scene scene) {
        List<VmId> vms = scene.inUse(SCOPE, 20);
        VmId stopped = vms.get(7);
        SimulatedProcess process = scene.replica();
        scene.minutes(6);
        scene.fault(SCOPE, FaultKind.THROTTLED, 4, Duration.ofSeconds(45));
        scene.moment();
        process.die();
        scene.cloud().drop(stopped, PowerState.STOPPED);
        scene.fault(SCOPE, FaultKind.LIST_BROKEN, 11);
        process.start();
        scene.minutes(3);
        scene.mustLeaveAlone(vms);
        scene.minutes(3);
        process.sync(stopped);
        scene.mustHold(Held.Reason.FREEZE, stopped);
        scene.minutes(3.5);
        process.sync(stopped);
        scene.mustLeaveAlone(vms);
        scene.mustHold(Held.Reason.FREEZE, stopped);
        scene.settle(21);
        scene.mustHaveEnded(stopped);
        scene.mustLeaveAlone(vms.stream().filter(vm -> !vm.equals(stopped)).toList());
    }

    /** 2. The process restarts while its own database is down; machines of sessions run, and one that nobody uses. */
    static void restartedWithoutItsOwnSide(Scene scene) {
        scene.settings(SWEEPING);
        List<VmId> vms = scene.inUse(SCOPE, 8);
        VmId orphan = scene.world.vm("orphan", SCOPE, VmStatus.AVAILABLE, PowerState.RUNNING);
        scene.replica().die();
        SimulatedProcess process = scene.world.processes().get(0);
        scene.world.troubles().down(process.name(), scene.now().plus(Duration.ofMinutes(12)));
        process.start();
        scene.moment();
        scene.minutes(11);
        scene.must(scene.isOn(orphan), orphan, "was deallocated before both sides were read");
        scene.must(
                scene.log.finding(FindingKind.ORPHAN, orphan).isEmpty(),
                orphan,
                "was found before both sides were read");
        scene.fault(SCOPE, FaultKind.LIST_BROKEN, 20);
        scene.minutes(19);
        scene.must(scene.isOn(orphan), orphan, "was deallocated before both sides were read");
        scene.settle(21);
        vms.forEach(vm -> scene.mustNotFind(FindingKind.ORPHAN, vm));
        vms.forEach(vm -> scene.must(scene.isOn(vm), vm, "the machine of a session was taken for an orphan"));
        scene.must(!scene.isOn(orphan), orphan, "the orphan was never deallocated");
        scene.mustLeaveAlone(vms);
    }

    /** 3. An operator pauses, then lists break off for long; the opt-in sweep of orphans is due all the while. */
    static void frozenSweep(Scene scene) {
        scene.settings(SWEEPING);
        scene.inUse(SCOPE, 3);
        List<VmId> orphans = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            orphans.add(scene.world.vm("orphan-" + i, SCOPE, VmStatus.AVAILABLE, PowerState.RUNNING));
        }
        SimulatedProcess process = scene.replica();
        scene.minutes(3);
        scene.world
                .database()
                .store()
                .journal()
                .place(new Order(
                        "pause",
                        Order.Kind.PAUSE,
                        Optional.empty(),
                        Optional.empty(),
                        scene.now(),
                        Optional.of(scene.now().plus(Duration.ofMinutes(20))),
                        "frozen"));
        lookAtAll(scene, process, orphans, 18);
        scene.fault(SCOPE, FaultKind.LIST_BROKEN, 45);
        process.die();
        process.start();
        lookAtAll(scene, process, orphans, 28);
        scene.settle(21);
        for (VmId orphan : orphans) {
            scene.must(!scene.isOn(orphan), orphan, "the orphan was never deallocated");
        }
    }

    private static void lookAtAll(Scene scene, SimulatedProcess process, List<VmId> orphans, double minutes) {
        Instant until = scene.now().plusSeconds((long) (minutes * 60));
        while (scene.now().isBefore(until)) {
            scene.minutes(2);
            orphans.forEach(process::sync);
            orphans.forEach(orphan -> process.ask(sync -> {
                sync.hint(orphan);
                return orphan;
            }));
            orphans.forEach(orphan -> scene.must(scene.isOn(orphan), orphan, "was deallocated while frozen"));
        }
    }

    /** 19. A zone fails, answers included, and comes back: machines are up again two minutes after the answers. */
    static void zoneCameBack(Scene scene) {
        List<VmId> vms = scene.inUse(SCOPE, 12);
        List<VmId> beginning = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            beginning.add(scene.world.vm("beginning-" + i, SCOPE));
        }
        scene.replica();
        scene.minutes(6);
        for (VmId vm : beginning) {
            SessionId session = scene.world.host().request(vm, "session-of-" + vm);
            scene.world.host().begin(session, true, false);
        }
        scene.minutes(1);
        scene.fault(SCOPE, FaultKind.SCOPE_OUTAGE, 25);
        vms.forEach(vm -> scene.cloud().drop(vm, PowerState.STOPPED));
        scene.minutes(25);
        Instant back = scene.now();
        scene.moment();
        scene.minutes(1);
        beginning.forEach(vm -> scene.cloud().start(vm, false));
        vms.forEach(vm -> scene.cloud().start(vm, false));
        scene.minutes(5);
        for (VmId vm : beginning) {
            scene.must(
                    scene.open(vm).equals(Optional.of(SessionStatus.ACTIVE)),
                    vm,
                    "its start was given up although the cloud was back since " + back + " only");
        }
        int ends = scene.log.endsSince(back).size();
        scene.must(ends <= 3, vms.get(0), ends + " sessions were ended within minutes of the outage's end");
        scene.settle(21);
    }
}
