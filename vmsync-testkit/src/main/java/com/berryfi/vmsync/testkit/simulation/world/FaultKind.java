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
    /** The cloud answers 429, and says how long to leave it alone. */
    THROTTLED,
    /** The cloud answers with an error of its own. */
    SERVER_ERROR,
    /** The credential is refused. */
    UNAUTHENTICATED,
    /** The principal may not read the scope. */
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
    /** Deallocated by somebody who is not the host. */
    OUTSIDE_DEALLOCATION,
    /** Started by somebody who is not the host. */
    OUTSIDE_START,
    /** Deleted by somebody who is not the host. */
    MACHINE_DELETED,
    /** Deleted, and another made under the same name. */
    MACHINE_RECREATED,
    /** All running machines of a scope go off at once, as in a zone that fails, and come back later. */
    ZONE_LOST,
    /** All running machines of a scope are stopped or deallocated at the same time. */
    MASS_SHUTDOWN,
    /** A mass shutdown that an operator has announced. */
    ANNOUNCED_SHUTDOWN,
    /** The host stops and starts the machine of a session in use. */
    HOST_RESTART,
    /** A process of the host's dies, and is started anew. */
    PROCESS_DEATH,
    /** A process stands still for a while, as in a long collection of garbage. */
    PROCESS_PAUSE,
    /** The database cannot be reached for a while. */
    DATABASE_DOWN,
    /** One call of the database fails. */
    DATABASE_CALL_FAILS,
    /** A commit goes through, and its answer is lost. */
    COMMIT_ANSWER_LOST,
    /** The host's billing cannot be reached for a while. */
    BILLING_DOWN,
    /** An instruction is applied, and the answer is lost. */
    BILLING_ANSWER_LOST,
    /** The host writes back a VM's row that it read a while ago, with all its columns. */
    BLIND_VM_SAVE,
    /** The host writes back a session's row that it read a while ago, with all its columns. */
    BLIND_SESSION_SAVE,
    /** The host writes between a read of rows and the commit. */
    WRITE_BETWEEN,
    /** A VM's row gets a status that nobody knows. */
    BAD_ROW,
    /** A VM's row is deleted; its machine stays. */
    ROW_REMOVED,
    /** A VM is put in maintenance. */
    MAINTENANCE,
    /** An operator puts a hold on a VM. */
    OPERATOR_HOLD,
    /** An operator pauses vmsync. */
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
    /** The cloud takes the order to start a machine, and the machine does not come up. */
    START_FAILED
}
