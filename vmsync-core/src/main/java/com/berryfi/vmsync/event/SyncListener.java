package com.berryfi.vmsync.event;

/**
 * Hears what happened. Called on the thread that did it, after the commit; what a listener throws is logged and breaks nothing.
 * It should return soon: the cycle waits for it.
 */
public interface SyncListener {

    /**
     * A host's row, or a bill, was corrected. The change is durable.
     *
     * @param event what the rows were, what the cloud said and what was decided
     */
    default void onCorrection(Correction event) {}

    /**
     * A rule in mode ALERT would have corrected something. Heard once for each change of the verdict.
     *
     * @param event what would have been done, and upon what evidence
     */
    default void onProposal(Proposal event) {}

    /**
     * Something that costs or endangers money was found. Heard once for each change of the verdict;
     * until the cloud agrees it stands in the report of every cycle that meets it.
     *
     * @param event what was found, at which VM and since when
     */
    default void onFinding(Finding event) {}

    /**
     * A row cannot be worked with. Heard in every cycle that meets it; of a status that the host's mapping does not list, once for
     * each such status, however many rows have it. The report of each cycle names them all.
     *
     * @param event which row, and what is wrong with it
     */
    default void onBadRow(BadRow event) {}

    /**
     * The cloud could not be read for a scope, or not to the end. Heard once when it begins, however many VMs it has, and again when it
     * becomes another matter: a passing trouble, for example, a refusal.
     *
     * @param event which scope, and why
     */
    default void onUnreadableScope(UnreadableScope event) {}

    /**
     * A scope that {@link #onUnreadableScope} told of can be read again.
     *
     * @param event which scope
     */
    default void onReadableScope(ReadableScope event) {}

    /**
     * A cycle begins; {@link #onCycle} tells of its end, unless the process dies meanwhile.
     *
     * @param event which kind of sync, and the name of the cycle
     */
    default void onCycleBegun(CycleBegun event) {}

    /**
     * A cycle has ended.
     *
     * @param event the report of the cycle
     */
    default void onCycle(CycleEnded event) {}

    /**
     * A cycle took longer than its interval.
     *
     * @param event how long it took, and how many slots it missed
     */
    default void onOverrun(CycleOverrun event) {}

    /**
     * The host's billing refused an instruction for good.
     *
     * @param event which instruction, and why
     */
    default void onBillingParked(BillingParked event) {}
}
