package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.Optional;

/**
 * How a VM's rows looked when this process last read or wrote them, so that a change by the host is known; and what it last knew of
 * the machine.
 *
 * @param fingerprint the material fingerprint
 * @param changedAt when a change by the host was first seen; empty if none was
 * @param readAt when the rows were read
 * @param provenRunningAt the last proof that the machine ran, for whichever session; empty if this process has none
 */
public record Sighting(
        String fingerprint, Optional<Instant> changedAt, Instant readAt, Optional<Instant> provenRunningAt) {

    /**
     * The sighting that follows from reading the rows again.
     *
     * <p>On first sight nobody can tell when the rows last changed. Rows that say themselves that an operation is under way
     * count as changed just now; settled rows do not.
     *
     * @param before the sighting before; empty on first sight
     * @param managed the rows as they were read now
     * @param readAt when they were read
     * @return the sighting of now; the one before if that was read later
     */
    public static Sighting next(Optional<Sighting> before, ManagedVm managed, Instant readAt) {
        String fingerprint = managed.materialFingerprint();
        if (before.isEmpty()) {
            return new Sighting(
                    fingerprint,
                    managed.isTransitional() ? Optional.of(readAt) : Optional.empty(),
                    readAt,
                    Optional.empty());
        }
        Sighting known = before.get();
        if (known.readAt.isAfter(readAt)) {
            return known;
        }
        return new Sighting(
                fingerprint,
                known.fingerprint.equals(fingerprint) ? known.changedAt : Optional.of(readAt),
                readAt,
                known.provenRunningAt);
    }

    /**
     * The sighting after a change of our own: no operation of the host's.
     *
     * @param after the rows as we wrote them
     * @param at when we wrote them
     * @return the sighting of these rows, unchanged by the host
     */
    public Sighting afterOurs(ManagedVm after, Instant at) {
        return new Sighting(after.materialFingerprint(), Optional.empty(), at, provenRunningAt);
    }

    /**
     * The same rows, with an operation of ours under way.
     *
     * @param at when it was asked for
     * @return a sighting that opens a fence at that instant
     */
    public Sighting commanded(Instant at) {
        return new Sighting(fingerprint, Optional.of(at), readAt, provenRunningAt);
    }

    /**
     * The same rows, with a later proof that the machine ran; an earlier one changes nothing.
     *
     * @param at the proof
     * @return the sighting with the later of the two proofs
     */
    public Sighting provenRunning(Instant at) {
        return provenRunningAt.filter(known -> !known.isBefore(at)).isPresent()
                ? this
                : new Sighting(fingerprint, changedAt, readAt, Optional.of(at));
    }
}
