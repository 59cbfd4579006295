package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.Optional;

/**
 * The one shape of every wait.
 *
 * @param reason what is waited for
 * @param until not before then; empty if time alone releases nothing
 * @param releasedBy what ends the wait
 */
public record Held(Reason reason, Optional<Instant> until, ReleasedBy releasedBy) {

    /** Why something is not done yet. */
    public enum Reason {
        /** VM in maintenance, or under an operator's hold. */
        MAINTENANCE,
        /** The host has an operation under way. */
        FENCE,
        /** The cloud is still creating, updating or deleting the VM. */
        PROVISIONING,
        /** A session that begins may take its time. */
        START_GRACE,
        /** What was seen is not proven yet. */
        CONFIRMATION,
        /** A VM that is not found. */
        MISSING,
        /** The cloud is on its way from one state to another. */
        TRANSITION_UNDER_WAY
    }

    /** What ends a wait. */
    public enum ReleasedBy {
        TIME,
        DIRECT_READ,
        /** The cloud, by saying something else. */
        CLOUD,
        HOST,
        OPERATOR
    }

    /** Whether a direct read, now, would bring the matter on. */
    public boolean wantsDirectRead(Instant now) {
        return releasedBy == ReleasedBy.DIRECT_READ
                && until.map(instant -> !now.isBefore(instant)).orElse(true);
    }

    @Override
    public String toString() {
        return reason + until.map(instant -> " until " + instant).orElse("") + ", released by " + releasedBy;
    }
}
