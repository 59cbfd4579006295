package com.berryfi.vmsync.testkit;

import com.berryfi.vmsync.model.Session;
import java.time.Duration;
import java.util.Optional;

/**
 * A session's row as a test reads it back.
 *
 * @param session what vmsync reads of it
 * @param billed the billed duration that its end wrote; empty before
 * @param reason why it was ended; empty before
 * @param connected whether the row still holds its connection details
 */
public record SessionRow(Session session, Optional<Duration> billed, Optional<String> reason, boolean connected) {

    /**
     * {@return a row without an end, with connection details}
     *
     * @param session what vmsync reads of it
     */
    public static SessionRow of(Session session) {
        return new SessionRow(session, Optional.empty(), Optional.empty(), true);
    }
}
