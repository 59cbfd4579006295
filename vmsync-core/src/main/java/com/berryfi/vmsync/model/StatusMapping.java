package com.berryfi.vmsync.model;

/**
 * Which {@link VmStatus} a host writes for a power state. Pure and thread-safe. {@link VmStatus#UNKNOWN} means: write nothing.
 *
 * <p>The rules read the power itself, so a mapping decides words only, never whether a session ends.
 */
@FunctionalInterface
public interface StatusMapping {

    VmStatus statusOf(PowerState power);

    /** STOPPED stands for stopped and deallocated alike. */
    static StatusMapping standard() {
        return power -> switch (power) {
            case RUNNING -> VmStatus.RUNNING;
            case STARTING -> VmStatus.STARTING;
            case STOPPING, DEALLOCATING -> VmStatus.STOPPING;
            case STOPPED, DEALLOCATED -> VmStatus.STOPPED;
            case UNKNOWN -> VmStatus.UNKNOWN;
        };
    }

    /** As {@link #standard()}, with DEALLOCATED as a status of its own. */
    static StatusMapping tellingDeallocatedApart() {
        StatusMapping standard = standard();
        return power -> power == PowerState.DEALLOCATED ? VmStatus.DEALLOCATED : standard.statusOf(power);
    }

    /** Whether a believed status and a power state say the same, so that nothing needs mending. */
    default boolean agrees(VmStatus believed, PowerState power) {
        if (power == PowerState.UNKNOWN) {
            return false;
        }
        if (believed.isAllocation()) {
            return power.isOff() || power.isTurningOff();
        }
        return believed == statusOf(power) || (believed == VmStatus.DEALLOCATED && power == PowerState.DEALLOCATED);
    }
}
