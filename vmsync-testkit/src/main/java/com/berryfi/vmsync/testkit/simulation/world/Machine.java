package com.berryfi.vmsync.testkit.simulation.world;

import com.berryfi.vmsync.model.Interval;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ProvisioningState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The truth of one very machine, with its past. */
public final class Machine {

    /**
     * How it was from an instant on.
     *
     * @param from the first instant of it
     * @param power what it shows
     * @param provisioning how far its last change has come
     * @param upSince since when it runs; empty if it does not
     * @param exists whether it is there, and not deleted
     */
    public record State(
            Instant from,
            PowerState power,
            ProvisioningState provisioning,
            Optional<Instant> upSince,
            boolean exists) {}

    private final String uid;
    private final List<State> states = new ArrayList<>();
    private int operation;

    Machine(String uid, Instant at, PowerState power) {
        this.uid = uid;
        become(at, power, ProvisioningState.SUCCEEDED);
    }

    /** {@return the cloud's id of it} */
    public String uid() {
        return uid;
    }

    /** {@return how it is} */
    public State now() {
        return states.get(states.size() - 1);
    }

    /**
     * {@return how it was; empty if it was not there yet}
     *
     * @param instant when
     */
    public Optional<State> at(Instant instant) {
        for (int i = states.size() - 1; i >= 0; i--) {
            if (!states.get(i).from().isAfter(instant)) {
                return Optional.of(states.get(i));
            }
        }
        return Optional.empty();
    }

    /**
     * {@return whether it ran at every instant of a time}
     *
     * @param from the first instant of it
     * @param to the last instant of it
     */
    public boolean ranAllTheTime(Instant from, Instant to) {
        for (int i = states.size() - 1; i >= 0; i--) {
            State state = states.get(i);
            if (!state.from().isAfter(to) && !(state.exists() && state.power() == PowerState.RUNNING)) {
                return false;
            }
            if (!state.from().isAfter(from)) {
                return true;
            }
        }
        return false;
    }

    /**
     * {@return the times within another at which it ran}
     *
     * @param within in which time
     */
    public List<Interval> ran(Interval within) {
        List<Interval> ran = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            State state = states.get(i);
            Instant next = i + 1 < states.size() ? states.get(i + 1).from() : within.to();
            Instant from = state.from().isBefore(within.from()) ? within.from() : state.from();
            Instant to = next.isAfter(within.to()) ? within.to() : next;
            if (state.exists() && state.power() == PowerState.RUNNING && from.isBefore(to)) {
                ran.add(new Interval(from, to));
            }
        }
        return ran;
    }

    /** {@return all that it was, oldest first} */
    public List<State> states() {
        return states;
    }

    boolean isRunning() {
        return now().exists() && now().power() == PowerState.RUNNING;
    }

    boolean isOff() {
        return !now().exists() || now().power().isOff();
    }

    void become(Instant at, PowerState power, ProvisioningState provisioning) {
        boolean runs = power == PowerState.RUNNING;
        Optional<Instant> upSince = !runs
                ? Optional.empty()
                : states.isEmpty() || now().upSince().isEmpty() ? Optional.of(at) : now().upSince();
        states.add(new State(at, power, provisioning, upSince, true));
    }

    void vanish(Instant at) {
        operation++;
        states.add(new State(at, PowerState.DEALLOCATED, ProvisioningState.DELETING, Optional.empty(), false));
    }

    /** Begins an operation; those before it come to nothing. */
    int nextOperation() {
        return ++operation;
    }

    boolean isAt(int begun) {
        return operation == begun;
    }
}
