package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.testkit.BerryFiSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;

/** An H2 in memory with the host's tables and vmsync's; each call of its own is on a connection of its own. */
final class TestDatabase {

    private final DataSource dataSource;

    private TestDatabase(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** With both sets of tables. */
    static TestDatabase create() {
        return filled(empty());
    }

    /** With both sets of tables, and connections that are used again, as a host's are. */
    static TestDatabase pooled() {
        return filled(new TestDatabase(JdbcConnectionPool.create(url() + ";QUERY_CACHE_SIZE=128", "", "")));
    }

    private static TestDatabase filled(TestDatabase database) {
        try {
            BerryFiSchema.create(database.dataSource());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        VmsyncSchema.create(database.dataSource());
        return database;
    }

    /** Without any table. */
    static TestDatabase empty() {
        return at(url());
    }

    private static String url() {
        return "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=200";
    }

    static TestDatabase at(String url) {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL(url);
        return new TestDatabase(h2);
    }

    DataSource dataSource() {
        return dataSource;
    }

    /** Runs a statement and commits it. */
    int run(String sql, @Nullable Object... values) {
        try (Connection connection = dataSource.getConnection()) {
            return run(connection, sql, values);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a statement on a connection. */
    static int run(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    /** The one cell that a query returns. */
    @Nullable String text(String sql, Object... values) {
        return cell(sql, String.class, values);
    }

    /** The one cell that a query returns. */
    @Nullable LocalDateTime time(String sql, Object... values) {
        return cell(sql, LocalDateTime.class, values);
    }

    private <T> @Nullable T cell(String sql, Class<T> type, Object... values) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getObject(1, type);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
