package com.berryfi.vmsync.testkit.simulation;

import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.testkit.simulation.world.Dice;
import com.berryfi.vmsync.testkit.simulation.world.FaultKind;
import com.berryfi.vmsync.testkit.simulation.world.Host;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the host and its operators do beside serving users, much of it at a bad moment; when and what follows from the seed alone. */
final class RandomHost {

    private static final List<FaultKind> KINDS = List.of(
            FaultKind.BLIND_VM_SAVE,
            FaultKind.BLIND_VM_SAVE,
            FaultKind.BLIND_SESSION_SAVE,
            FaultKind.BLIND_SESSION_SAVE,
            FaultKind.WRITE_BETWEEN,
            FaultKind.WRITE_BETWEEN,
            FaultKind.BAD_ROW,
            FaultKind.ROW_REMOVED,
            FaultKind.MAINTENANCE,
            FaultKind.OPERATOR_HOLD,
            FaultKind.OPERATOR_PAUSE);

    private final SimulatedWorld world;
    private final Instant until;
    private int removed;

    RandomHost(SimulatedWorld world, Instant until) {
        this.world = world;
        this.until = until;
    }

    void begin() {
        next(1);
    }

    private void next(int number) {
        Dice dice = Dice.of(world.seed(), "host", number);
        world.time().after(dice.seconds(20, 900), () -> {
            if (world.time().instant().isBefore(until)) {
                act(dice);
                next(number + 1);
            }
        });
    }

    private void act(Dice dice) {
        FaultKind kind = dice.pick(KINDS);
        VmId vm = dice.pick(world.cloud().slots()).vm();
        Duration lasts = dice.seconds(120, 1_800);
        Duration later = dice.seconds(2, 60);
        boolean first = dice.chance(0.5);
        if (!world.host().canUse(vm)) {
            return;
        }
        switch (kind) {
            case BLIND_VM_SAVE, BLIND_SESSION_SAVE -> saveOver(kind, vm, later, first);
            case WRITE_BETWEEN -> writeBetween(dice.between(0, 2));
            case BAD_ROW -> {
                count(kind);
                world.host().spoil(vm);
                world.time().after(lasts, () -> world.host().mend(vm));
            }
            case ROW_REMOVED -> removeRow(vm, first);
            case MAINTENANCE -> maintain(vm, lasts);
            case OPERATOR_HOLD -> order(Order.Kind.HOLD, Optional.of(vm), lasts);
            case OPERATOR_PAUSE -> {
                if (first && lasts.compareTo(Duration.ofMinutes(8)) < 0) {
                    order(Order.Kind.PAUSE, Optional.empty(), lasts);
                }
            }
            default -> throw new IllegalStateException("not of the host: " + kind);
        }
    }

    /** The host saves old values just when something is going on: it has read the row as the machine goes off. */
    private void saveOver(FaultKind kind, VmId vm, Duration later, boolean machineStops) {
        if (world.rows()
                .openSession(vm)
                .filter(session -> session.status().isInUse())
                .isEmpty()) {
            return;
        }
        count(kind);
        Duration read = Duration.ZERO;
        if (machineStops) {
            world.cloud().deallocate(vm);
            read = Duration.ofSeconds(60);
        }
        world.time()
                .after(
                        read,
                        () -> world.host().saveBlindly(vm, later, managed -> {
                            if (kind == FaultKind.BLIND_VM_SAVE) {
                                world.host().save(managed.vm());
                            } else {
                                managed.session()
                                        .ifPresent(session -> world.host().save(session));
                            }
                        }));
    }

    /** Until somebody commits a change of a row in use, and then once: the host was there a moment before. */
    private void writeBetween(int what) {
        count(FaultKind.WRITE_BETWEEN);
        world.troubles()
                .beforeCommit(changes -> changes.stream()
                        .filter(change -> !change.transition().isNone())
                        .map(Change::expected)
                        .map(ManagedVm::id)
                        .filter(vm -> world.host().canUse(vm))
                        .filter(vm -> world.rows().openSession(vm).isPresent())
                        .findFirst()
                        .ifPresent(vm -> {
                            world.troubles().clearBeforeCommit();
                            Session session = world.rows().openSession(vm).orElseThrow();
                            if (what == 0) {
                                world.host().end(session.id(), Host.Ending.PROPERLY, true);
                            } else if (what == 1 && session.status().isInUse()) {
                                world.host()
                                        .status(
                                                session,
                                                session.status() == SessionStatus.ACTIVE
                                                        ? SessionStatus.IDLE
                                                        : SessionStatus.ACTIVE);
                            } else {
                                world.host().heartbeat(session);
                            }
                        }));
    }

    private void removeRow(VmId vm, boolean runs) {
        if (world.rows().openSession(vm).isPresent() || removed >= 2) {
            return;
        }
        removed++;
        count(FaultKind.ROW_REMOVED);
        world.host().remove(vm);
        if (runs) {
            world.cloud().start(vm, false);
        }
    }

    private void maintain(VmId vm, Duration lasts) {
        VmStatus before = world.rows().vm(vm).orElseThrow().believed();
        if (before != VmStatus.RUNNING && before != VmStatus.AVAILABLE) {
            return;
        }
        count(FaultKind.MAINTENANCE);
        world.host().status(vm, VmStatus.MAINTENANCE);
        world.time().after(lasts, () -> endMaintenance(vm));
    }

    private void endMaintenance(VmId vm) {
        if (!world.host().canUse(vm) || world.rows().vm(vm).orElseThrow().believed() != VmStatus.MAINTENANCE) {
            return;
        }
        boolean runs = world.cloud().slot(vm).machine().now().power() == PowerState.RUNNING;
        world.host()
                .status(vm, world.rows().openSession(vm).isPresent() || runs ? VmStatus.RUNNING : VmStatus.AVAILABLE);
    }

    private void order(Order.Kind kind, Optional<VmId> vm, Duration lasts) {
        Instant now = world.time().instant();
        FaultKind fault = kind == Order.Kind.HOLD ? FaultKind.OPERATOR_HOLD : FaultKind.OPERATOR_PAUSE;
        count(fault);
        vm.ifPresent(held -> world.timeline().note(held, now, "operator", kind + " for " + lasts));
        world.database()
                .store()
                .journal()
                .place(new Order(
                        kind + "-" + now,
                        kind,
                        Optional.empty(),
                        vm,
                        now,
                        Optional.of(now.plus(lasts).isAfter(until) ? until.plusMillis(1) : now.plus(lasts)),
                        "simulated"));
    }

    private void count(FaultKind kind) {
        world.tally().count(kind);
    }
}
