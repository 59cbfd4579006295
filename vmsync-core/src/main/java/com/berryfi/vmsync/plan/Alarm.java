package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.UnknownCause;
import java.util.Optional;

/**
 * What was told of a scope that cannot be read: once when it begins, and again when it becomes another matter.
 *
 * @param raisedBy the kind of sync that met it
 * @param cause what was told
 */
public record Alarm(SyncKind raisedBy, UnknownCause cause) {

    /**
     * Whether people are to be told.
     *
     * @param standing what they were told before; empty if all was well
     */
    public static boolean isNews(Optional<Alarm> standing, UnknownCause cause) {
        return standing.filter(alarm -> isSameMatter(alarm.cause, cause)).isEmpty();
    }

    /** A passing trouble shows itself in many ways, and is one all the same. */
    static boolean isSameMatter(UnknownCause one, UnknownCause other) {
        return one == other || (isPassing(one) && isPassing(other));
    }

    static boolean isPassing(UnknownCause cause) {
        return cause.isTransient() || cause == UnknownCause.NOT_REACHED || cause == UnknownCause.LEFT_ALONE;
    }

    /** Whether it is over once a sync of a kind has read the scope: a quick one may have asked in another way than the full one. */
    public boolean endsWith(SyncKind kind) {
        return kind == raisedBy || kind == SyncKind.FULL;
    }
}
