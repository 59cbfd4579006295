package com.berryfi.vmsync.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the host is to do about one session's bill. Nothing moves money before the end: a host that bills once, at the end,
 * handles {@link Stop} alone.
 */
public sealed interface BillingInstruction {

    /** {@return by which it is known for ever: apply each key once} */
    BillingKey key();

    /** {@return the machine that the session uses, or used} */
    VmId vm();

    /** {@return why, in a sentence for people} */
    String reason();

    /** {@return whose bill: the session of the key} */
    default SessionId session() {
        return key().session();
    }

    /**
     * Do not bill from an instant on, until resumed or stopped. Provisional.
     *
     * @param key by which it is known for ever
     * @param vm the machine that the session uses, or used
     * @param from the first instant that is not billed; may lie in the past
     * @param reason why, in a sentence for people
     */
    record Suspend(BillingKey key, VmId vm, Instant from, String reason) implements BillingInstruction {}

    /**
     * Bill again.
     *
     * @param key by which it is known for ever
     * @param vm the machine that the session uses, or used
     * @param at the first instant that is billed again; the machine was proven running then
     * @param reason why, in a sentence for people
     */
    record Resume(BillingKey key, VmId vm, Instant at, String reason) implements BillingInstruction {}

    /**
     * The host has ended the session by itself and did not ask for its gaps: take them off the bill. Once, and the last instruction.
     *
     * @param key by which it is known for ever
     * @param vm the machine that the session uses, or used
     * @param unbilled all that must not be billed, whatever the host was told before, oldest first; never empty
     * @param reason why, in a sentence for people
     */
    record Adjust(BillingKey key, VmId vm, List<Interval> unbilled, String reason) implements BillingInstruction {

        /**
         * Copies the intervals: later changes of them are not seen here.
         *
         * @param key by which it is known for ever
         * @param vm the machine that the session uses, or used
         * @param unbilled all that must not be billed, whatever the host was told before, oldest first; never empty
         * @param reason why, in a sentence for people
         */
        public Adjust {
            unbilled = List.copyOf(unbilled);
        }

        /** {@return the total duration that must not be billed; longer than zero} */
        public Duration total() {
            return Interval.total(unbilled);
        }
    }

    /**
     * Close the bill, once. It is the whole bill, whatever the host does with the session after.
     *
     * @param key by which it is known for ever
     * @param vm the machine that the session uses, or used
     * @param at the end of the session
     * @param billed what is billed in all, oldest first; empty if nothing is
     * @param reason why, in a sentence for people
     */
    record Stop(BillingKey key, VmId vm, Instant at, List<Interval> billed, String reason)
            implements BillingInstruction {

        /**
         * Copies the intervals: later changes of them are not seen here.
         *
         * @param key by which it is known for ever
         * @param vm the machine that the session uses, or used
         * @param at the end of the session
         * @param billed what is billed in all, oldest first; empty if nothing is
         * @param reason why, in a sentence for people
         */
        public Stop {
            billed = List.copyOf(billed);
        }

        /** {@return the total billable duration; zero if nothing is billed} */
        public Duration total() {
            return Interval.total(billed);
        }
    }
}
