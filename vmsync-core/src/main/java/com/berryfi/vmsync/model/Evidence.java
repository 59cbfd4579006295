package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.Optional;

/**
 * An observation and where it comes from.
 *
 * @param observation what was seen
 * @param kind how the cloud was asked
 * @param sentAt not later than the instant the request was sent; what was true before is all it can speak of
 * @param requestId the cloud's own id of the request, for its support; empty if it gave none
 */
public record Evidence(Observation observation, ReadKind kind, Instant sentAt, Optional<String> requestId) {

    /** {@return the power that was seen; {@link PowerState#UNKNOWN} if none was} */
    public PowerState power() {
        return observation instanceof Observation.Seen seen ? seen.power() : PowerState.UNKNOWN;
    }

    /** {@return whether the VM was read by itself, as a destructive effect needs it} */
    public boolean isDirect() {
        return kind == ReadKind.DIRECT;
    }

    /**
     * Whether it says something else than that the machine runs, and was asked for before a proof that it ran: of two answers that
     * contradict one another the one that was asked for later counts, whichever comes first.
     *
     * @param ranAt the last proof that the machine ran; empty if there is none
     * @param now the present; a proof from the future is by another clock, and overtakes nothing
     * @return whether to pass it over; never of an answer that says nothing
     */
    public boolean isOvertaken(Optional<Instant> ranAt, Instant now) {
        return Run.Subject.of(observation)
                        .filter(subject -> subject != Run.Subject.RUNNING)
                        .isPresent()
                && ranAt.filter(at -> sentAt.isBefore(at) && !at.isAfter(now)).isPresent();
    }
}
