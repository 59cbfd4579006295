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
    MISSING
}
