package com.berryfi.vmsync.crash;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parent's way to the database: a connection that is made anew when it breaks, and work that is tried until it goes through: it must
 * do no harm to do it twice, for nobody knows whether a commit that broke off was one. For one thread.
 */
final class Bookkeeping implements AutoCloseable {

    private static final long AGAIN_MILLIS = 200;

    private final String url;
    private Optional<Connection> open = Optional.empty();
    private String lastTrouble = "";

    Bookkeeping(String url) {
        this.url = url;
    }

    /** What is done in a transaction. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Reads a row. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Does it, again and again until it is done. */
    <T> T insist(Work<T> work) throws InterruptedException {
        while (true) {
            Optional<T> result = attempt(work);
            if (result.isPresent()) {
                return result.get();
            }
            Thread.sleep(AGAIN_MILLIS);
        }
    }

    /** Does it once; empty if the database did not let it. */
    <T> Optional<T> attempt(Work<T> work) {
        try {
            Connection connection = connection();
            T result = work.on(connection);
            connection.commit();
            return Optional.of(result);
        } catch (SQLException e) {
            String trouble = String.valueOf(e.getMessage());
            if (!trouble.equals(lastTrouble)) {
                System.err.println(
                        "  the parent waits: " + trouble.lines().findFirst().orElse(""));
                lastTrouble = trouble;
            }
            close();
            return Optional.empty();
        }
    }

    private Connection connection() throws SQLException {
        if (open.isPresent()) {
            return open.get();
        }
        Connection connection = DriverManager.getConnection(url);
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        open = Optional.of(connection);
        return connection;
    }

    static <T> List<T> query(Connection connection, String sql, Reader<T> reader, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(reader.read(rows));
                }
                return all;
            }
        }
    }

    static int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, LocalDateTime.class))
                .map(time -> time.toInstant(ZoneOffset.UTC));
    }

    @Override
    public void close() {
        open.ifPresent(connection -> {
            try {
                connection.close();
            } catch (SQLException e) {
                System.err.println("the parent's connection is broken: " + e.getMessage());
            }
        });
        open = Optional.empty();
    }
}
