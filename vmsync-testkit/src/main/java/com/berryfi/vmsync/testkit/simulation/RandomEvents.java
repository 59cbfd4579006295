package com.berryfi.vmsync.testkit.simulation;

import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.testkit.simulation.world.Dice;
import com.berryfi.vmsync.testkit.simulation.world.FaultKind;
import com.berryfi.vmsync.testkit.simulation.world.Machine;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import com.berryfi.vmsync.testkit.simulation.world.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What really happens to machines, by others than vmsync; when and what follows from the seed alone. */
final class RandomEvents {

    private static final List<FaultKind> OF_ONE = List.of(
            FaultKind.GUEST_STOP,
            FaultKind.GUEST_STOP,
            FaultKind.GUEST_STOP,
            FaultKind.OUTSIDE_DEALLOCATION,
            FaultKind.OUTSIDE_DEALLOCATION,
            FaultKind.OUTSIDE_START,
            FaultKind.HOST_RESTART,
            FaultKind.MACHINE_DELETED,
            FaultKind.MACHINE_RECREATED);

    private final SimulatedWorld world;
    private final List<Scope> scopes;
    private final Instant until;
    private int deleted;

    RandomEvents(SimulatedWorld world, List<Scope> scopes, Instant until) {
        this.world = world;
        this.scopes = scopes;
        this.until = until;
    }

    void begin() {
        next("events of one", 1, 700, this::ofOne);
        next("events of many", 1, 14_000, this::ofMany);
    }

    private void next(String stream, int number, int most, Consumer<Dice> what) {
        Dice dice = Dice.of(world.seed(), stream, number);
        world.time().after(dice.seconds(20, most), () -> {
            if (world.time().instant().isBefore(until)) {
                what.accept(dice);
                next(stream, number + 1, most, what);
            }
        });
    }

    private void ofOne(Dice dice) {
        FaultKind kind = dice.pick(OF_ONE);
        VmId vm = dice.pick(world.cloud().slots()).vm();
        Duration again = dice.seconds(30, 900);
        boolean startsAgain = dice.chance(0.5);
        Machine machine = world.cloud().slot(vm).machine();
        if (!machine.now().exists()) {
            return;
        }
        boolean gone = kind == FaultKind.MACHINE_DELETED || kind == FaultKind.MACHINE_RECREATED;
        if (gone && ++deleted > 3) {
            return;
        }
        world.tally().count(kind);
        world.timeline().note(vm, world.time().instant(), "somebody", kind);
        switch (kind) {
            case GUEST_STOP -> {
                world.cloud().stop(vm);
                if (startsAgain) {
                    world.time().after(again, () -> world.cloud().start(vm, false));
                }
            }
            case OUTSIDE_DEALLOCATION -> {
                world.cloud().deallocate(vm);
                if (startsAgain) {
                    world.time().after(again, () -> world.cloud().start(vm, false));
                }
            }
            case OUTSIDE_START -> world.cloud().start(vm, false);
            case HOST_RESTART -> hostRestarts(vm);
            case MACHINE_DELETED -> world.cloud().delete(vm);
            case MACHINE_RECREATED -> world.cloud().recreate(vm);
            default -> throw new IllegalStateException("not of one machine: " + kind);
        }
    }

    private void hostRestarts(VmId vm) {
        Optional<SessionId> inUse = world.rows()
                .openSession(vm)
                .filter(session -> session.status().isInUse() && world.host().canUse(vm))
                .map(Session::id);
        if (inUse.isPresent()) {
            world.host().restart(vm);
        }
    }

    private void ofMany(Dice dice) {
        Scope scope = dice.pick(scopes);
        List<Slot> running = world.cloud().slots().stream()
                .filter(slot -> slot.scope().equals(scope)
                        && slot.machine().now().exists()
                        && slot.machine().now().power() == PowerState.RUNNING)
                .toList();
        Duration back = dice.seconds(120, 1_500);
        int what = dice.between(0, 2);
        if (what == 0) {
            note(FaultKind.ZONE_LOST, scope);
            running.forEach(slot -> {
                world.cloud().drop(slot.vm(), dice.chance(0.5) ? PowerState.STOPPED : PowerState.DEALLOCATED);
                world.time().after(back, () -> world.cloud().start(slot.vm(), false));
            });
            return;
        }
        if (what == 1) {
            note(FaultKind.ANNOUNCED_SHUTDOWN, scope);
            Instant now = world.time().instant();
            world.database()
                    .store()
                    .journal()
                    .place(new Order(
                            "announced-" + now,
                            Order.Kind.ANNOUNCEMENT,
                            Optional.of(scope),
                            Optional.empty(),
                            now,
                            Optional.of(now.plus(Duration.ofMinutes(20))),
                            "a lawful shutdown"));
        } else {
            note(FaultKind.MASS_SHUTDOWN, scope);
        }
        running.forEach(slot -> {
            if (dice.chance(0.5)) {
                world.cloud().stop(slot.vm());
            } else {
                world.cloud().deallocate(slot.vm());
            }
        });
    }

    private void note(FaultKind kind, Scope scope) {
        world.tally().count(kind);
        world.timeline().note(scope, world.time().instant(), "somebody", kind + " of " + scope);
    }
}
