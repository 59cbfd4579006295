package com.berryfi.vmsync.model;

import java.time.Duration;

/**
 * How many confirmed endings, suspensions or deallocations may pass in a while, per scope and in all. Immutable; start from
 * {@link #standard()}.
 *
 * @param sharePercent what share of the sessions that were live may go, 0 to 100
 * @param always how many may go whatever the share
 * @param window within which time
 * @param release after how long a time of direct reads that nothing contradicts a held one goes all the same
 */
public record BrakePolicy(int sharePercent, int always, Duration window, Duration release) {

    /**
     * Checks each value.
     *
     * @param sharePercent what share of the sessions that were live may go, 0 to 100
     * @param always how many may go whatever the share
     * @param window within which time
     * @param release after how long a time of direct reads that nothing contradicts a held one goes all the same
     * @throws IllegalArgumentException if the share is not from 0 to 100, a number is negative, or a time is not longer than zero; the
     *     message names the setting
     */
    public BrakePolicy {
        if (sharePercent < 0 || sharePercent > 100) {
            throw new IllegalArgumentException("brake.share.percent: must be from 0 to 100, is " + sharePercent);
        }
        if (always < 0) {
            throw new IllegalArgumentException("brake.always: must not be negative, is " + always);
        }
        positive("brake.window", window);
        positive("brake.release", release);
    }

    /** {@return the default: 10 %, 3 always, in 10 min, released after 10 min} */
    public static BrakePolicy standard() {
        return new BrakePolicy(10, 3, Duration.ofMinutes(10), Duration.ofMinutes(10));
    }

    private static void positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + ": must be longer than zero, is " + value);
        }
    }
}
