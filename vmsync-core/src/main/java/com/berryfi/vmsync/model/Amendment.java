package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.List;

/**
 * What is written to the journal alone, in one transaction or not at all: where the host's rows are gone, or are not to change. A part
 * of the memory that is empty both before and after is neither compared nor written.
 *
 * @param at when it was decided
 * @param vm of which VM
 * @param before what was remembered when it was decided; if that has changed since, another replica wins
 * @param after what is remembered from now on
 * @param billing instructions to stage, in order
 * @param audit records to append
 */
public record Amendment(
        Instant at, VmId vm, Memory before, Memory after, List<BillingInstruction> billing, List<AuditRecord> audit) {

    /**
     * Copies the lists: later changes of them are not seen here.
     *
     * @param at when it was decided
     * @param vm of which VM
     * @param before what was remembered when it was decided
     * @param after what is remembered from now on
     * @param billing instructions to stage, in order
     * @param audit records to append
     */
    public Amendment {
        billing = List.copyOf(billing);
        audit = List.copyOf(audit);
    }
}
