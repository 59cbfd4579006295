package com.berryfi.vmsync.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A finding that stands.
 *
 * @param kind what
 * @param vm at which VM
 * @param scope who reads it
 * @param session whose session; empty if the VM has none
 * @param since since when
 * @param asOf as of when this is said
 * @param text in words
 */
public record Standing(
        FindingKind kind, VmId vm, Scope scope, Optional<SessionId> session, Instant since, Instant asOf, String text) {

    /** {@return for how long it has cost, or endangered, money; zero if it begins later than it is said} */
    public Duration lasted() {
        return asOf.isAfter(since) ? Duration.between(since, asOf) : Duration.ZERO;
    }
}
