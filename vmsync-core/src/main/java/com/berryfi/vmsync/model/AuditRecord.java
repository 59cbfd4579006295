package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One verdict with both sides' evidence: enough to answer, alone, why a session was or was not ended.
 *
 * @param at when it was decided
 * @param cycle which cycle of which process decided it
 * @param vm of which VM
 * @param session of which session; empty if the VM had none
 * @param scope by which credential the cloud was read
 * @param rule the rule that fired
 * @param mode how far the rule is carried out
 * @param because the rule's reason
 * @param believed what the VM's row said
 * @param sessionStatus what the session's row said; empty if the VM had none
 * @param evidence what the cloud said, how and when it was asked
 * @param effects what was done, in order; empty for a deliberate non-change
 * @param held what is waited for; empty if nothing is
 */
public record AuditRecord(
        Instant at,
        String cycle,
        VmId vm,
        Optional<SessionId> session,
        Scope scope,
        String rule,
        Mode mode,
        String because,
        VmStatus believed,
        Optional<SessionStatus> sessionStatus,
        Evidence evidence,
        List<String> effects,
        Optional<Held> held) {

    /**
     * Copies the effects: later changes of them are not seen here.
     *
     * @param at when it was decided
     * @param cycle which cycle of which process decided it
     * @param vm of which VM
     * @param session of which session; empty if the VM had none
     * @param scope by which credential the cloud was read
     * @param rule the rule that fired
     * @param mode how far the rule is carried out
     * @param because the rule's reason
     * @param believed what the VM's row said
     * @param sessionStatus what the session's row said; empty if the VM had none
     * @param evidence what the cloud said, how and when it was asked
     * @param effects what was done, in order; empty for a deliberate non-change
     * @param held what is waited for; empty if nothing is
     */
    public AuditRecord {
        effects = List.copyOf(effects);
    }
}
