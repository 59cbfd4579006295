package com.berryfi.vmsync.testkit.simulation.incident;

import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.testkit.simulation.world.FaultKind;
import com.berryfi.vmsync.testkit.simulation.world.Frame;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedProcess;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import com.berryfi.vmsync.testkit.simulation.world.Witness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Incidents of those who acted on what was no longer so, or was not so yet. */
final class StaleFacts {

    private static final Scope SCOPE = SimulatedWorld.scope(1);

    private StaleFacts() {}

    /** 6. Lists lag by two minutes: they go on to say off of a machine that has just been started, and is in use. */
    static void cachedOff(Scene scene) {
        scene.inUse(SCOPE, 2);
        VmId vm = scene.world.vm("started", SCOPE);
        scene.replica();
        scene.minutes(6);
        scene.fault(SCOPE, FaultKind.LIST_LAG, 30, Duration.ofMinutes(2));
        scene.moment();
        scene.user(vm);
        scene.minutes(8);
        scene.mustLeaveAlone(List.of(vm));
        scene.must(scene.open(vm).equals(Optional.of(SessionStatus.ACTIVE)), vm, "its session is " + scene.open(vm));
        scene.settle(12);
        scene.mustLeaveAlone(List.of(vm));
    }

    /** 7. A machine in use is worked on by the cloud: being created, and its power stopped, for three minutes. */
    static void stoppedWhileCreating(Scene scene) {
        List<VmId> vms = scene.inUse(SCOPE, 4);
        VmId vm = vms.get(2);
        SimulatedProcess process = scene.replica();
        scene.minutes(8);
        scene.moment();
        scene.cloud().rebuild(vm, Duration.ofMinutes(3));
        scene.minutes(1);
        process.sync(vm);
        scene.minutes(1);
        process.sync(vm);
        scene.mustLeaveAlone(vms);
        scene.minutes(2);
        scene.mustLeaveAlone(vms);
        scene.settle(12);
        scene.mustLeaveAlone(vms);
    }

    /**
     * 9. Machines go off. As the ends of their sessions are about to be written, the host ends these and gives the VMs to others; of one
     * VM nothing is written, but the process stands still for so long that its machine is on again.
     */
    static void staleBatch(Scene scene) {
        List<VmId> vms = scene.inUse(SCOPE, 3);
        VmId given = vms.get(0);
        VmId back = vms.get(1);
        SimulatedProcess process = scene.replica();
        scene.minutes(8);
        scene.moment();
        scene.cloud().drop(given, PowerState.DEALLOCATED);
        SessionId next = new SessionId("session-of-the-next");
        scene.world.troubles().beforeCommit(changes -> {
            if (changes.stream()
                    .anyMatch(change -> change.expected().id().equals(given)
                            && change.transition().sessionEnd().isPresent())) {
                scene.world.troubles().clearBeforeCommit();
                giveTo(scene, given, next);
            }
        });
        scene.minutes(8);
        Optional<SessionStatus> status = scene.world.rows().session(next).map(Session::status);
        scene.must(status.equals(Optional.of(SessionStatus.ACTIVE)), given, "the next user's session is " + status);
        scene.must(isOfNext(scene, given, next), given, "the VM was taken from its next user");

        StandsStill still = new StandsStill(process, scene, back);
        scene.world.watch(still);
        scene.cloud().drop(back, PowerState.STOPPED);
        scene.world.time().after(Duration.ofMinutes(3), () -> scene.cloud().start(back, false));
        scene.minutes(12);
        scene.must(still.done, back, "the script is wrong: the process never stood still");
        scene.must(scene.log.ends(back).isEmpty(), back, "its session was ended on an answer of minutes ago");
        scene.settle(21);
        scene.must(scene.open(back).isPresent(), back, "its session was ended although the machine was back");
    }

    private static void giveTo(Scene scene, VmId vm, SessionId next) {
        Session old = scene.world.rows().openSession(vm).orElseThrow();
        Vm row = scene.world.rows().vm(vm).orElseThrow();
        scene.cloud().drop(vm, PowerState.RUNNING);
        scene.world
                .host()
                .save(new Session(
                        old.id(),
                        vm,
                        SessionStatus.COMPLETED,
                        old.startTime(),
                        Optional.of(scene.now()),
                        old.lastHeartbeat()));
        scene.world
                .host()
                .save(new Session(next, vm, SessionStatus.ACTIVE, Optional.of(scene.now()), Optional.empty()));
        scene.world
                .host()
                .save(new Vm(
                        vm, row.scope(), row.address(), VmStatus.RUNNING, Optional.of(next), Optional.of(scene.now())));
    }

    private static boolean isOfNext(Scene scene, VmId vm, SessionId next) {
        return scene.world.rows().vm(vm).flatMap(Vm::currentSession).equals(Optional.of(next));
    }

    /** After the read that would prove a machine off, the process stands still for five minutes. */
    private static final class StandsStill implements Witness {
        private final SimulatedProcess process;
        private final Scene scene;
        private final VmId vm;
        private Instant first = Instant.MAX;
        private boolean done;

        StandsStill(SimulatedProcess process, Scene scene, VmId vm) {
            this.process = process;
            this.scene = scene;
            this.vm = vm;
        }

        @Override
        public void handed(Frame frame, CloudStatusPort.Request request, Reading reading) {
            boolean off = !done
                    && frame.answers().stream()
                            .anyMatch(answer -> answer.vm().equals(vm)
                                    && answer.evidence().isDirect()
                                    && answer.evidence().power() == PowerState.STOPPED);
            if (off && first.equals(Instant.MAX)) {
                first = scene.now();
            } else if (off && first.plusSeconds(25).isBefore(scene.now())) {
                done = true;
                process.troubleAfter(1, () -> process.pause(Duration.ofMinutes(5)));
            }
        }
    }

    /** 10. While rows are read in pages of four, some of those read before are deleted; then each page repeats a row. */
    static void rowReadTwice(Scene scene) {
        List<VmId> vms = scene.inUse(SCOPE, 9);
        VmId goes = scene.world.vm(SCOPE.subscription() + "-vm-0", SCOPE);
        VmId stopped = vms.get(4);
        SmallPages[] pages = new SmallPages[1];
        SimulatedProcess process = scene.replica(store -> pages[0] = new SmallPages(store));
        scene.minutes(6);
        scene.moment();
        scene.cloud().drop(stopped, PowerState.STOPPED);
        pages[0].betweenPages(() -> scene.world.host().remove(goes));
        SyncReport report = process.run(SyncKind.FULL);
        scene.must(report.checked() == 10, stopped, "10 rows were there, " + report.checked() + " VMs were looked at");
        scene.must(isNamed(report, stopped), stopped, "a full sync passed over a VM whose row was there all the time");
        pages[0].repeatRows();
        report = process.run(SyncKind.FULL);
        scene.must(report.checked() == 9, stopped, "9 rows were there, " + report.checked() + " VMs were looked at");
        scene.must(report.problems().isEmpty(), stopped, "a VM was taken for its own twin: " + report.problems());
        scene.settle(12);
        scene.mustHaveEnded(stopped);
        scene.mustLeaveAlone(vms.stream().filter(vm -> !vm.equals(stopped)).toList());
    }

    private static boolean isNamed(SyncReport report, VmId vm) {
        return report.outcomes().stream()
                .anyMatch(outcome -> outcome.before().id().equals(vm));
    }

    /** 11. A machine in use is stopped and started again; the event of its stop is delivered when it runs, and again and again. */
    static void lateEvent(Scene scene) {
        List<VmId> vms = scene.inUse(SCOPE, 3);
        VmId vm = vms.get(1);
        SimulatedProcess process = scene.replica();
        scene.minutes(8);
        scene.moment();
        scene.world.host().restart(vm);
        scene.minutes(4);
        scene.must(scene.isOn(vm), vm, "the script is wrong: the machine is not up again");
        int changes = scene.log.changes(vm);
        long reads = scene.cloud().directs();
        for (int i = 0; i < 20; i++) {
            process.ask(sync -> {
                sync.hint(vm);
                return vm;
            });
        }
        scene.world.run(Duration.ofSeconds(5));
        reads = scene.cloud().directs() - reads;
        scene.must(reads >= 1 && reads <= 3, vm, "twenty hints at once cost " + reads + " reads");
        scene.must(scene.log.changes(vm) == changes, vm, "a hint changed the rows");
        scene.minutes(2);
        process.ask(sync -> {
            sync.hint(vm);
            return vm;
        });
        scene.minutes(2);
        scene.must(scene.log.ends(vm).isEmpty(), vm, "its session was ended by an event");
        scene.must(scene.isOn(vm), vm, "its machine was shut down");
        scene.settle(12);
        scene.must(scene.open(vm).equals(Optional.of(SessionStatus.ACTIVE)), vm, "its session is " + scene.open(vm));
    }
}
