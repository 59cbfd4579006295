package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A stretch of a session that must not be billed.
 *
 * @param from its begin
 * @param to its end; empty while it lasts
 */
public record Gap(Instant from, Optional<Instant> to) {

    /**
     * Checks the order of both ends.
     *
     * @param from its begin
     * @param to its end; empty while it lasts
     * @throws IllegalArgumentException if it ends before its begin
     */
    public Gap {
        if (to.isPresent() && to.get().isBefore(from)) {
            throw new IllegalArgumentException("a gap ends after its begin: " + from + " to " + to.get());
        }
    }

    /** {@return whether it lasts: its end is not known yet} */
    public boolean isOpen() {
        return to.isEmpty();
    }
}
