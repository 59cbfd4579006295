package com.berryfi.vmsync.testkit.simulation.check;

import com.berryfi.vmsync.model.VmId;
import java.time.Instant;
import java.util.List;

/**
 * An invariant that did not hold.
 *
 * @param invariant its number
 * @param sentence what it says
 * @param seed in which world
 * @param at when that was seen
 * @param vm of which VM
 * @param what what was seen
 * @param timeline what had happened to the VM, oldest first
 */
public record Violation(
        int invariant, String sentence, long seed, Instant at, VmId vm, String what, List<String> timeline) {

    /**
     * Copies the timeline: later changes of it are not seen here.
     *
     * @param invariant its number
     * @param sentence what it says
     * @param seed in which world
     * @param at when that was seen
     * @param vm of which VM
     * @param what what was seen
     * @param timeline what had happened to the VM, oldest first
     */
    public Violation {
        timeline = List.copyOf(timeline);
    }

    /** All of it, with the command that replays it. */
    @Override
    public String toString() {
        return "INVARIANT " + invariant + " (" + sentence + ") VIOLATED\n  seed " + seed + ", " + vm + ", " + at + ": "
                + what + "\n  replay: mvn -q -DskipTests -Psimulation -Dvmsync.seed=" + seed + " verify\n    "
                + String.join("\n    ", timeline);
    }
}
