package com.berryfi.vmsync.testkit.simulation.world;

import com.berryfi.vmsync.testkit.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Virtual time on which somebody may wait while others act: a wait runs, on this one thread, what falls due until it is over. A wait
 * within a wait ends with the outer one at the latest, so that nobody waits longer because of what another does meanwhile. Not
 * thread-safe.
 */
public final class SimulatedTime implements InstantSource {

    private final VirtualTime time;
    private Instant limit = Instant.MAX;

    SimulatedTime(Instant start) {
        time = VirtualTime.startingAt(start);
    }

    @Override
    public Instant instant() {
        return time.instant();
    }

    /**
     * Does something later.
     *
     * @param delay how much later
     * @param what what is done; once
     */
    public void after(Duration delay, Runnable what) {
        time.schedule(delay, what);
    }

    /**
     * Does something at an instant, or now if that has passed.
     *
     * @param when at which instant
     * @param what what is done; once
     */
    public void at(Instant when, Runnable what) {
        time.schedule(Duration.between(instant(), when), what);
    }

    /**
     * Waits, or lets the world run; others act meanwhile.
     *
     * @param duration how long, but no longer than whoever waits outside of this
     */
    public void pass(Duration duration) {
        Instant outer = limit;
        Instant wanted = instant().plus(duration);
        Instant until = wanted.isAfter(outer) ? outer : wanted;
        limit = until;
        try {
            if (until.isAfter(instant())) {
                time.tick(Duration.between(instant(), until));
            }
        } finally {
            limit = outer;
        }
    }
}
