package com.berryfi.vmsync.testkit.arm;

import java.util.Map;

/**
 * How near to Azure's limits the calls of an {@link ArmSimulator} came.
 *
 * @param shares for each limit the largest part of any one of its buckets that was ever empty at once, 0 to 1; none for a
 *     limit that nothing counted for
 * @param refused how many calls were answered 429 because a bucket was empty; faults that a test planned are not among them
 */
public record LimitPeaks(Map<ArmLimit, Double> shares, long refused) {

    /**
     * Copies the shares: later changes of them are not seen here.
     *
     * @param shares for each limit the largest part of any one of its buckets that was ever empty at once, 0 to 1; none for a limit that
     *     nothing counted for
     * @param refused how many calls were answered 429 because a bucket was empty; faults that a test planned are not among them
     */
    public LimitPeaks {
        shares = Map.copyOf(shares);
    }

    /**
     * {@return the largest part of any one bucket of a limit that was ever empty at once, 0 to 1; 0 if nothing counted for it}
     *
     * @param limit which limit
     */
    public double share(ArmLimit limit) {
        return shares.getOrDefault(limit, 0.0);
    }
}
