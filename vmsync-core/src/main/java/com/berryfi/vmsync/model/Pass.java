package com.berryfi.vmsync.model;

import java.time.Instant;

/**
 * The last time a scope was read to its end and everything found there was settled. It speaks for every VM in use that has no
 * {@link Tracking}: at this instant both sides agreed on it.
 *
 * @param scope which
 * @param at when the read was sent
 */
public record Pass(Scope scope, Instant at) {}
