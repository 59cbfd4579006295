package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.Optional;

/** One thing a decision would do; a value, not yet done. */
public sealed interface Effect {

    /** {@return whether it ends, frees or bills something otherwise, and so needs the proof of a fresh direct read} */
    default boolean needsProof() {
        return !(this instanceof SetVmStatus || this instanceof Report);
    }

    /** {@return under which brake it stands; empty if under none} */
    default Optional<BrakeKind> brake() {
        return this instanceof EndSession
                ? Optional.of(BrakeKind.END)
                : this instanceof SuspendMetering
                        ? Optional.of(BrakeKind.SUSPEND)
                        : this instanceof Deallocate ? Optional.of(BrakeKind.DEALLOCATE) : Optional.empty();
    }

    /**
     * Write what the machine's row believes.
     *
     * @param status the status that is written; never UNKNOWN
     */
    record SetVmStatus(VmStatus status) implements Effect {
        @Override
        public String toString() {
            return "VM -> " + status;
        }
    }

    /**
     * Free the machine: clear its current session and write a status.
     *
     * @param status what is written: the free status that the host chose, or ERROR where the machine is lost or the host says ERROR
     */
    record ReleaseVm(VmStatus status) implements Effect {
        @Override
        public String toString() {
            return "VM released -> " + status;
        }
    }

    /**
     * End the session.
     *
     * @param endedAs the status it gets
     * @param at its end: the last instant it may be billed for
     * @param reason for the row and the user
     * @param cleanup whether the connection details are cleared too
     */
    record EndSession(SessionStatus endedAs, Instant at, String reason, boolean cleanup) implements Effect {
        @Override
        public String toString() {
            return "session -> " + endedAs + " as of " + at;
        }
    }

    /**
     * From an instant on, do not bill, until told otherwise.
     *
     * @param from the first instant that is not billed; may lie in the past
     * @param reason for the bill
     */
    record SuspendMetering(Instant from, String reason) implements Effect {
        @Override
        public String toString() {
            return "billing suspended as of " + from;
        }
    }

    /**
     * From an instant on, bill again.
     *
     * @param at the first instant that is billed again
     * @param reason for the bill
     */
    record ResumeMetering(Instant at, String reason) implements Effect {
        @Override
        public String toString() {
            return "billing resumed as of " + at;
        }
    }

    /**
     * Close the bill.
     *
     * @param at the end of the session: nothing is billed from then on
     * @param reason for the bill
     */
    record StopMetering(Instant at, String reason) implements Effect {
        @Override
        public String toString() {
            return "billing stopped as of " + at;
        }
    }

    /**
     * Give the machine back to the cloud, so that it costs nothing more.
     *
     * @param reason why, for people
     */
    record Deallocate(String reason) implements Effect {
        @Override
        public String toString() {
            return "VM deallocated";
        }
    }

    /**
     * Tell people.
     *
     * @param kind what was found
     * @param since since when it is so
     * @param text in words
     */
    record Report(FindingKind kind, Instant since, String text) implements Effect {
        @Override
        public String toString() {
            return "finding " + kind;
        }
    }
}
