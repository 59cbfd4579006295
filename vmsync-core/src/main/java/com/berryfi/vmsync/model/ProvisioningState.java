package com.berryfi.vmsync.model;

import java.util.Locale;

/** How far the cloud has come with the last change that was asked of a VM. */
public enum ProvisioningState {
    /** The last change was carried out. */
    SUCCEEDED,
    /** The last change broke off; the machine is as that left it. */
    FAILED,
    /** The last change was called off. */
    CANCELED,
    /** The VM is being made: it may be seen off for a moment before its first start. */
    CREATING,
    /** The VM is being changed: it may be seen off for a moment meanwhile. */
    UPDATING,
    /** The VM is being removed. */
    DELETING,
    /** Absent, or a state that is not known here; counts as not settled. */
    UNKNOWN;

    private static final String CODE_PREFIX = "provisioningstate/";

    /**
     * Reads {@code Succeeded}, {@code ProvisioningState/succeeded} or {@code ProvisioningState/failed/SomeError}, without
     * regard to case.
     *
     * @param code as the cloud sent it
     * @return the state, {@link #UNKNOWN} for anything else
     */
    public static ProvisioningState ofCode(String code) {
        String lower = code.toLowerCase(Locale.ROOT);
        String state = lower.startsWith(CODE_PREFIX) ? lower.substring(CODE_PREFIX.length()) : lower;
        int suffix = state.indexOf('/');
        return switch (suffix < 0 ? state : state.substring(0, suffix)) {
            case "succeeded" -> SUCCEEDED;
            case "failed" -> FAILED;
            case "canceled" -> CANCELED;
            case "creating" -> CREATING;
            case "updating" -> UPDATING;
            case "deleting" -> DELETING;
            default -> UNKNOWN;
        };
    }

    /** {@return whether nothing is being changed: a machine that is off while settled is really off} */
    public boolean isSettled() {
        return this == SUCCEEDED || this == FAILED || this == CANCELED;
    }
}
