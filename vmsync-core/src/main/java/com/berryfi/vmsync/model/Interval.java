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

    /**
     * Checks the order of both ends.
     *
     * @param from its begin, inclusive
     * @param to its end, exclusive; not before the begin
     * @throws IllegalArgumentException if it ends before its begin
     */
    public Interval {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("an interval ends after its begin: " + from + " to " + to);
        }
    }

    /** {@return how long it is; never negative} */
    public Duration length() {
        return Duration.between(from, to);
    }

    /**
     * How long they are together.
     *
     * @param intervals any number; what two of them share counts twice
     * @return their lengths added up; zero if there are none
     */
    public static Duration total(List<Interval> intervals) {
        return intervals.stream().map(Interval::length).reduce(Duration.ZERO, Duration::plus);
    }

    /** {@return both instants in ISO-8601, {@code from/to}} */
    @Override
    public String toString() {
        return from + "/" + to;
    }
}
