package com.berryfi.vmsync.model;

import java.time.Duration;
import java.time.Instant;

/**
 * A session in use, and how long ago the cloud said something definite of its machine.
 *
 * @param scope who reads it
 * @param vm the machine
 * @param session whose
 * @param since when the last definite answer was asked for; if this process had none, the last proof that it knows of, or when the
 *     process or the session began, whichever is later
 */
public record Unverified(Scope scope, VmId vm, SessionId session, Instant since) {

    /**
     * For how long nobody knows.
     *
     * @param now the present
     * @return zero if {@code since} is later
     */
    public Duration lasted(Instant now) {
        return now.isAfter(since) ? Duration.between(since, now) : Duration.ZERO;
    }
}
