package com.berryfi.vmsync.model;

/**
 * Which {@link VmStatus} a host writes for a power state. Pure and thread-safe. {@link VmStatus#UNKNOWN} means: write nothing.
 *
 * <p>The rules read the power itself, so a mapping decides words only, never whether a session ends.
 */
@FunctionalInterface
public interface StatusMapping {

    /**
     * The status that a host writes for a power state.
     *
     * @param power what was seen
     * @return {@link VmStatus#UNKNOWN} if nothing is to be written
     */
    VmStatus statusOf(PowerState power);

    /** {@return the mapping by which STOPPED stands for stopped and deallocated alike} */
    static StatusMapping standard() {
        return power -> switch (power) {
            case RUNNING -> VmStatus.RUNNING;
            case STARTING -> VmStatus.STARTING;
            case STOPPING, DEALLOCATING -> VmStatus.STOPPING;
            case STOPPED, DEALLOCATED -> VmStatus.STOPPED;
            case UNKNOWN -> VmStatus.UNKNOWN;
        };
    }

    /** {@return the mapping that is as {@link #standard()}, with DEALLOCATED as a status of its own} */
    static StatusMapping tellingDeallocatedApart() {
        StatusMapping standard = standard();
        return power -> power == PowerState.DEALLOCATED ? VmStatus.DEALLOCATED : standard.statusOf(power);
    }

    /**
     * Whether a believed status and a power state say the same, so that nothing needs mending. AVAILABLE and ASSIGNED agree with any
     * power that is off or turning off; with an unknown power nothing agrees.
     *
     * @param believed the status in the VM's row
     * @param power what was seen
     * @return whether they agree
     */
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
