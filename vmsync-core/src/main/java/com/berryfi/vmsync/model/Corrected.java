package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A correction that a quick or full sync made.
 *
 * @param at when that sync ended
 * @param vm of which VM
 * @param session of which session; empty if the VM had none
 * @param scope who reads it
 * @param rule the id of the rule
 * @param because why, in the rule's words
 * @param effects what was done, in order; never empty
 */
public record Corrected(
        Instant at,
        VmId vm,
        Optional<SessionId> session,
        Scope scope,
        String rule,
        String because,
        List<Effect> effects) {

    /** Copies the list. */
    public Corrected {
        effects = List.copyOf(effects);
    }
}
