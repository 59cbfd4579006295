package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A VM of which something is not done yet.
 *
 * @param vm which
 * @param session its session; empty if it has none
 * @param scope who reads it
 * @param since when the first cycle in a row ended that had it wait for this reason, for this session
 * @param rule the id of the rule that spoke last
 * @param because why, in the rule's words
 * @param held what is waited for
 */
public record Wait(
        VmId vm, Optional<SessionId> session, Scope scope, Instant since, String rule, String because, Held held) {}
