package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.List;

/**
 * All that one decision writes, in one transaction or not at all.
 *
 * @param at when it was decided
 * @param expected the host's rows as they were read; if their fingerprint has changed since, the host wins
 * @param transition how the host's rows change; may be {@link Transition#NONE}
 * @param before what was remembered when the decision was made; if that has changed since, another replica wins
 * @param after what is remembered from now on
 * @param billing instructions to stage, in order
 * @param audit records to append
 */
public record Change(
        Instant at,
        ManagedVm expected,
        Transition transition,
        Memory before,
        Memory after,
        List<BillingInstruction> billing,
        List<AuditRecord> audit) {

    /**
     * Copies the lists: later changes of them are not seen here.
     *
     * @param at when it was decided
     * @param expected the host's rows as they were read
     * @param transition how the host's rows change; may be {@link Transition#NONE}
     * @param before what was remembered when the decision was made
     * @param after what is remembered from now on
     * @param billing instructions to stage, in order
     * @param audit records to append
     */
    public Change {
        billing = List.copyOf(billing);
        audit = List.copyOf(audit);
    }
}
