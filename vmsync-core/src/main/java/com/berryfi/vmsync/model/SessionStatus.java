package com.berryfi.vmsync.model;

/** Where a user's paid use of a VM stands, by the host's word. */
public enum SessionStatus {
    REQUESTED,
    STARTING,
    ACTIVE,
    IDLE,
    TERMINATING,
    COMPLETED,
    TERMINATED,
    FAILED;

    /** Whether the session has not been ended, nor asked to end. */
    public boolean isLive() {
        return isBeginning() || isInUse();
    }

    /** Whether the user has the machine: ACTIVE or IDLE. */
    public boolean isInUse() {
        return this == ACTIVE || this == IDLE;
    }

    /** Whether the machine was asked for and not yet handed over: REQUESTED or STARTING. */
    public boolean isBeginning() {
        return this == REQUESTED || this == STARTING;
    }

    /** Whether the session is over for good: an ended session is never revived. */
    public boolean isEnded() {
        return this == COMPLETED || this == TERMINATED || this == FAILED;
    }

    /** Whether an operation is under way by the host's own word. */
    public boolean isTransitional() {
        return isBeginning() || this == TERMINATING;
    }
}
