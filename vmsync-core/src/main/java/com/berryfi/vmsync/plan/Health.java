package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How well one process knows a scope. Nothing but findings follows while it is frozen: from the start of the process, or a failure of
 * its database or clock, until the scope was once read whole; and after more than three intervals without a whole read, until the
 * next.
 *
 * @param trusted whether it was read whole since the process began, or since its database or clock failed
 * @param wholeAt when it was last read whole, by whichever process; empty if that is not known
 * @param failing the shortest interval of the reads that have failed since; empty if none has
 * @param outage the last time it went unread too long; empty if it did not
 */
public record Health(boolean trusted, Optional<Instant> wholeAt, Optional<Duration> failing, Optional<Outage> outage) {

    /** Of a process that has just begun. */
    public static final Health UNKNOWN = new Health(false, Optional.empty(), Optional.empty(), Optional.empty());

    /** After a read that was not whole. */
    public Health failed(Duration interval) {
        Duration shortest =
                failing.filter(known -> known.compareTo(interval) < 0).orElse(interval);
        return new Health(trusted, wholeAt, Optional.of(shortest), outage);
    }

    /**
     * After a whole read.
     *
     * @param at when it was sent
     * @param before when the scope was last read whole before, by any process; empty if never
     * @param full the interval of the full sync
     */
    public Health whole(Instant at, Optional<Instant> before, Duration full) {
        Optional<Instant> last = before.filter(
                        other -> wholeAt.filter(other::isBefore).isEmpty())
                .or(() -> wholeAt);
        Optional<Outage> gone = last.filter(known -> isTooLong(known, at, full)).map(from -> new Outage(from, at));
        return new Health(true, Optional.of(at), Optional.empty(), gone.or(() -> outage));
    }

    /**
     * After a whole read of which the journal tells, by whichever process: it counts if it was sent since this one has trusted its
     * own database and clock, and is news.
     *
     * @param at when it was sent
     * @param since from when on this process trusts itself
     */
    public Health passed(Instant at, Instant since, Instant now, Duration full) {
        boolean counts = at.isAfter(since) && !at.isAfter(now);
        boolean news = wholeAt.filter(known -> !known.isBefore(at)).isEmpty();
        return counts && news ? whole(at, Optional.empty(), full) : this;
    }

    /** After a failure of our own database or clock: nothing is trusted until it is read again. */
    public Health distrusted() {
        return new Health(false, wholeAt, failing, outage);
    }

    /** After a jump of the clock: whatever lies between is too long. */
    public Health jumped() {
        return new Health(false, wholeAt, Optional.of(Duration.ZERO), outage);
    }

    /** Why nothing but findings may follow; empty if anything may. */
    public Optional<String> frozen(Instant now, Duration full) {
        if (!trusted) {
            return Optional.of("the scope was not read whole yet");
        }
        return wholeAt.filter(at -> isTooLong(at, now, full)).map(at -> "the scope was last read whole at " + at);
    }

    /** As of when it counts as unread for too long; empty if it was never read whole. */
    Optional<Instant> overdueAt(Duration full) {
        return wholeAt.map(at -> at.plus(threeTimes(failing.orElse(full))));
    }

    /** Three intervals. Asked for each VM: {@code multipliedBy} calculates with big decimals. */
    public static Duration threeTimes(Duration interval) {
        return interval.plus(interval).plus(interval);
    }

    private boolean isTooLong(Instant from, Instant to, Duration full) {
        return Duration.between(from, to).compareTo(threeTimes(failing.orElse(full))) > 0;
    }
}
