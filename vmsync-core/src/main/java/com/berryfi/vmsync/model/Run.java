package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Agreeing contrary observations of one VM, in a row. Contrary evidence begins another run; an unknown neither extends nor
 * ends one.
 *
 * @param subject what they agree on
 * @param first when the first of them was sent
 * @param last when the last of them was sent
 * @param count how many there were
 * @param firstDirect when the first proof among them was in hand: a direct read of a machine that has settled. The cloud may have said
 *     it at any instant until then, so what is sent a while after is that while apart from it, however slow the answer was
 * @param directs how many of them were such proofs
 */
public record Run(Subject subject, Instant first, Instant last, int count, Optional<Instant> firstDirect, int directs) {

    /** What a run is about: different enough to be another truth, alike enough to confirm one another. */
    public enum Subject {
        /** The machine runs. */
        RUNNING,
        /** The machine is on its way to running. */
        STARTING,
        /** The machine is stopping or being deallocated. */
        TURNING_OFF,
        /** The machine is stopped or deallocated, and nothing is being changed. */
        OFF,
        /** Off, and in the middle of being created, updated or deleted: it may be on its way up. */
        OFF_UNSETTLED,
        /** A direct read did not find the machine. */
        MISSING,
        /** Another machine answers under the VM's address. */
        REPLACED;

        /** {@return whether the machine is off, settled or not} */
        public boolean isOff() {
            return this == OFF || this == OFF_UNSETTLED;
        }

        /**
         * What an observation speaks of. Never {@link #REPLACED}, which only a comparison with earlier reads can tell.
         *
         * @param observation of one VM
         * @return empty if it says nothing
         */
        public static Optional<Subject> of(Observation observation) {
            if (observation instanceof Observation.Missing) {
                return Optional.of(MISSING);
            }
            if (!(observation instanceof Observation.Seen seen)) {
                return Optional.empty();
            }
            return switch (seen.power()) {
                case RUNNING -> Optional.of(RUNNING);
                case STARTING -> Optional.of(STARTING);
                case STOPPING, DEALLOCATING -> Optional.of(TURNING_OFF);
                case STOPPED, DEALLOCATED -> Optional.of(seen.provisioning().isSettled() ? OFF : OFF_UNSETTLED);
                case UNKNOWN -> Optional.empty();
            };
        }
    }

    /**
     * A run of one observation.
     *
     * @param subject what it says
     * @param evidence where it comes from
     * @param proof when it was in hand, if it counts as a proof; else empty
     * @return the run that it begins
     */
    public static Run of(Subject subject, Evidence evidence, Optional<Instant> proof) {
        return new Run(subject, evidence.sentAt(), evidence.sentAt(), 1, proof, proof.isPresent() ? 1 : 0);
    }

    /**
     * This run and one more observation that agrees; the same run if that was not sent later than the last, unless it is the first
     * proof.
     *
     * @param evidence where the observation comes from
     * @param proof when it was in hand, if it counts as a proof; else empty
     * @return the run that ends with it, or this one
     */
    public Run and(Evidence evidence, Optional<Instant> proof) {
        if (!evidence.sentAt().isAfter(last) && !(proof.isPresent() && directs == 0)) {
            return this;
        }
        return new Run(
                subject,
                first,
                evidence.sentAt(),
                count + 1,
                firstDirect.or(() -> proof),
                directs + (proof.isPresent() ? 1 : 0));
    }
}
