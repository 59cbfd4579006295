package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.Map;

/**
 * How far both sides were apart at the end of one full sync, in this process's scopes.
 *
 * @param at when it ended
 * @param checked how many VMs were looked at
 * @param unknown of how many the cloud said nothing: of these nobody knows
 * @param outOfStep how many VMs were not in step at its end, or had a finding, by the id of the rule that spoke of them; what it
 *     corrected is in step, and in a dry run nothing is
 * @param corrected how many corrections the quick and full syncs made since the point before, this one included, by the rule's id
 */
public record DriftPoint(
        Instant at, int checked, int unknown, Map<String, Integer> outOfStep, Map<String, Integer> corrected) {

    /** Copies the maps. */
    public DriftPoint {
        outOfStep = Map.copyOf(outOfStep);
        corrected = Map.copyOf(corrected);
    }
}
