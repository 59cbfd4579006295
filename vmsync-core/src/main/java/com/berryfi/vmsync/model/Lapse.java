package com.berryfi.vmsync.model;

import java.time.Instant;

/**
 * A proof that a machine was off under a session in use, not yet entered in its bill: held by a brake or a fence, it must not be
 * forgotten when the machine runs again.
 *
 * @param ranUntil the last proof before it that the machine ran; where the host is billed until the first proof of off, that
 * @param offAt the first proof that it was off
 */
public record Lapse(Instant ranUntil, Instant offAt) {}
