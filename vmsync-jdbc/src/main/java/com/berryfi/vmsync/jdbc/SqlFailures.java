package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.port.PortException;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.UnavailableException;
import java.sql.SQLException;
import java.util.Optional;

/** What an SQL failure means. Told apart by SQLState, which all vendors share. */
final class SqlFailures {

    private static final int LONGEST = 200;
    private static final int DUPLICATE_KEY_OF_MYSQL = 1062;
    private static final int LOCK_WAIT_TIMEOUT_OF_MYSQL = 1205;

    private SqlFailures() {}

    /** Whether the database refuses the values of a row: data (22), constraint (23), check option (44), raised by a trigger. */
    static boolean isOfRow(SQLException failure) {
        String state = state(failure);
        return state.startsWith("22")
                || state.startsWith("23")
                || state.startsWith("44")
                || state.startsWith("45")
                || state.equals("P0001");
    }

    /** Whether two wrote the same key. */
    static boolean isDuplicate(SQLException failure) {
        String state = state(failure);
        return state.equals("23505") || (state.equals("23000") && failure.getErrorCode() == DUPLICATE_KEY_OF_MYSQL);
    }

    /** Whether another transaction has the row: a rollback by the database (40), a lock not to be had in time. */
    static boolean isOfLock(SQLException failure) {
        String state = state(failure);
        return state.startsWith("40")
                || state.equals("HYT00")
                || state.equals("55P03")
                || (state.equals("HY000") && failure.getErrorCode() == LOCK_WAIT_TIMEOUT_OF_MYSQL);
    }

    /**
     * The port's failure.
     *
     * @param doing what was being done, with the name of the table or row
     */
    static PortException translate(String doing, SQLException failure) {
        String message = doing + ": " + describe(failure);
        if (isOfRow(failure)) {
            // No cause: some databases print the whole row with its secret below the first line.
            return new RejectedException(message);
        }
        String state = state(failure);
        return state.startsWith("42") || state.startsWith("0A")
                ? new RejectedException(message, failure)
                : new UnavailableException(message, failure);
    }

    /** The failure of the database that a framework has wrapped; empty if there is none. */
    static Optional<SQLException> causeOf(Throwable thrown) {
        Throwable cause = thrown.getCause();
        if (cause instanceof SQLException failure) {
            return Optional.of(failure);
        }
        return cause == null || cause == thrown ? Optional.empty() : causeOf(cause);
    }

    /** The first line of what the database says, without the statement, and its SQLState. */
    static String describe(SQLException failure) {
        String line = Optional.ofNullable(failure.getMessage())
                .flatMap(text -> text.lines().findFirst())
                .orElse("no message");
        int statement = line.indexOf("; SQL statement");
        String text = statement < 0 ? line : line.substring(0, statement);
        String brief = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return brief + " [SQLState " + state(failure) + "]";
    }

    /** The state of the failure or, if it has none, of what it wraps: a batch's own state says little with some drivers. */
    private static String state(SQLException failure) {
        String state = failure.getSQLState();
        if (state != null && !state.isEmpty()) {
            return state;
        }
        SQLException next = failure.getNextException();
        if (next == null && failure.getCause() instanceof SQLException cause) {
            next = cause;
        }
        return next == null || next == failure ? "" : state(next);
    }
}
