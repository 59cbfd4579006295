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

    public Gap {
        if (to.isPresent() && to.get().isBefore(from)) {
            throw new IllegalArgumentException("a gap ends after its begin: " + from + " to " + to.get());
        }
    }

    public boolean isOpen() {
        return to.isEmpty();
    }
}
