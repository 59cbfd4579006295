package com.berryfi.vmsync.model;

import java.time.Instant;

/**
 * The last time a scope went unread for too long. What was seen before it proves nothing after it.
 *
 * @param from the last whole read before it
 * @param until the first whole read after it
 */
public record Outage(Instant from, Instant until) {}
