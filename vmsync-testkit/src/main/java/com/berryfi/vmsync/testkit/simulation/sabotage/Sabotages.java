package com.berryfi.vmsync.testkit.simulation.sabotage;

import com.berryfi.vmsync.testkit.simulation.Sabotage;
import java.util.List;

/** A planted fault for each invariant that the simulation checks. */
public final class Sabotages {

    private static final List<Sabotage> ALL = List.of(
            Planted.rules("end-on-one-stopped", 1, 1, RuleFaults::endOnOneStopped),
            Planted.rules("touch-maintenance", 2, 1, RuleFaults::touchMaintenance),
            Planted.rules("resume-from-the-begin", 3, 1, RuleFaults::resumeFromTheBegin),
            Planted.billing("settle-before-applying", 4, 1, StoreFaults::settleBeforeApplying),
            Planted.adapter("without-comparing", 5, 1, StoreFaults::withoutComparing),
            Planted.adapter("fail-whole", 6, 1, StoreFaults::failingWhole),
            Planted.store("forget-the-brake", 7, 1, StoreFaults::forgettingTheBrake),
            Planted.store("drop-audit", 9, 1, StoreFaults::droppingAudit),
            Planted.rules("overlook-orphans", 11, 1, RuleFaults::overlookOrphans));

    private Sabotages() {}

    /** {@return all of them, by the number of the invariant that each must break} */
    public static List<Sabotage> all() {
        return ALL;
    }
}
