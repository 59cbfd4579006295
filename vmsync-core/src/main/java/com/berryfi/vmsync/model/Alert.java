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
        /** The brake holds endings, suspensions or deallocations of a scope, for too many would come at once. */
        BRAKE(Level.CRITICAL, "the brake holds nothing in this scope"),
        /** A scope is frozen: nothing is changed there, findings are still told. INFO where an operator paused it. */
        FREEZE(Level.WARNING, "the scope is read whole, or the pause is over"),
        /** A cycle took longer than its interval. */
        OVERRUN(Level.WARNING, "a cycle of this kind ends within its interval"),
        /** No cycle of a kind has ended for three intervals. */
        MISSED_DEADLINE(Level.CRITICAL, "a cycle of this kind ends"),
        /** The cloud has refused a credential twice in a row. */
        FAILING_CREDENTIAL(Level.WARNING, "the scope can be read, or fails otherwise"),
        /** A scope could not be read three times in a row, for a cause other than its credential. */
        UNREADABLE_SCOPE(Level.WARNING, "the scope can be read, or its credential is refused"),
        /** For ten quick intervals the cloud said nothing definite of the machine of a session in use, which is billed on. */
        UNVERIFIED_SESSION(Level.CRITICAL, "the cloud says something definite of every session's machine"),
        /** A cycle was lost, in whole or in part, to our own database; CRITICAL after three in a row. */
        DATABASE(Level.WARNING, "a cycle comes to its end without trouble of the database"),
        /** The host's billing refused an instruction, or broke off over it too often: it is parked, and what follows it waits. */
        POISON(Level.WARNING, "an operator delivers it again, or takes it for delivered"),
        /** For ten quick intervals some billing instructions could not be delivered. */
        BILLING_BACKLOG(Level.WARNING, "nothing waits after a delivery"),
        /** Rows cannot be worked with, and are left alone: nothing is noticed of their machines. */
        BAD_ROWS(Level.WARNING, "a full sync can work with every row"),
        /** The finding {@link FindingKind#ORPHAN}. */
        ORPHAN(Level.WARNING, "the machine is given back, or a session needs it"),
        /** The finding {@link FindingKind#STOPPED_STILL_BILLED}. */
        STOPPED_STILL_BILLED(Level.WARNING, "the machine is deallocated, or a session needs it"),
        /** The finding {@link FindingKind#STUCK_OPERATION}. */
        STUCK_OPERATION(Level.WARNING, "the operation comes to its end"),
        /** The finding {@link FindingKind#STUCK_STOPPING}. */
        STUCK_STOPPING(Level.WARNING, "the machine stops"),
        /** The finding {@link FindingKind#MISSING}. */
        MISSING(Level.WARNING, "the cloud finds the VM, or its row is removed"),
        /** The finding {@link FindingKind#REPLACED}. */
        REPLACED(Level.CRITICAL, "the row names the machine that it means"),
        /** The finding {@link FindingKind#REMOVED_BUT_ALIVE}. */
        REMOVED_BUT_ALIVE(Level.WARNING, "the machine is deleted or deallocated"),
        /** The finding {@link FindingKind#ROWS_DISAGREE}. */
        ROWS_DISAGREE(Level.WARNING, "the host's rows agree"),
        /** The finding {@link FindingKind#OVERWRITTEN}. */
        OVERWRITTEN(Level.WARNING, "the host saves over it no more");

        private final Level level;
        private final String endsWhen;

        Kind(Level level, String endsWhen) {
            this.level = level;
            this.endsWhen = endsWhen;
        }

        /** {@return how much it matters, as a rule; an alert may have another level} */
        public Level level() {
            return level;
        }

        /** {@return what ends it, in words that follow upon "ends when"} */
        public String endsWhen() {
            return endsWhen;
        }

        /**
         * The kind that tells of a kind of finding.
         *
         * @param finding of which
         * @return the one of the same name
         */
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

    /**
     * By which it is known, for as long as it stands, in this process and in others: two with the same key are one.
     *
     * @return kind and subject, {@code kind/subject}
     */
    public String key() {
        return kind + "/" + subject;
    }

    /** {@return what ends it, in words that follow upon "ends when"} */
    public String endsWhen() {
        return kind.endsWhen();
    }

    /**
     * Whether it is news to those who were told another, of the same key: its level or its cause has changed. Its text alone is no news.
     *
     * @param told the one that they were told last
     * @return whether to tell them
     */
    public boolean isNewsAfter(Alert told) {
        return level != told.level || !cause.equals(told.cause);
    }
}
