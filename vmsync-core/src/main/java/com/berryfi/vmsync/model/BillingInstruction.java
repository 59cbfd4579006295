package com.berryfi.vmsync.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the host is to do about one session's bill. Nothing moves money before the end: a host that bills once, at the end,
 * handles {@link Stop} alone.
 */
public sealed interface BillingInstruction {

    BillingKey key();

    VmId vm();

    /** Why, in a sentence for people. */
    String reason();

    /** Whose bill. */
    default SessionId session() {
        return key().session();
    }

    /**
     * Do not bill from an instant on, until resumed or stopped. Provisional.
     *
     * @param from the first instant that is not billed; may lie in the past
     */
    record Suspend(BillingKey key, VmId vm, Instant from, String reason) implements BillingInstruction {}

    /**
     * Bill again.
     *
     * @param at the first instant that is billed again; the machine was proven running then
     */
    record Resume(BillingKey key, VmId vm, Instant at, String reason) implements BillingInstruction {}

    /**
     * The host has ended the session by itself and did not ask for its gaps: take them off the bill. Once, and the last instruction.
     *
     * @param unbilled all that must not be billed, whatever the host was told before, oldest first; never empty
     */
    record Adjust(BillingKey key, VmId vm, List<Interval> unbilled, String reason) implements BillingInstruction {

        public Adjust {
            unbilled = List.copyOf(unbilled);
        }

        /** The total duration that must not be billed. */
        public Duration total() {
            return Interval.total(unbilled);
        }
    }

    /**
     * Close the bill, once. It is the whole bill, whatever the host does with the session after.
     *
     * @param at the end of the session
     * @param billed what is billed in all, oldest first; empty if nothing is
     */
    record Stop(BillingKey key, VmId vm, Instant at, List<Interval> billed, String reason)
            implements BillingInstruction {

        public Stop {
            billed = List.copyOf(billed);
        }

        /** The total billable duration. */
        public Duration total() {
            return Interval.total(billed);
        }
    }
}
