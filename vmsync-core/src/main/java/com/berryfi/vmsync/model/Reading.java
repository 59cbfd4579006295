package com.berryfi.vmsync.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One answer of the cloud for a scope; a partial answer is an answer.
 *
 * @param evidence by the addresses that were asked for. A list leaves out what it did not name: absence is core's to judge.
 *     A direct read holds an entry for each address, {@link Observation.Unknown} with the cause where it failed. Where a list was
 *     asked for, an adapter may read one by one instead: then all evidence is direct, and there is an entry for each address
 * @param complete whether everything asked for was answered to its end
 * @param listed how many VMs the cloud named, managed or not; 0 for a direct read
 * @param failure why it is not complete; empty if it is
 * @param retryAfter how long the cloud asked to be left alone; empty if it did not
 * @param quotaLeft what the cloud said is left of its limits, by the limit's own name
 * @param notices what an operator should know and no observation says, in words
 */
public record Reading(
        Map<CloudAddress, Evidence> evidence,
        boolean complete,
        int listed,
        Optional<Observation.Unknown> failure,
        Optional<Duration> retryAfter,
        Map<String, Long> quotaLeft,
        List<String> notices) {

    /**
     * Copies the maps and lists: later changes of them are not seen here.
     *
     * @param evidence by the addresses that were asked for
     * @param complete whether everything asked for was answered to its end
     * @param listed how many VMs the cloud named, managed or not; 0 for a direct read
     * @param failure why it is not complete; empty if it is
     * @param retryAfter how long the cloud asked to be left alone; empty if it did not
     * @param quotaLeft what the cloud said is left of its limits, by the limit's own name
     * @param notices what an operator should know and no observation says, in words
     * @throws IllegalArgumentException if it is complete with a failure, or not complete without one
     */
    public Reading {
        evidence = Map.copyOf(evidence);
        quotaLeft = Map.copyOf(quotaLeft);
        notices = List.copyOf(notices);
        if (complete == failure.isPresent()) {
            throw new IllegalArgumentException("a reading is complete, or says why not");
        }
    }

    /**
     * Whether each VM was read by itself, though perhaps a list was asked for: then nothing was left out, and no number of machines
     * was named.
     *
     * @return whether there is evidence, and all of it is direct
     */
    public boolean isOneByOne() {
        return !evidence.isEmpty() && evidence.values().stream().allMatch(Evidence::isDirect);
    }

    /**
     * A whole answer without more to say.
     *
     * @param evidence by the addresses that were asked for
     * @param listed how many VMs the cloud named, managed or not; 0 for a direct read
     * @return a complete reading without quota, notices or a wish to be left alone
     */
    public static Reading complete(Map<CloudAddress, Evidence> evidence, int listed) {
        return new Reading(evidence, true, listed, Optional.empty(), Optional.empty(), Map.of(), List.of());
    }

    /**
     * An answer that broke off, or never came.
     *
     * @param evidence of what came before it broke off; may be empty
     * @param listed how many VMs the cloud named until then
     * @param failure why it broke off
     * @param retryAfter how long the cloud asked to be left alone; empty if it did not
     * @return an incomplete reading without quota or notices
     */
    public static Reading incomplete(
            Map<CloudAddress, Evidence> evidence,
            int listed,
            Observation.Unknown failure,
            Optional<Duration> retryAfter) {
        return new Reading(evidence, false, listed, Optional.of(failure), retryAfter, Map.of(), List.of());
    }
}
