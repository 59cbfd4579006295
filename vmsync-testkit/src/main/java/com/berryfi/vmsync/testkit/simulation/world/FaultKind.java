package com.berryfi.vmsync.testkit.simulation.world;

/** What may go wrong in a simulated world. */
public enum FaultKind {
    /** Lists answer from a while ago. */
    LIST_LAG,
    /** Lists are complete and empty. */
    LIST_EMPTY,
    /** Lists are complete and leave machines out. */
    LIST_SHRUNK,
    /** Lists break off. */
    LIST_BROKEN,
    /** The limits leave no list: an index answers, from a while ago, and proves nothing. */
    INDEX_ONLY,
    /** Short lists are answered by reading one by one. */
    LIST_ONE_BY_ONE,
    /** Lists do not say which very machine they speak of. */
    UID_ABSENT,
    /** A machine answers without its power. */
    POWER_FORGOTTEN,
    /** One wrong STOPPED among direct reads. */
    WRONG_STOPPED,
    /** One wrong DEALLOCATED among direct reads. */
    WRONG_DEALLOCATED,
    /** A machine that is there is not found by direct reads, twice at most. */
    NOT_FOUND_FLAP,
    /** Direct reads of one machine fail. */
    DIRECT_FAILS,
    THROTTLED,
    SERVER_ERROR,
    UNAUTHENTICATED,
    FORBIDDEN,
    /** The subscription itself is not found. */
    SUBSCRIPTION_GONE,
    /** Answers take seconds. */
    SLOW,
    /** Answers do not come in time. */
    HANG,
    /** Nothing of a scope answers. */
    SCOPE_OUTAGE,
    /** Stopped from within, or by somebody else, and still billed by the cloud. */
    GUEST_STOP,
    OUTSIDE_DEALLOCATION,
    /** Started by somebody who is not the host. */
    OUTSIDE_START,
    MACHINE_DELETED,
    /** Deleted, and another made under the same name. */
    MACHINE_RECREATED,
    ZONE_LOST,
    MASS_SHUTDOWN,
    /** A mass shutdown that an operator has announced. */
    ANNOUNCED_SHUTDOWN,
    HOST_RESTART,
    PROCESS_DEATH,
    PROCESS_PAUSE,
    DATABASE_DOWN,
    DATABASE_CALL_FAILS,
    /** A commit goes through, and its answer is lost. */
    COMMIT_ANSWER_LOST,
    BILLING_DOWN,
    /** An instruction is applied, and the answer is lost. */
    BILLING_ANSWER_LOST,
    BLIND_VM_SAVE,
    BLIND_SESSION_SAVE,
    /** The host writes between a read of rows and the commit. */
    WRITE_BETWEEN,
    BAD_ROW,
    ROW_REMOVED,
    MAINTENANCE,
    OPERATOR_HOLD,
    OPERATOR_PAUSE,
    /** The host writes that the machine of a session in use is off, or free. */
    STATUS_SLIP,
    /** The host takes a VM for broken. */
    HOST_ERROR,
    /** A machine runs and does not say so to the host for minutes; it may go off before it does. */
    SILENT_AGENT,
    /** The clock of a process is set back by some milliseconds while it works. */
    CLOCK_STEP,
    /** The host ends a session and leaves its machine on. */
    DEALLOCATION_FORGOTTEN,
    /** The host dies in the middle of ending a session. */
    HOST_DIED_ENDING,
    /** The host dies in the middle of starting a session. */
    HOST_DIED_STARTING,
    START_FAILED
}
