package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.Optional;

/** One thing a decision would do; a value, not yet done. */
public sealed interface Effect {

    /** Whether it ends something or moves the bill, and so needs the proof of a fresh direct read. */
    default boolean needsProof() {
        return !(this instanceof SetVmStatus || this instanceof Report);
    }

    /** Under which brake it stands; empty if under none. */
    default Optional<BrakeKind> brake() {
        return this instanceof EndSession
                ? Optional.of(BrakeKind.END)
                : this instanceof SuspendMetering
                        ? Optional.of(BrakeKind.SUSPEND)
                        : this instanceof Deallocate ? Optional.of(BrakeKind.DEALLOCATE) : Optional.empty();
    }

    /** Write what the machine's row believes. */
    record SetVmStatus(VmStatus status) implements Effect {
        @Override
        public String toString() {
            return "VM -> " + status;
        }
    }

    /** Free the machine: its current session cleared, and the free status written where {@code status} says one. */
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

    /** From an instant on, do not bill, until told otherwise. */
    record SuspendMetering(Instant from, String reason) implements Effect {
        @Override
        public String toString() {
            return "billing suspended as of " + from;
        }
    }

    /** From an instant on, bill again. */
    record ResumeMetering(Instant at, String reason) implements Effect {
        @Override
        public String toString() {
            return "billing resumed as of " + at;
        }
    }

    /** Close the bill. */
    record StopMetering(Instant at, String reason) implements Effect {
        @Override
        public String toString() {
            return "billing stopped as of " + at;
        }
    }

    /** Give the machine back to the cloud, so that it costs nothing more. */
    record Deallocate(String reason) implements Effect {
        @Override
        public String toString() {
            return "VM deallocated";
        }
    }

    /**
     * Tell people.
     *
     * @param since since when it is so
     */
    record Report(FindingKind kind, Instant since, String text) implements Effect {
        @Override
        public String toString() {
            return "finding " + kind;
        }
    }
}
