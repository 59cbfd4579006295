package com.berryfi.vmsync.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How one kind of sync fares.
 *
 * @param interval from one to the next
 * @param last the last cycle that ended, whoever asked for it; empty if none has
 * @param due when the next is due, or was; empty if the loops were not started
 * @param overrun how the last one took longer than its interval; empty if it did not, or the loops were not started
 * @param missed the deadline that was missed, three intervals after the last cycle's end or the start: no cycle has ended since. Empty if
 *     none was, or the loops were not started
 */
public record LoopStatus(
        Duration interval,
        Optional<CycleFigures> last,
        Optional<Instant> due,
        Optional<Overrun> overrun,
        Optional<Instant> missed) {

    /**
     * Cycles that take longer than their interval.
     *
     * @param since when the first of them in a row ended
     * @param took how long the last took, from its slot to its end
     * @param slots how many slots went by meanwhile
     */
    public record Overrun(Instant since, Duration took, long slots) {}
}
