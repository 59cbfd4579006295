package com.berryfi.vmsync.model;

import java.time.Instant;

/**
 * One place taken under a brake.
 *
 * @param kind under which brake
 * @param scope in which scope
 * @param vm whose session was ended or suspended, or which VM was deallocated
 * @param at when
 */
public record Spending(BrakeKind kind, Scope scope, VmId vm, Instant at) {}
