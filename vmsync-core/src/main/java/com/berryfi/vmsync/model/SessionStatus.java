package com.berryfi.vmsync.model;

/** Where a user's paid use of a VM stands, by the host's word. */
public enum SessionStatus {
    /** Asked for; no machine was started for it yet. */
    REQUESTED,
    /** Its machine is being started. */
    STARTING,
    /** The user has the machine and uses it. */
    ACTIVE,
    /** The user has the machine and does not use it; billed like ACTIVE. */
    IDLE,
    /** Told to end; its machine is to be stopped. */
    TERMINATING,
    /** Over in the usual way, by the word of the user or the host. */
    COMPLETED,
    /** Over by force; what vmsync writes by default when it ends a session. */
    TERMINATED,
    /** Over before it began: its machine never ran for it. */
    FAILED;

    /** {@return whether the session has not been ended, nor asked to end} */
    public boolean isLive() {
        return isBeginning() || isInUse();
    }

    /** {@return whether the user has the machine: ACTIVE or IDLE} */
    public boolean isInUse() {
        return this == ACTIVE || this == IDLE;
    }

    /** {@return whether the machine was asked for and not yet handed over: REQUESTED or STARTING} */
    public boolean isBeginning() {
        return this == REQUESTED || this == STARTING;
    }

    /** {@return whether the session is over for good: an ended session is never revived} */
    public boolean isEnded() {
        return this == COMPLETED || this == TERMINATED || this == FAILED;
    }

    /** {@return whether an operation is under way by the host's own word: REQUESTED, STARTING or TERMINATING} */
    public boolean isTransitional() {
        return isBeginning() || this == TERMINATING;
    }
}
