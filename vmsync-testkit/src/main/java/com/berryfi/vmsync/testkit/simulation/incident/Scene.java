package com.berryfi.vmsync.testkit.simulation.incident;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.testkit.contract.HostRows;
import com.berryfi.vmsync.testkit.simulation.VmSyncs;
import com.berryfi.vmsync.testkit.simulation.check.Checkers;
import com.berryfi.vmsync.testkit.simulation.world.Dice;
import com.berryfi.vmsync.testkit.simulation.world.FaultKind;
import com.berryfi.vmsync.testkit.simulation.world.HostDatabase;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedCloud;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedProcess;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import com.berryfi.vmsync.testkit.simulation.world.Synchroniser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A small world in which an incident is played, and all that is said of it. One instance per run, not thread-safe. */
final class Scene {

    private static final int LINES = 25;

    /** More of the same say nothing new. */
    private static final int KEPT = 20;

    final SimulatedWorld world;
    final Log log;
    private final Contender contender;
    private final Dice dice;
    private final Checkers checkers;
    private final List<String> failures = new ArrayList<>();
    private SyncSettings settings = VmSyncs.settings();

    Scene(long seed, Contender contender) {
        this.contender = contender;
        HostDatabase database = HostDatabase.inMemory();
        SessionStore store = contender.underneath(database.store());
        world = new SimulatedWorld(seed, of(store, database.rows()));
        checkers = Checkers.of(world);
        dice = Dice.of(seed, "incident");
        log = new Log(world);
    }

    static HostDatabase of(SessionStore store, HostRows rows) {
        return new HostDatabase() {
            @Override
            public SessionStore store() {
                return store;
            }

            @Override
            public HostRows rows() {
                return rows;
            }
        };
    }

    /** What did not hold. */
    List<String> failures() {
        List<String> all = new ArrayList<>(failures);
        checkers.violations().forEach(violation -> all.add(violation.toString()));
        return all;
    }

    /** What the host has chosen; said before a process is made. */
    void settings(Map<String, String> properties) {
        settings = ScenarioSettings.of(properties);
    }

    /** A process that runs from now on. */
    SimulatedProcess replica() {
        return replica(store -> store);
    }

    /** A process that runs from now on, and sees the store in some way. */
    SimulatedProcess replica(UnaryOperator<SessionStore> as) {
        Synchroniser.Factory factory = contender.with(settings);
        SimulatedProcess process =
                world.process(wiring -> factory.build(wiring.with(as.apply(wiring.store()), wiring.billing())
                        .withListener(log.listening(wiring.listener()))));
        process.start();
        return process;
    }

    /** VMs of a scope, each with a session in use, and their machines, which run. */
    List<VmId> inUse(Scope scope, int count) {
        List<VmId> vms = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            VmId vm = world.vm(scope.subscription() + "-vm-" + i, scope);
            world.session(vm);
            vms.add(vm);
        }
        return vms;
    }

    /** A user starts to use a VM, as the host has it done; in use two to three minutes later. */
    SessionId user(VmId vm) {
        SessionId session = world.host().request(vm, "session-of-user-of-" + vm);
        world.host().begin(session, false, false);
        return session;
    }

    /** Time goes by. */
    void minutes(double count) {
        world.run(Duration.ofMillis((long) (count * 60_000)));
    }

    /** Up to a minute goes by, by chance. */
    void moment() {
        world.run(dice.seconds(1, 60));
    }

    void fault(Scope scope, FaultKind kind, double minutes) {
        fault(scope, kind, minutes, Duration.ofMinutes(1));
    }

    void fault(Scope scope, FaultKind kind, double minutes, Duration amount) {
        Instant until = now().plusMillis((long) (minutes * 60_000));
        cloud().faults().begin(scope, kind, until, amount);
        world.timeline().note(scope, now(), "fault", kind + " until " + until);
    }

    /** All faults are over, and all has time to come right. */
    void settle(double minutes) {
        cloud().faults().heal(now());
        world.troubles().heal();
        world.billing().heal();
        minutes(minutes);
        world.finish();
    }

    void must(boolean holds, VmId vm, String what) {
        if (!holds && failures.size() < KEPT) {
            failures.add(what + " (" + vm + " at " + now() + ")\n    "
                    + String.join(
                            "\n    ", world.timeline().of(vm, cloud().slot(vm).scope(), now(), LINES)));
        }
    }

    /** Nobody's session has ended and nobody's bill has been touched, by us. */
    void mustLeaveAlone(List<VmId> vms) {
        for (VmId vm : vms) {
            must(log.ends(vm).isEmpty(), vm, "its session was ended");
            must(log.suspensions(vm) == 0, vm, "its bill was suspended");
            must(believed(vm) == VmStatus.RUNNING, vm, "it is believed " + believed(vm));
        }
    }

    /** A VM's session has ended by force or not, once. */
    void mustHaveEnded(VmId vm) {
        must(
                log.ends(vm).size() == 1,
                vm,
                "its session was ended " + log.ends(vm).size() + " times, not once");
    }

    void mustFind(FindingKind kind, VmId vm) {
        must(log.finding(kind, vm).isPresent(), vm, "the last full sync does not report " + kind);
    }

    void mustNotFind(FindingKind kind, VmId vm) {
        must(log.finding(kind, vm).isEmpty(), vm, "the last full sync reports " + kind);
    }

    void mustHold(Held.Reason reason, VmId vm) {
        must(log.heldBy(vm).equals(Optional.of(reason)), vm, "is held by " + log.heldBy(vm) + ", not by " + reason);
    }

    VmStatus believed(VmId vm) {
        return world.rows().vm(vm).orElseThrow().believed();
    }

    Optional<SessionStatus> open(VmId vm) {
        return world.rows().openSession(vm).map(Session::status);
    }

    /** Whether a VM's machine is on. */
    boolean isOn(VmId vm) {
        return cloud().slot(vm).machine().now().power() == PowerState.RUNNING;
    }

    SimulatedCloud cloud() {
        return world.cloud();
    }

    Instant now() {
        return world.time().instant();
    }

    /** What the contender makes of a new, empty database. */
    HostDatabase emptyDatabase() {
        HostDatabase empty = HostDatabase.inMemory();
        return of(contender.underneath(empty.store()), empty.rows());
    }
}
