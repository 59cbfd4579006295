package com.berryfi.vmsync.crash;

import com.berryfi.vmsync.model.Interval;
import com.berryfi.vmsync.testkit.arm.ArmVm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A machine of the simulator, and the truth of when it was on and off: while it starts or stops it is neither, and a little longer than
 * the simulator says, for the truth is noted around the calls. Its id is that of its row. Thread-safe.
 */
final class Machine {

    private enum Power {
        ON,
        OFF,
        NEITHER
    }

    private record Phase(Instant from, Power power) {}

    private final String id;
    private final String subscription;
    private final ArmVm vm;
    private final List<Phase> phases = new ArrayList<>(List.of(new Phase(Instant.MIN, Power.OFF)));

    Machine(String id, String subscription, ArmVm vm) {
        this.id = id;
        this.subscription = subscription;
        this.vm = vm;
    }

    String id() {
        return id;
    }

    String subscription() {
        return subscription;
    }

    String resourceId() {
        return vm.resourceId();
    }

    void start() {
        change(vm::start, Power.ON);
    }

    void stop() {
        change(vm::stop, Power.OFF);
    }

    void deallocate() {
        change(vm::deallocate, Power.OFF);
    }

    private synchronized void change(Runnable command, Power to) {
        phases.add(new Phase(Instant.now(), Power.NEITHER));
        command.run();
        phases.add(new Phase(Instant.now().plus(BenchSettings.TRANSITION), to));
    }

    /** Whether it is on now, and does not change. */
    synchronized boolean isOn() {
        return now() == Power.ON;
    }

    /** Whether it is off now, and does not change. */
    synchronized boolean isOff() {
        return now() == Power.OFF;
    }

    private Power now() {
        Instant now = Instant.now();
        Power power = Power.NEITHER;
        for (Phase phase : phases) {
            if (!phase.from().isAfter(now)) {
                power = phase.power();
            }
        }
        return power;
    }

    /** When it was on, until an instant. */
    synchronized List<Interval> on(Instant until) {
        return stretches(Power.ON, until);
    }

    /** When it was off. */
    synchronized List<Interval> off(Instant until) {
        return stretches(Power.OFF, until);
    }

    private List<Interval> stretches(Power power, Instant until) {
        List<Interval> stretches = new ArrayList<>();
        for (int i = 0; i < phases.size(); i++) {
            Instant from = phases.get(i).from();
            // A command that came before the one before was through has taken its place.
            Instant to = i + 1 < phases.size() ? phases.get(i + 1).from() : until;
            Instant end = to.isBefore(until) ? to : until;
            if (phases.get(i).power() == power && from.isBefore(end)) {
                stretches.add(new Interval(from, end));
            }
        }
        return stretches;
    }
}
