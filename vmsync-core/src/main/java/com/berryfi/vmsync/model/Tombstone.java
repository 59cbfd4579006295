package com.berryfi.vmsync.model;

import java.time.Instant;

/**
 * How we ended a session. A host that saves old values over it is recognised by it: what has ended is never revived.
 *
 * @param endedAs the status it got
 * @param at its end
 * @param reason for the row and the user
 * @param cleanup whether the connection details were cleared
 */
public record Tombstone(SessionStatus endedAs, Instant at, String reason, boolean cleanup) {}
