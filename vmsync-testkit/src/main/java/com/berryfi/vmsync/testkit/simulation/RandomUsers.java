package com.berryfi.vmsync.testkit.simulation;

import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.testkit.simulation.world.Dice;
import com.berryfi.vmsync.testkit.simulation.world.FaultKind;
import com.berryfi.vmsync.testkit.simulation.world.Host;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Users who come, use a machine and go; when and for how long follows from the seed alone. */
final class RandomUsers {

    private final SimulatedWorld world;
    private final Instant until;

    RandomUsers(SimulatedWorld world, Instant until) {
        this.world = world;
        this.until = until;
    }

    void begin() {
        world.rows().vms().forEach(vm -> visit(vm, 1, world.time().instant()));
    }

    /** The next visit follows from the one before, whether that came about or not. */
    private void visit(VmId vm, int number, Instant after) {
        Dice dice = Dice.of(world.seed(), "visit " + vm, number);
        Instant at = after.plus(dice.seconds(60, number == 1 ? 2_400 : 4_500));
        Instant leaves = at.plus(dice.seconds(360, 6_600));
        if (at.isAfter(until)) {
            return;
        }
        world.time().at(at, () -> {
            come(vm, number, leaves);
            visit(vm, number + 1, leaves);
        });
    }

    private void come(VmId id, int number, Instant leaves) {
        Dice dice = Dice.of(world.seed(), "session " + id, number);
        boolean dies = dice.chance(0.03);
        boolean fails = dice.chance(0.03);
        Duration untilBegin = dice.millis(200, 6_000);
        Duration ending = dice.seconds(0, 1);
        double how = dice.between(0, 999) / 1_000.0;
        boolean asks = dice.chance(0.6);
        Duration idle = dice.seconds(200, 3_000);
        Duration back = idle.plus(dice.seconds(30, 1_500));
        Optional<Vm> vm = world.rows()
                .vm(id)
                .filter(row -> row.believed() == VmStatus.AVAILABLE || row.believed() == VmStatus.STOPPED)
                .filter(row -> world.host().canUse(id)
                        && world.rows().openSession(id).isEmpty()
                        && world.time().instant().isBefore(until));
        if (vm.isEmpty()) {
            return;
        }
        SessionId session = world.host().request(id, "session-" + number + "-of-" + id);
        world.time().after(untilBegin, () -> {
            if (dies) {
                world.tally().count(FaultKind.HOST_DIED_STARTING);
            }
            if (fails) {
                world.tally().count(FaultKind.START_FAILED);
            }
            world.host().begin(session, dies, fails);
        });
        world.time().after(idle, () -> change(session, SessionStatus.ACTIVE, SessionStatus.IDLE));
        world.time().after(back, () -> change(session, SessionStatus.IDLE, SessionStatus.ACTIVE));
        world.time().at(leaves.plus(ending), () -> leave(session, how(how), asks));
    }

    private void change(SessionId id, SessionStatus from, SessionStatus to) {
        world.rows()
                .session(id)
                .filter(session -> session.status() == from && isUsable(session))
                .ifPresent(session -> world.host().status(session, to));
    }

    private boolean isUsable(Session session) {
        return world.host().canUse(session.vm()) && world.time().instant().isBefore(until);
    }

    private void leave(SessionId id, Host.Ending how, boolean asks) {
        Optional<Session> session =
                world.rows().session(id).filter(each -> each.status().isInUse() && isUsable(each));
        if (session.isEmpty()) {
            return;
        }
        if (how == Host.Ending.FORGETS_TO_DEALLOCATE) {
            world.tally().count(FaultKind.DEALLOCATION_FORGOTTEN);
        } else if (how == Host.Ending.DIES_BEFORE_DEALLOCATING || how == Host.Ending.DIES_AFTER_DEALLOCATING) {
            world.tally().count(FaultKind.HOST_DIED_ENDING);
        }
        world.host().end(id, how, asks);
    }

    private static Host.Ending how(double chance) {
        if (chance < 0.05) {
            return Host.Ending.FORGETS_TO_DEALLOCATE;
        }
        if (chance < 0.09) {
            return Host.Ending.DIES_BEFORE_DEALLOCATING;
        }
        if (chance < 0.13) {
            return Host.Ending.DIES_AFTER_DEALLOCATING;
        }
        return chance < 0.3 ? Host.Ending.AT_ONCE : Host.Ending.PROPERLY;
    }
}
