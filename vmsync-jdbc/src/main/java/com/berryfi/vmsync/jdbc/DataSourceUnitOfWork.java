package com.berryfi.vmsync.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Runs work in a transaction of its own, on a connection of a pool with autocommit on or off, and gives the connection back as it
 * was. Thread-safe.
 */
final class DataSourceUnitOfWork implements UnitOfWork {

    private final DataSource database;

    DataSourceUnitOfWork(DataSource database) {
        this.database = database;
    }

    @Override
    public <T> T run(String doing, Work<T> work) throws SQLException {
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
