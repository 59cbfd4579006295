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
        /** VM in maintenance. */
        MAINTENANCE,
        /** An error that the host has set on the VM of a live session. */
        HOST_ERROR,
        /** An operator's hold. */
        HOLD,
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
        TRANSITION_UNDER_WAY,
        /** A sign of life from the machine itself. */
        HEARTBEAT,
        /** An orphan is reported before it is deallocated. */
        QUARANTINE,
        /** Too many at once. */
        BRAKE,
        /** The scope has not been read whole, our own database failed, the clock jumped, or an operator paused. */
        FREEZE
    }

    /** What ends a wait. */
    public enum ReleasedBy {
        /** The instant {@code until}, by itself. */
        TIME,
        /** A direct read that is sent at {@code until} or later, by what it says. */
        DIRECT_READ,
        /** The cloud, by saying something else. */
        CLOUD,
        /** The host, by changing its rows. */
        HOST,
        /** An operator, by an order or by withdrawing one. */
        OPERATOR
    }

    /**
     * Whether a direct read, now, would bring the matter on.
     *
     * @param now the present
     * @return whether it waits for one, and its time has come
     */
    public boolean wantsDirectRead(Instant now) {
        return releasedBy == ReleasedBy.DIRECT_READ
                && until.map(instant -> !now.isBefore(instant)).orElse(true);
    }

    @Override
    public String toString() {
        return reason + until.map(instant -> " until " + instant).orElse("") + ", released by " + releasedBy;
    }
}
