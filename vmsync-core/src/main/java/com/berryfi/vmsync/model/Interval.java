package com.berryfi.vmsync.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

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

    /** How long they are together. */
    public static Duration total(List<Interval> intervals) {
        return intervals.stream().map(Interval::length).reduce(Duration.ZERO, Duration::plus);
    }

    /** In ISO-8601, {@code from/to}. */
    @Override
    public String toString() {
        return from + "/" + to;
    }
}
