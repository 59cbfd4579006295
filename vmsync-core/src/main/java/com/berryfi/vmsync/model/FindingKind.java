package com.berryfi.vmsync.model;

/** What costs or endangers money, or needs a person. */
public enum FindingKind {
    /** A machine runs and no session needs it. */
    ORPHAN,
    /** A machine is stopped and not deallocated: the cloud bills it on. */
    STOPPED_STILL_BILLED,
    /** A start, stop or other operation of the host's has not ended in its time. */
    STUCK_OPERATION,
    /** A session was told to end and its machine runs on. */
    STUCK_STOPPING,
    /** The cloud does not find a VM that the host manages. */
    MISSING,
    /** Another machine answers under a VM's address. */
    REPLACED,
    /** A VM's row was removed here and its machine is alive in the cloud. */
    REMOVED_BUT_ALIVE,
    /** The host's own rows disagree: a VM names a session that is not its own, or has ended. */
    ROWS_DISAGREE,
    /** The host saved old values over a session that we had ended. */
    OVERWRITTEN
}
