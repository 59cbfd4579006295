package com.berryfi.vmsync.model;

import java.util.Map;
import java.util.Optional;

/**
 * What a synchronisation read of one scope.
 *
 * @param scope which
 * @param checked how many VMs were looked at
 * @param inStep of how many both sides agree
 * @param unknown of how many the cloud said nothing
 * @param listed how many VMs the cloud named
 * @param directReads how many VMs were read directly
 * @param live how many sessions live there
 * @param oldestUnverified the session in use whose machine the cloud said nothing definite of for the longest time; empty if there is
 *     none in use, or the scope could not be synchronised at all
 * @param quotaLeft what the cloud said is left of its limits, by the limit's own name
 * @param failure why it was not read to the end; empty if it was
 */
public record ScopeOutcome(
        Scope scope,
        int checked,
        int inStep,
        int unknown,
        int listed,
        int directReads,
        int live,
        Optional<Unverified> oldestUnverified,
        Map<String, Long> quotaLeft,
        Optional<Observation.Unknown> failure) {

    /**
     * Copies the quotas: later changes of them are not seen here.
     *
     * @param scope which
     * @param checked how many VMs were looked at
     * @param inStep of how many both sides agree
     * @param unknown of how many the cloud said nothing
     * @param listed how many VMs the cloud named
     * @param directReads how many VMs were read directly
     * @param live how many sessions live there
     * @param oldestUnverified the session in use whose machine the cloud said nothing definite of for the longest time; empty if there is
     *     none in use, or the scope could not be synchronised at all
     * @param quotaLeft what the cloud said is left of its limits, by the limit's own name
     * @param failure why it was not read to the end; empty if it was
     */
    public ScopeOutcome {
        quotaLeft = Map.copyOf(quotaLeft);
    }

    /**
     * Of a scope that could not be synchronised at all.
     *
     * @param scope which
     * @param failure why
     * @return an outcome without figures
     */
    public static ScopeOutcome failed(Scope scope, Observation.Unknown failure) {
        return new ScopeOutcome(scope, 0, 0, 0, 0, 0, 0, Optional.empty(), Map.of(), Optional.of(failure));
    }

    /** {@return whether its VMs were looked at, whatever the cloud said of them} */
    public boolean isLookedAt() {
        return failure.isEmpty() || checked > 0;
    }
}
