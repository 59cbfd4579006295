package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.testkit.BerryFiSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;

/** A database of a test; each call of its own is on a connection of its own. Made by {@link Connecting}. */
final class TestDatabase implements AutoCloseable {

    private static final Pattern DDL = Pattern.compile("(?i)^(ALTER|CREATE|DROP|RENAME)\\b.*");

    private static final List<String> TABLES = List.of(
            "vm_instances",
            "vm_sessions",
            "vmsync_tracking",
            "vmsync_metering",
            "vmsync_identity",
            "vmsync_pass",
            "vmsync_outbox",
            "vmsync_delivery",
            "vmsync_brake",
            "vmsync_spending",
            "vmsync_order",
            "vmsync_lock",
            "vmsync_setting",
            "vmsync_audit",
            "vmsync_audit_chain");

    private final TestServer server;
    private final String url;
    private final DataSource dataSource;
    private final Consumer<TestDatabase> whenClosed;
    private boolean altered;

    /** @param whenClosed what becomes of it when its test is over, if its tables still have their shape */
    TestDatabase(TestServer server, String url, DataSource dataSource, Consumer<TestDatabase> whenClosed) {
        this.server = server;
        this.url = url;
        this.dataSource = dataSource;
        this.whenClosed = whenClosed;
    }

    /** An H2 at an address of its own, as it is. */
    static TestDatabase at(String url) {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL(url);
        return new TestDatabase(TestServer.H2, url, h2, closed -> {});
    }

    /** Makes both sets of tables. */
    TestDatabase fill() {
        try {
            BerryFiSchema.create(dataSource);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        VmsyncSchema.create(dataSource);
        return this;
    }

    /** Gives it back. */
    @Override
    public void close() {
        if (altered) {
            drop();
        } else {
            whenClosed.accept(this);
        }
    }

    /** Nothing is left of it. */
    void drop() {
        try {
            if (dataSource instanceof AutoCloseable pool) {
                pool.close();
            }
            server.drop(url);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Empties all tables, in one transaction. */
    void clear() {
        Transactions.of(dataSource).run("emptying the tables", connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String table : TABLES) {
                    statement.addBatch("DELETE FROM " + table);
                }
                statement.addBatch("UPDATE vmsync_schema SET version = " + VmsyncSchema.VERSION);
                return statement.executeBatch();
            }
        });
    }

    DataSource dataSource() {
        return dataSource;
    }

    TestServer server() {
        return server;
    }

    /** A name as this database quotes it. */
    String quoted(String name) {
        try (Connection connection = dataSource.getConnection()) {
            String quote = connection.getMetaData().getIdentifierQuoteString();
            return quote + name + quote;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gives a column another type; what is in it may be lost. */
    void retype(String table, String column, String type) {
        run("ALTER TABLE " + table + " " + server.retype(column, type));
    }

    /** Now, in UTC, by the database's clock. */
    LocalDateTime utcNow() {
        return Transactions.of(dataSource)
                .<LocalDateTime>run(
                        "asking for the time",
                        connection -> Statements.query(
                                        connection,
                                        "SELECT " + Dialect.of(connection).utcNow(),
                                        List.of(),
                                        row -> row.getObject(1, LocalDateTime.class))
                                .get(0));
    }

    /** Comes back once somebody waits for a lock. */
    void awaitWaiting() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while ("0".equals(text(server.waiting()))) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("nobody waits for a lock");
            }
            Thread.onSpinWait();
        }
    }

    /** Runs a statement and commits it. */
    int run(String sql, @Nullable Object... values) {
        altered |= DDL.matcher(sql).matches();
        try (Connection connection = dataSource.getConnection()) {
            int rows = run(connection, sql, values);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
            return rows;
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
        return cell(sql, row -> row.getString(1), values);
    }

    /** The one cell that a query returns. */
    @Nullable LocalDateTime time(String sql, Object... values) {
        return cell(sql, row -> row.getObject(1, LocalDateTime.class), values);
    }

    /** Reads the cell of a row. */
    private interface Cell<T> {
        @Nullable T read(ResultSet row) throws SQLException;
    }

    private <T> @Nullable T cell(String sql, Cell<T> cell, Object... values) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return cell.read(rows);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
