package com.berryfi.vmsync.plan;

import java.time.Duration;
import java.time.Instant;

/** How a cycle's time is shared out. */
public final class TimeBudget {

    private TimeBudget() {}

    /** Until when a cycle may read: four fifths of its interval, so that it can write down what it has read before the next begins. */
    public static Instant readsUntil(Instant startedAt, Duration interval) {
        return startedAt.plus(interval.multipliedBy(4).dividedBy(5));
    }

    /** Until when one of several reads may take: half of what is left, so that one that hangs leaves time for the others. */
    public static Instant oneReadUntil(Instant now, Instant until) {
        return now.isBefore(until) ? now.plus(Duration.between(now, until).dividedBy(2)) : until;
    }
}
