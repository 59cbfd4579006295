package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that people are told when it begins and when it is over.
 *
 * @param kind what
 * @param subject which of its kind: a scope, a VM, a loop, a bill; the same for as long as it stands
 * @param scope in which scope; empty if it belongs to none
 * @param level how much it matters
 * @param cause by what, in one word of a fixed list; another cause is news. Empty where there is only one
 * @param since since when
 * @param text in words; may change while it stands
 */
public record Alert(
        Kind kind, String subject, Optional<Scope> scope, Level level, String cause, Instant since, String text) {

    /** How much it matters. */
    public enum Level {
        /** To be known. */
        INFO,
        /** To be looked at in working hours. */
        WARNING,
        /** To be looked at now. */
        CRITICAL
    }

    /** What people are told of. */
    public enum Kind {
        BRAKE(Level.CRITICAL, "the brake holds nothing in this scope"),
        FREEZE(Level.WARNING, "the scope is read whole, or the pause is over"),
        OVERRUN(Level.WARNING, "a cycle of this kind ends within its interval"),
        MISSED_DEADLINE(Level.CRITICAL, "a cycle of this kind ends"),
        FAILING_CREDENTIAL(Level.WARNING, "the scope can be read, or fails otherwise"),
        UNREADABLE_SCOPE(Level.WARNING, "the scope can be read, or its credential is refused"),
        UNVERIFIED_SESSION(Level.CRITICAL, "the cloud says something definite of every session's machine"),
        DATABASE(Level.WARNING, "a cycle comes to its end without trouble of the database"),
        POISON(Level.WARNING, "an operator delivers it again, or takes it for delivered"),
        BILLING_BACKLOG(Level.WARNING, "nothing waits after a delivery"),
        BAD_ROWS(Level.WARNING, "a full sync can work with every row"),
        ORPHAN(Level.WARNING, "the machine is given back, or a session needs it"),
        STOPPED_STILL_BILLED(Level.WARNING, "the machine is deallocated, or a session needs it"),
        STUCK_OPERATION(Level.WARNING, "the operation comes to its end"),
        STUCK_STOPPING(Level.WARNING, "the machine stops"),
        MISSING(Level.WARNING, "the cloud finds the VM, or its row is removed"),
        REPLACED(Level.CRITICAL, "the row names the machine that it means"),
        REMOVED_BUT_ALIVE(Level.WARNING, "the machine is deleted or deallocated"),
        ROWS_DISAGREE(Level.WARNING, "the host's rows agree"),
        OVERWRITTEN(Level.WARNING, "the host saves over it no more");

        private final Level level;
        private final String endsWhen;

        Kind(Level level, String endsWhen) {
            this.level = level;
            this.endsWhen = endsWhen;
        }

        /** How much it matters, as a rule. */
        public Level level() {
            return level;
        }

        /** What ends it, in words. */
        public String endsWhen() {
            return endsWhen;
        }

        /** The kind that tells of a kind of finding. */
        public static Kind of(FindingKind finding) {
            return switch (finding) {
                case ORPHAN -> ORPHAN;
                case STOPPED_STILL_BILLED -> STOPPED_STILL_BILLED;
                case STUCK_OPERATION -> STUCK_OPERATION;
                case STUCK_STOPPING -> STUCK_STOPPING;
                case MISSING -> MISSING;
                case REPLACED -> REPLACED;
                case REMOVED_BUT_ALIVE -> REMOVED_BUT_ALIVE;
                case ROWS_DISAGREE -> ROWS_DISAGREE;
                case OVERWRITTEN -> OVERWRITTEN;
            };
        }
    }

    /** By which it is known, for as long as it stands, in this process and in others: two with the same key are one. */
    public String key() {
        return kind + "/" + subject;
    }

    /** What ends it, in words. */
    public String endsWhen() {
        return kind.endsWhen();
    }

    /** Whether it is news to those who were told the other, of the same key. */
    public boolean isNewsAfter(Alert told) {
        return level != told.level || !cause.equals(told.cause);
    }
}
