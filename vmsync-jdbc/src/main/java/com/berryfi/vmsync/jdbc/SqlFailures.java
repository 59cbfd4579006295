package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.port.PortException;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.UnavailableException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an SQL failure means. Told apart by SQLState, which all vendors share; where MySQL and MariaDB have none but the general one
 * (HY000) or that of a warning (01000), by their code.
 */
final class SqlFailures {

    private static final int LONGEST = 200;

    /** A type that cannot be converted, or does not match; so the drivers of PostgreSQL and MySQL say it. */
    private static final Set<String> OF_CELL = Set.of("42846", "42821");

    private static final int DUPLICATE_KEY_OF_MYSQL = 1062;

    /** A value that an ENUM does not list, no default, a wrong character, a check constraint. */
    private static final Set<Integer> OF_ROW_IN_MYSQL = Set.of(1265, 1364, 1366, 3819);

    /** A row changed since the transaction's snapshot, a lock that is not to be had in time, or not at once. */
    private static final Set<Integer> OF_LOCK_IN_MYSQL = Set.of(1020, 1205, 3572);

    private SqlFailures() {}

    /** Whether the database refuses the values of a row: data (22), constraint (23), check option (44), raised by a trigger. */
    static boolean isOfRow(SQLException failure) {
        String state = state(failure);
        return state.startsWith("22")
                || state.startsWith("23")
                || state.startsWith("44")
                || state.startsWith("45")
                || state.equals("P0001")
                || hasCode(failure, OF_ROW_IN_MYSQL);
    }

    /** Whether what stands in a cell is not of the type that it was to be read as; drivers differ in where they notice. */
    static boolean isOfCell(SQLException failure) {
        return isOfRow(failure) || failure instanceof SQLDataException || OF_CELL.contains(state(failure));
    }

    /** Whether two wrote the same key. */
    static boolean isDuplicate(SQLException failure) {
        String state = state(failure);
        return state.equals("23505")
                || (state.equals("23000") && telling(failure).getErrorCode() == DUPLICATE_KEY_OF_MYSQL);
    }

    /** Whether a transaction was to be set up after its first statement. */
    static boolean isOfBegin(SQLException failure) {
        return state(failure).equals("25001");
    }

    /** Whether another transaction has the row: a rollback by the database (40), a lock not to be had in time. */
    static boolean isOfLock(SQLException failure) {
        String state = state(failure);
        return state.startsWith("40")
                || state.equals("HYT00")
                || state.equals("55P03")
                || hasCode(failure, OF_LOCK_IN_MYSQL);
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
        // A statement that cannot be, a feature that is not there, a connection without a database or schema.
        return List.of("42", "0A", "3D", "3F").stream().anyMatch(state::startsWith)
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

    private static boolean hasCode(SQLException failure, Set<Integer> codes) {
        String state = state(failure);
        return (state.equals("HY000") || state.equals("01000"))
                && codes.contains(telling(failure).getErrorCode());
    }

    private static String state(SQLException failure) {
        return Optional.ofNullable(telling(failure).getSQLState()).orElse("");
    }

    /** The failure itself or, if it has no state, what it wraps: a batch's own state says little with some drivers. */
    private static SQLException telling(SQLException failure) {
        String state = failure.getSQLState();
        if (state != null && !state.isEmpty()) {
            return failure;
        }
        SQLException next = failure.getNextException();
        if (next == null && failure.getCause() instanceof SQLException cause) {
            next = cause;
        }
        return next == null || next == failure ? failure : telling(next);
    }
}
