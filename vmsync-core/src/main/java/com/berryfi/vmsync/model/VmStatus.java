package com.berryfi.vmsync.model;

/** What the host believes of a VM. */
public enum VmStatus {
    /** Free to be given to a session; the host's state of allocation, agrees with any power that is off or turning off. */
    AVAILABLE,
    /** Given to a session, not started yet; the host's state of allocation. */
    ASSIGNED,
    /** Being started by the host. */
    STARTING,
    /** On, as far as the host knows. */
    RUNNING,
    /** Being stopped by the host, or on its way to being off. */
    STOPPING,
    /** Off. Under the standard mapping this covers deallocated as well. */
    STOPPED,
    /** Off and not billed by the cloud, for hosts that tell it apart. */
    DEALLOCATED,
    /** Taken out of service by people; never changed by the program. */
    MAINTENANCE,
    /** Out of order, by the word of the host, or of vmsync where a machine is lost; one that the host has set stays. */
    ERROR,
    /** The host does not know. Never written by the program. */
    UNKNOWN;

    /** {@return whether an operation is under way by the host's own word: STARTING or STOPPING} */
    public boolean isTransitional() {
        return this == STARTING || this == STOPPING;
    }

    /** {@return whether this is a state of allocation, of which the cloud knows nothing: AVAILABLE or ASSIGNED} */
    public boolean isAllocation() {
        return this == AVAILABLE || this == ASSIGNED;
    }
}
