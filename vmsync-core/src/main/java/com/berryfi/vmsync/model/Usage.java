package com.berryfi.vmsync.model;

/** How much of a session a VM has, as far as rules care. */
public enum Usage {
    /** None, or one that has ended. */
    NONE,
    /** REQUESTED or STARTING. */
    BEGINNING,
    /** ACTIVE or IDLE. */
    IN_USE,
    /** The session was told to end, and has not ended yet. */
    TERMINATING;

    /**
     * The usage that a session's status means.
     *
     * @param status by the host's word
     * @return {@link #NONE} for a session that has ended
     */
    public static Usage of(SessionStatus status) {
        return switch (status) {
            case REQUESTED, STARTING -> BEGINNING;
            case ACTIVE, IDLE -> IN_USE;
            case TERMINATING -> TERMINATING;
            case COMPLETED, TERMINATED, FAILED -> NONE;
        };
    }

    /** {@return whether the session has not been ended, nor asked to end} */
    public boolean isLive() {
        return this == BEGINNING || this == IN_USE;
    }
}
