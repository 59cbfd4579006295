package com.berryfi.vmsync.model;

import java.util.Locale;

/**
 * Power of a VM as the cloud states it.
 *
 * <p>Source of the codes: Azure's "States and billing status of Azure Virtual Machines".
 */
public enum PowerState {
    RUNNING,
    STARTING,
    STOPPING,
    STOPPED,
    DEALLOCATING,
    DEALLOCATED,
    /** The cloud gave none, or one that is not known here. */
    UNKNOWN;

    private static final String CODE_PREFIX = "powerstate/";

    /**
     * Reads a wire code such as {@code PowerState/running}, without regard to case.
     *
     * @return the state, {@link #UNKNOWN} for any code that is not one of the six
     */
    public static PowerState ofCode(String code) {
        String lower = code.toLowerCase(Locale.ROOT);
        if (!lower.startsWith(CODE_PREFIX)) {
            return UNKNOWN;
        }
        return switch (lower.substring(CODE_PREFIX.length())) {
            case "running" -> RUNNING;
            case "starting" -> STARTING;
            case "stopping" -> STOPPING;
            case "stopped" -> STOPPED;
            case "deallocating" -> DEALLOCATING;
            case "deallocated" -> DEALLOCATED;
            default -> UNKNOWN;
        };
    }

    /** Whether the machine does not run and is not about to: STOPPED or DEALLOCATED. */
    public boolean isOff() {
        return this == STOPPED || this == DEALLOCATED;
    }

    /** Whether the machine is on its way to being off. */
    public boolean isTurningOff() {
        return this == STOPPING || this == DEALLOCATING;
    }
}
