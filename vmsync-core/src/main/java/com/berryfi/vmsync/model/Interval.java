package com.berryfi.vmsync.model;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of time.
 *
 * @param from its begin, inclusive
 * @param to its end, exclusive; not before the begin
 */
public record Interval(Instant from, Instant to) {

    public Interval {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("an interval ends after its begin: " + from + " to " + to);
        }
    }

    public Duration length() {
        return Duration.between(from, to);
    }

    /** In ISO-8601, {@code from/to}. */
    @Override
    public String toString() {
        return from + "/" + to;
    }
}
