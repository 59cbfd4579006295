package com.berryfi.vmsync.model;

/** What became of one {@link Change}. */
public sealed interface CommitOutcome {

    /** All of it is durable. */
    record Committed() implements CommitOutcome {}

    /**
     * None of it was written, for somebody else has written first. Expected; the next cycle decides afresh.
     *
     * @param what the row or record that had changed
     */
    record Conflict(String what) implements CommitOutcome {}

    /**
     * None of it was written, for the database refuses this row.
     *
     * @param why names the row and the reason
     */
    record Refused(String why) implements CommitOutcome {}
}
