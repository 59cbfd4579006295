package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.Optional;

/**
 * How a VM's rows looked when they were last read, so that a change by the host is known.
 *
 * @param fingerprint the material fingerprint
 * @param changedAt when a change by the host was first seen; empty if none was
 * @param readAt when the rows were read
 */
public record Sighting(String fingerprint, Optional<Instant> changedAt, Instant readAt) {

    /**
     * The sighting that follows from reading the rows again.
     *
     * <p>On first sight nobody can tell when the rows last changed. Rows that say themselves that an operation is under way
     * count as changed just now; settled rows do not.
     *
     * @param before the sighting before; empty on first sight
     */
    public static Sighting next(Optional<Sighting> before, ManagedVm managed, Instant readAt) {
        String fingerprint = managed.fingerprint().material();
        if (before.isEmpty()) {
            return new Sighting(fingerprint, managed.isTransitional() ? Optional.of(readAt) : Optional.empty(), readAt);
        }
        Sighting known = before.get();
        if (known.readAt.isAfter(readAt)) {
            return known;
        }
        return known.fingerprint.equals(fingerprint)
                ? new Sighting(fingerprint, known.changedAt, readAt)
                : new Sighting(fingerprint, Optional.of(readAt), readAt);
    }

    /** The sighting after a change of our own: no operation of the host's. */
    public static Sighting ours(ManagedVm after, Instant at) {
        return new Sighting(after.fingerprint().material(), Optional.empty(), at);
    }
}
