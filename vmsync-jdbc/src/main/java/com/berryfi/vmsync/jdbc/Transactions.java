package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.UnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Runs work in a transaction of its own, on a connection of a pool with autocommit on or off, and gives the connection back as it
 * was. Thread-safe.
 */
final class Transactions {

    private final DataSource database;
    private final Dialect dialect;

    private Transactions(DataSource database, Dialect dialect) {
        this.database = database;
        this.dialect = dialect;
    }

    /**
     * Over a database, which is asked once what it is.
     *
     * @throws RejectedException if vmsync does not know it
     * @throws UnavailableException if it cannot be reached
     */
    static Transactions of(DataSource database) {
        try (Connection connection = database.getConnection()) {
            return new Transactions(database, Dialect.of(connection));
        } catch (SQLException e) {
            throw SqlFailures.translate("asking the database what it is", e);
        }
    }

    Dialect dialect() {
        return dialect;
    }

    /** What is done in one transaction. */
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /**
     * Commits if the work returns, rolls back if it throws. For work that reads, or writes by key what it has not read.
     *
     * @param doing what is being done, for the message of a failure
     */
    <T> T run(String doing, Work<T> work) {
        try {
            return inTransaction(work);
        } catch (SQLException e) {
            throw SqlFailures.translate(doing, e);
        }
    }

    /** As {@link #run}, for work that compares and writes, and handles failures of its own. */
    <T> T attempt(Work<T> work) throws SQLException {
        return inTransaction(connection -> {
            dialect.begin(connection);
            return work.run(connection);
        });
    }

    private <T> T inTransaction(Work<T> work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            if (autoCommit) {
                connection.setAutoCommit(false);
            }
            T result;
            try {
                result = work.run(connection);
                connection.commit();
            } catch (SQLException | RuntimeException | Error e) {
                undo(connection, autoCommit, e);
                throw e;
            }
            restore(connection, autoCommit);
            return result;
        }
    }

    /** Autocommit comes back only after a rollback that went well: switching it on would commit what is left. */
    private static void undo(Connection connection, boolean autoCommit, Throwable failure) {
        try {
            connection.rollback();
            restore(connection, autoCommit);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private static void restore(Connection connection, boolean autoCommit) throws SQLException {
        if (autoCommit) {
            connection.setAutoCommit(true);
        }
    }
}
