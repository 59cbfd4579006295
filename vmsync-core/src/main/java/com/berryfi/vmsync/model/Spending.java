package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.Optional;

/**
 * One place taken under a brake. A place that was taken for the same session before, or without one for the same VM, is taken anew by
 * it: until what it was taken for is durable, that may be tried more than once, and counts once.
 *
 * @param kind under which brake
 * @param scope in which scope
 * @param vm whose session was ended or suspended, or which VM was deallocated
 * @param session which session; empty if a VM without one was deallocated
 * @param at when
 */
public record Spending(BrakeKind kind, Scope scope, VmId vm, Optional<SessionId> session, Instant at) {

    /**
     * A place for a VM without a session.
     *
     * @param kind under which brake
     * @param scope in which scope
     * @param vm which VM was deallocated
     * @param at when
     */
    public Spending(BrakeKind kind, Scope scope, VmId vm, Instant at) {
        this(kind, scope, vm, Optional.empty(), at);
    }
}
