package com.berryfi.vmsync.testkit.simulation;

import com.berryfi.vmsync.testkit.simulation.check.Violation;
import com.berryfi.vmsync.testkit.simulation.world.FaultKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What came of one seed.
 *
 * @param seed which
 * @param violations what did not hold; empty if all did
 * @param faults how often what went wrong
 * @param rules how often which rule decided, by its id
 * @param sessions how many sessions there were
 * @param ends how many of them the synchroniser ended
 * @param wrongfulEnds how many of these had a machine that ran all the while
 * @param billedWhileOff how long was billed although proven off
 * @param unbilledWhileOn how long was not billed although proven on
 * @param billedInTruthOff how long was billed although the machine did not run, whether anybody knew or not
 * @param unbilledInTruthOn how long a machine ran until its session's end and was not billed
 * @param detections from a machine's going off under a session to the first consequence
 * @param lists how many lists the cloud was asked for
 * @param directs how many machines it was asked for directly
 * @param simulated how much time went by in the world
 * @param digest a number that differs if anything else happened
 */
public record SeedResult(
        long seed,
        List<Violation> violations,
        Map<FaultKind, Integer> faults,
        Map<String, Integer> rules,
        int sessions,
        int ends,
        int wrongfulEnds,
        Duration billedWhileOff,
        Duration unbilledWhileOn,
        Duration billedInTruthOff,
        Duration unbilledInTruthOn,
        List<Duration> detections,
        long lists,
        long directs,
        Duration simulated,
        long digest) {
    /**
     * Copies the lists: later changes of them are not seen here.
     *
     * @param seed which
     * @param violations what did not hold; empty if all did
     * @param faults how often what went wrong
     * @param rules how often which rule decided, by its id
     * @param sessions how many sessions there were
     * @param ends how many of them the synchroniser ended
     * @param wrongfulEnds how many of these had a machine that ran all the while
     * @param billedWhileOff how long was billed although proven off
     * @param unbilledWhileOn how long was not billed although proven on
     * @param billedInTruthOff how long was billed although the machine did not run, whether anybody knew or not
     * @param unbilledInTruthOn how long a machine ran until its session's end and was not billed
     * @param detections from a machine's going off under a session to the first consequence
     * @param lists how many lists the cloud was asked for
     * @param directs how many machines it was asked for directly
     * @param simulated how much time went by in the world
     * @param digest a number that differs if anything else happened
     */
    public SeedResult {
        violations = List.copyOf(violations);
        detections = List.copyOf(detections);
    }
}
