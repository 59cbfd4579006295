package com.berryfi.vmsync.model;

/** What the host believes of a VM. */
public enum VmStatus {
    /** Free to be given to a session; the host's state of allocation, agrees with any power that is off or turning off. */
    AVAILABLE,
    /** Given to a session, not started yet; the host's state of allocation. */
    ASSIGNED,
    STARTING,
    RUNNING,
    STOPPING,
    /** Off. Under the standard mapping this covers deallocated as well. */
    STOPPED,
    /** Off and not billed by the cloud, for hosts that tell it apart. */
    DEALLOCATED,
    /** Taken out of service by people; never changed by the program. */
    MAINTENANCE,
    ERROR,
    /** The host does not know. Never written by the program. */
    UNKNOWN;

    /** Whether an operation is under way by the host's own word. */
    public boolean isTransitional() {
        return this == STARTING || this == STOPPING;
    }

    /** Whether this is a state of allocation, of which the cloud knows nothing. */
    public boolean isAllocation() {
        return this == AVAILABLE || this == ASSIGNED;
    }
}
