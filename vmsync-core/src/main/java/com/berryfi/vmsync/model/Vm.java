package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A machine that the host manages, as its row says.
 *
 * @param id the host's key
 * @param scope the credential and subscription that see it
 * @param address where the scope finds it
 * @param believed the status in the row
 * @param currentSession the session the row names, whatever that session's own row says; empty if it names none
 * @param lastStarted when the host last started it, by the host's clock; empty if the row says none. Part of the fingerprint only
 */
public record Vm(
        VmId id,
        Scope scope,
        CloudAddress address,
        VmStatus believed,
        Optional<SessionId> currentSession,
        Optional<Instant> lastStarted) {}
