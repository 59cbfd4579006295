package com.berryfi.vmsync.quickstart;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The host's own hand in its database: it writes and reads its two tables as any backend would. */
final class DemoDatabase {

    private final DataSource source;

    DemoDatabase(DataSource source) {
        this.source = source;
    }

    DataSource source() {
        return source;
    }

    /** Runs a statement. */
    int update(String sql, @Nullable Object... values) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = prepared(connection, sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the demo's own statement failed: " + sql, e);
        }
    }

    /** The first column of every row, as text; null is the word null. */
    List<String> texts(String sql, Object... values) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = prepared(connection, sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(Objects.toString(rows.getString(1)));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException("the demo's own query failed: " + sql, e);
        }
    }

    String text(String sql, Object... values) {
        List<String> texts = texts(sql, values);
        return texts.isEmpty() ? "(no row)" : texts.get(0);
    }

    String vmStatus(String vm) {
        return text("SELECT status FROM vm_instances WHERE id = ?", vm);
    }

    String sessionStatus(String session) {
        return text("SELECT status FROM vm_sessions WHERE id = ?", session);
    }

    static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private static PreparedStatement prepared(Connection connection, String sql, @Nullable Object[] values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
