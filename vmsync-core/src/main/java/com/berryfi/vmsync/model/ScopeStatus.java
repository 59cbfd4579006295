package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one scope fares, as far as this process looks after it.
 *
 * @param scope which
 * @param wholeAt when the last read began that was whole; empty if this process knows of none
 * @param frozen why nothing but findings follows there; empty if anything may
 * @param unreadable why it cannot be read; empty if it could be, the last time
 * @param live how many sessions live there
 * @param oldestUnverified the session in use whose machine the cloud said nothing definite of for the longest time; empty if there is
 *     no session in use
 * @param braked what the brake holds; empty if it holds nothing
 * @param quotaLeft what the cloud said last is left of its limits, by the limit's own name; may be empty
 */
public record ScopeStatus(
        Scope scope,
        Optional<Instant> wholeAt,
        Optional<Frozen> frozen,
        Optional<Unreadable> unreadable,
        int live,
        Optional<Unverified> oldestUnverified,
        Optional<Braked> braked,
        Map<String, Long> quotaLeft) {

    /**
     * Copies the quotas: later changes of them are not seen here.
     *
     * @param scope which
     * @param wholeAt when the last read began that was whole; empty if this process knows of none
     * @param frozen why nothing but findings follows there; empty if anything may
     * @param unreadable why it cannot be read; empty if it could be, the last time
     * @param live how many sessions live there
     * @param oldestUnverified the session in use whose machine the cloud said nothing definite of for the longest time; empty if there is
     *     no session in use
     * @param braked what the brake holds; empty if it holds nothing
     * @param quotaLeft what the cloud said last is left of its limits, by the limit's own name; may be empty
     */
    public ScopeStatus {
        quotaLeft = Map.copyOf(quotaLeft);
    }

    /** What froze a scope. */
    public enum FreezeCause {
        /** An operator paused it. */
        ORDERED,
        /** It was not read whole since the process began, or since its database failed or its clock jumped. */
        NOT_READ_YET,
        /** It was not read whole for more than three intervals. */
        UNREAD_TOO_LONG
    }

    /**
     * A freeze.
     *
     * @param cause what froze the scope
     * @param since since when
     * @param why in words
     */
    public record Frozen(FreezeCause cause, Instant since, String why) {}

    /**
     * Reads that fail.
     *
     * @param cause why; of passing troubles, which show themselves in many ways, the first
     * @param detail in the cloud's words; holds no secret
     * @param since when the first of them in a row ended
     * @param times how many cycles have failed in a row
     */
    public record Unreadable(UnknownCause cause, String detail, Instant since, int times) {}

    /**
     * What the brake holds.
     *
     * @param since when it first held something
     * @param count how many VMs
     * @param some their names, 20 at most
     */
    public record Braked(Instant since, int count, List<VmId> some) {

        /**
         * Copies the names: later changes of them are not seen here.
         *
         * @param since when it first held something
         * @param count how many VMs
         * @param some their names, 20 at most
         */
        public Braked {
            some = List.copyOf(some);
        }
    }
}
