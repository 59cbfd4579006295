package com.berryfi.vmsync.plan;

import java.time.Duration;
import java.time.Instant;

/**
 * A fixed rate: slots at an anchor and every interval after it. A step that takes longer than its slot costs the slots it covers,
 * never a burst of late ones.
 *
 * @param anchor the first slot
 * @param interval between slots, at least a millisecond
 */
public record Cadence(Instant anchor, Duration interval) {

    public Cadence {
        if (interval.toMillis() < 1) {
            throw new IllegalArgumentException("interval: must be at least a millisecond, is " + interval);
        }
    }

    /** The first slot after an instant; slots reach back before the anchor, for a clock may be set back. */
    public Instant slotAfter(Instant instant) {
        long passed = Math.floorDiv(Duration.between(anchor, instant).toMillis(), interval.toMillis());
        return anchor.plus(interval.multipliedBy(passed + 1));
    }

    /** How many slots a step missed that was due at one slot and ended later; 0 if it ended before the next. */
    public long missed(Instant slot, Instant ended) {
        return ended.isBefore(slot) ? 0 : Duration.between(slot, ended).dividedBy(interval);
    }
}
