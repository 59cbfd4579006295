package com.berryfi.vmsync.model;

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
 * @param failure why it was not read to the end; empty if it was
 */
public record ScopeOutcome(
        Scope scope,
        int checked,
        int inStep,
        int unknown,
        int listed,
        int directReads,
        Optional<Observation.Unknown> failure) {}
