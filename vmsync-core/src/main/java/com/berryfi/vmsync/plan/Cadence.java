package com.berryfi.vmsync.plan;

import java.time.Duration;
import java.time.Instant;

/**
 * A fixed rate: slots at an anchor and every interval after it. A step that takes longer than its slot costs the slots it covers,
 * never a burst of late ones.
 *
 * @param anchor the first slot
 * @param interval between slots, longer than zero
 */
public record Cadence(Instant anchor, Duration interval) {

    public Cadence {
        if (interval.isZero() || interval.isNegative()) {
            throw new IllegalArgumentException("interval: must be longer than zero, is " + interval);
        }
    }

    /** The first slot after an instant. */
    public Instant slotAfter(Instant instant) {
        if (instant.isBefore(anchor)) {
            return anchor;
        }
        long passed = Duration.between(anchor, instant).dividedBy(interval);
        return anchor.plus(interval.multipliedBy(passed + 1));
    }

    /** How many slots a step missed that was due at one slot and ended later; 0 if it ended before the next. */
    public long missed(Instant slot, Instant ended) {
        return ended.isBefore(slot) ? 0 : Duration.between(slot, ended).dividedBy(interval);
    }
}
