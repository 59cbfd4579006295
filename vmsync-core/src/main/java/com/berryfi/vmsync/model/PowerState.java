package com.berryfi.vmsync.model;

import java.util.Locale;

/**
 * Power of a VM as the cloud states it.
 *
 * <p>Source of the codes: Azure's "States and billing status of Azure Virtual Machines".
 */
public enum PowerState {
    /** On, and billed by the cloud. */
    RUNNING,
    /** On its way to running. */
    STARTING,
    /** On its way to being off, and still held for its owner: the cloud bills it on. */
    STOPPING,
    /** Off, and still held for its owner: the cloud bills it on. */
    STOPPED,
    /** On its way to being off, and given back to the cloud. */
    DEALLOCATING,
    /** Off and given back: the cloud bills it no more. */
    DEALLOCATED,
    /** The cloud gave none, or one that is not known here. */
    UNKNOWN;

    /**
     * Reads a wire code such as {@code PowerState/running}, without regard to case.
     *
     * @param code as the cloud sent it
     * @return the state, {@link #UNKNOWN} for any code that is not one of the six
     */
    public static PowerState ofCode(String code) {
        return switch (code.toLowerCase(Locale.ROOT)) {
            case "powerstate/running" -> RUNNING;
            case "powerstate/starting" -> STARTING;
            case "powerstate/stopping" -> STOPPING;
            case "powerstate/stopped" -> STOPPED;
            case "powerstate/deallocating" -> DEALLOCATING;
            case "powerstate/deallocated" -> DEALLOCATED;
            default -> UNKNOWN;
        };
    }

    /** {@return whether the machine does not run and is not about to: STOPPED or DEALLOCATED} */
    public boolean isOff() {
        return this == STOPPED || this == DEALLOCATED;
    }

    /** {@return whether the machine is on its way to being off: STOPPING or DEALLOCATING} */
    public boolean isTurningOff() {
        return this == STOPPING || this == DEALLOCATING;
    }
}
