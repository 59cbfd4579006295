package com.berryfi.vmsync.testkit.simulation.world;

import java.util.EnumMap;
import java.util.Map;

/** How often what went wrong. */
public final class FaultTally {

    private final Map<FaultKind, Integer> counts = new EnumMap<>(FaultKind.class);

    /**
     * Counts one more.
     *
     * @param kind what went wrong
     */
    public void count(FaultKind kind) {
        counts.merge(kind, 1, Integer::sum);
    }

    /** {@return how often what went wrong; without what never did} */
    public Map<FaultKind, Integer> counts() {
        return new EnumMap<>(counts.isEmpty() ? new EnumMap<FaultKind, Integer>(FaultKind.class) : counts);
    }
}
