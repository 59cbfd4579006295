package com.berryfi.vmsync.event;

/**
 * Hears what happened. Called on the thread that did it, after the commit; what a listener throws is logged and breaks nothing.
 * It should return soon: the cycle waits for it.
 */
public interface SyncListener {

    /** A host's row, or a bill, was corrected. The change is durable. */
    default void onCorrection(Correction event) {}

    /** A rule in mode ALERT would have corrected something. Heard once for each change of the verdict. */
    default void onProposal(Proposal event) {}

    /** Something that costs or endangers money was found. Heard once for each change of the verdict;
     * until the cloud agrees it stands in the report of every cycle that meets it.
     */
    default void onFinding(Finding event) {}

    /**
     * A row cannot be worked with. Heard in every cycle that meets it; of a status that the host's mapping does not list, once for
     * each such status, however many rows have it. The report of each cycle names them all.
     */
    default void onBadRow(BadRow event) {}

    /**
     * The cloud could not be read for a scope, or not to the end. Heard once when it begins, however many VMs it has, and again when it
     * becomes another matter: a passing trouble, for example, a refusal.
     */
    default void onUnreadableScope(UnreadableScope event) {}

    /** A scope that {@link #onUnreadableScope} told of can be read again. */
    default void onReadableScope(ReadableScope event) {}

    /** A cycle begins; {@link #onCycle} tells of its end, unless the process dies meanwhile. */
    default void onCycleBegun(CycleBegun event) {}

    /** A cycle has ended. */
    default void onCycle(CycleEnded event) {}

    /** A cycle took longer than its interval. */
    default void onOverrun(CycleOverrun event) {}

    /** The host's billing refused an instruction for good. */
    default void onBillingParked(BillingParked event) {}
}
