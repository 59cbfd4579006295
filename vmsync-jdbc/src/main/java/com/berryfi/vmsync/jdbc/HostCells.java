package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.RowProblem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;

/** One row of the host's, cell by cell; a cell that cannot be read is a {@link BadRow}. */
final class HostCells {

    private final ResultSet cells;
    private final HostSchema schema;
    private final String row;

    /** With the row's name in words. */
    HostCells(ResultSet cells, HostSchema schema, String row) {
        this.cells = cells;
        this.schema = schema;
        this.row = row;
    }

    /** A text; empty if it is null or blank, or the host has no such column. */
    Optional<String> text(HostColumn column) throws SQLException {
        return schema.optional(column).isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(cells.getString(column.label())).filter(text -> !text.isBlank());
    }

    String required(HostColumn column) throws SQLException, BadRow {
        return text(column).orElseThrow(() -> new BadRow(row, name(column) + ": is missing"));
    }

    /** A time without a zone, in the host's zone. */
    Optional<Instant> time(HostColumn column) throws SQLException, BadRow {
        if (schema.optional(column).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(cells.getObject(column.label(), LocalDateTime.class))
                    .map(time -> time.atZone(schema.tables().zone()).toInstant());
        } catch (SQLException e) {
            if (!SqlFailures.isOfCell(e)) {
                throw e;
            }
            throw new BadRow(row, name(column) + ": cannot be read as a date and time");
        }
    }

    /** A whole number; 0 if it is null, or the host has no such column. */
    long number(HostColumn column) throws SQLException {
        return schema.optional(column).isEmpty() ? 0 : cells.getLong(column.label());
    }

    <S extends Enum<S>> S status(HostColumn column, StatusValues<S> values) throws SQLException, BadRow {
        String value = required(column);
        return values.status(value)
                .orElseThrow(() -> new BadRow(problem(column, "'" + value + "' is no status that HostTables maps")
                        .toldOnceAs(schema.tables().table(column) + "." + name(column) + " '" + value + "'")));
    }

    /** A problem of this row that concerns a column. */
    RowProblem problem(HostColumn column, String what) {
        return new RowProblem(row, name(column) + ": " + what);
    }

    private String name(HostColumn column) {
        return schema.tables().column(column).orElse(column.defaultName());
    }
}
