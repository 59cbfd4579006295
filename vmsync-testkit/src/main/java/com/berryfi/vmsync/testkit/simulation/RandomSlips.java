package com.berryfi.vmsync.testkit.simulation;

import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.testkit.simulation.world.Dice;
import com.berryfi.vmsync.testkit.simulation.world.FaultKind;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedProcess;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import com.berryfi.vmsync.testkit.simulation.world.Witness;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Small things that are wrong: a status, a clock, a machine that does not speak; when and what follows from the seed alone. */
final class RandomSlips {

    private final SimulatedWorld world;
    private final Instant until;

    RandomSlips(SimulatedWorld world, Instant until) {
        this.world = world;
        this.until = until;
    }

    void begin() {
        next("slips of statuses", 1, 3_000, this::status);
        next("slips of clocks", 1, 6_000, this::clock);
        world.watch(new Agents());
    }

    private void next(String stream, int number, int most, Consumer<Dice> what) {
        Dice dice = Dice.of(world.seed(), stream, number);
        world.time().after(dice.seconds(20, most), () -> {
            if (now().isBefore(until)) {
                what.accept(dice);
                next(stream, number + 1, most, what);
            }
        });
    }

    private void status(Dice dice) {
        VmId vm = dice.pick(world.cloud().slots()).vm();
        boolean error = dice.chance(0.5);
        Duration lasts = dice.seconds(120, 900);
        VmStatus wrong = dice.chance(0.5) ? VmStatus.STOPPED : VmStatus.AVAILABLE;
        Optional<VmStatus> before =
                world.host().canUse(vm) ? world.rows().vm(vm).map(Vm::believed) : Optional.empty();
        Optional<Session> session = world.rows().openSession(vm);
        boolean inUse = session.filter(each -> each.status().isInUse()).isPresent();
        if (error && before.isPresent() && before.get() != VmStatus.MAINTENANCE && (inUse || session.isEmpty())) {
            world.tally().count(FaultKind.HOST_ERROR);
            world.host().status(vm, VmStatus.ERROR);
            world.time().after(lasts, () -> mend(vm));
        } else if (!error && inUse && before.equals(Optional.of(VmStatus.RUNNING))) {
            world.tally().count(FaultKind.STATUS_SLIP);
            world.host().status(vm, wrong);
        }
    }

    /** The host clears its own error. */
    private void mend(VmId vm) {
        if (world.host().canUse(vm) && world.rows().vm(vm).orElseThrow().believed() == VmStatus.ERROR) {
            world.host().status(vm, world.rows().openSession(vm).isPresent() ? VmStatus.RUNNING : VmStatus.AVAILABLE);
        }
    }

    /** Set back between the read of the rows and the question to the cloud. */
    private void clock(Dice dice) {
        SimulatedProcess process = dice.pick(world.processes());
        VmId vm = dice.pick(world.cloud().slots()).vm();
        Duration behind = dice.millis(1, 20);
        Duration lasts = dice.seconds(1, 60);
        if (!process.isAwake() || world.rows().vm(vm).isEmpty()) {
            return;
        }
        world.tally().count(FaultKind.CLOCK_STEP);
        process.troubleAfter(dice.between(3, 6), () -> {
            world.timeline().note(now(), process.name(), "clock set back by " + behind);
            process.clockBehind(behind);
            world.time().after(lasts, () -> process.clockBehind(Duration.ZERO));
        });
        try {
            process.sync(vm);
        } catch (RuntimeException | Error e) {
            world.timeline().note(vm, now(), "host", "its question failed: " + e);
        }
    }

    /** Some of the machines that start for a session are not heard of; some of these go off before. */
    private final class Agents implements Witness {
        private final Set<SessionId> met = new HashSet<>();

        @Override
        public void hostWrote(VmId vm) {
            world.rows()
                    .openSession(vm)
                    .filter(session -> session.status() == SessionStatus.STARTING && met.add(session.id()))
                    .ifPresent(session -> starts(vm, session.id()));
        }

        private void starts(VmId vm, SessionId session) {
            Dice dice = Dice.of(world.seed(), "agent of " + session);
            Duration silent = dice.seconds(300, 780);
            Duration off = dice.seconds(150, 420);
            if (!dice.chance(0.03) || !now().isBefore(until)) {
                return;
            }
            world.tally().count(FaultKind.SILENT_AGENT);
            world.timeline().note(vm, now(), "host", "hears nothing of " + session + " for " + silent);
            world.host().silence(session, now().plus(silent));
            world.time().after(Duration.ZERO, () -> noteStart(session));
            if (dice.chance(0.6)) {
                world.time().after(off, () -> world.cloud().stop(vm));
            }
        }
    }

    /** Some hosts note a session's start before they have heard of its machine. */
    private void noteStart(SessionId id) {
        world.rows()
                .session(id)
                .filter(session -> session.status() == SessionStatus.STARTING)
                .ifPresent(session -> world.host()
                        .save(new Session(id, session.vm(), session.status(), Optional.of(now()), Optional.empty())));
    }

    private Instant now() {
        return world.time().instant();
    }
}
