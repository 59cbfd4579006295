package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.port.RejectedException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A row of one of vmsync's own tables. What cannot be read is refused with the name of row and column: vmsync wrote it, so somebody
 * else has changed it since.
 */
final class OwnRow {

    private final ResultSet cells;
    private final String name;

    /** With the row's name in words, such as {@code vmsync_tracking vm-7}. */
    OwnRow(ResultSet cells, String name) {
        this.cells = cells;
        this.name = name;
    }

    /** Reads a row as a whole. */
    interface Reader<T> {
        T read(OwnRow row) throws SQLException;
    }

    /**
     * Reads this row as a whole.
     *
     * @throws RejectedException if anything of it cannot be read; the message names the row
     */
    <T> T whole(Reader<T> reader) throws SQLException {
        try {
            return reader.read(this);
        } catch (IllegalArgumentException e) {
            throw new RejectedException(name + ": cannot be read: " + e.getMessage(), e);
        } catch (SQLException e) {
            if (!SqlFailures.isOfCell(e)) {
                throw e;
            }
            throw new RejectedException(name + ": cannot be read: " + SqlFailures.describe(e), e);
        }
    }

    String text(String column) throws SQLException {
        return required(column, optionalText(column));
    }

    Optional<String> optionalText(String column) throws SQLException {
        return Optional.ofNullable(cells.getString(column));
    }

    long number(String column) throws SQLException {
        long value = cells.getLong(column);
        return required(column, cells.wasNull() ? Optional.empty() : Optional.of(value));
    }

    boolean flag(String column) throws SQLException {
        boolean value = cells.getBoolean(column);
        return required(column, cells.wasNull() ? Optional.empty() : Optional.of(value));
    }

    Instant instant(String column) throws SQLException {
        return required(column, optionalInstant(column));
    }

    Optional<Instant> optionalInstant(String column) throws SQLException {
        return Optional.ofNullable(cells.getObject(column, LocalDateTime.class))
                .map(time -> time.toInstant(ZoneOffset.UTC));
    }

    <E extends Enum<E>> E constant(Class<E> type, String column) throws SQLException {
        return required(column, optionalConstant(type, column));
    }

    <E extends Enum<E>> Optional<E> optionalConstant(Class<E> type, String column) throws SQLException {
        return optionalText(column).map(value -> parse(column, value, text -> Enum.valueOf(type, text)));
    }

    <T> List<T> lines(String column, Function<String, T> line) throws SQLException {
        return text(column).lines().map(value -> parse(column, value, line)).toList();
    }

    private <T> T parse(String column, String value, Function<String, T> parser) {
        try {
            return parser.apply(value);
        } catch (RuntimeException e) {
            throw new RejectedException(name + ": " + column + ": '" + value + "' cannot be read", e);
        }
    }

    private <T> T required(String column, Optional<T> value) {
        return value.orElseThrow(() -> new RejectedException(name + ": " + column + ": is missing"));
    }
}
