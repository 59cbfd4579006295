package com.berryfi.vmsync.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks in a database for the tables and columns that are mapped, and adds to the problems what is not as it should be. */
final class TableFinder {

    private static final Set<HostColumn> TIMES = Set.of(
            VmColumn.LAST_STARTED,
            VmColumn.LAST_STOPPED,
            VmColumn.LAST_SYNC_TIME,
            VmColumn.UPDATED_AT,
            SessionColumn.START_TIME,
            SessionColumn.END_TIME,
            SessionColumn.LAST_HEARTBEAT,
            SessionColumn.UPDATED_AT);

    private final Connection connection;
    private final Dialect dialect;
    private final HostTables tables;
    private final List<String> problems;

    TableFinder(Connection connection, Dialect dialect, HostTables tables, List<String> problems) {
        this.connection = connection;
        this.dialect = dialect;
        this.tables = tables;
        this.problems = problems;
    }

    /**
     * A table, quoted; empty if it is not there.
     *
     * @param property what names it in {@link HostTables}
     */
    String table(String property, String name) throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        String quote = database.getIdentifierQuoteString();
        String schema = connection.getSchema();
        List<String> found = new ArrayList<>();
        try (ResultSet rows = database.getTables(connection.getCatalog(), schema, "%", null)) {
            while (rows.next()) {
                // The name of a schema is a pattern here, and may fit others too.
                if (schema == null || schema.equals(rows.getString("TABLE_SCHEM"))) {
                    found.add(rows.getString("TABLE_NAME"));
                }
            }
        }
        return match("table " + name + " (HostTables." + property + ")", name, found)
                .map(actual -> quote + actual + quote)
                .orElse("");
    }

    /** Those of a table that are mapped and there. */
    Map<HostColumn, FoundColumn> columns(String quotedTable, HostColumn[] wanted) throws SQLException {
        if (quotedTable.isEmpty()) {
            return Map.of();
        }
        List<String> found = new ArrayList<>();
        Map<String, FoundColumn> shapes = new HashMap<>();
        String quote = connection.getMetaData().getIdentifierQuoteString();
        Set<String> zoned = new HashSet<>();
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT * FROM " + quotedTable + " WHERE 1 = 0");
                ResultSet none = statement.executeQuery()) {
            ResultSetMetaData shape = none.getMetaData();
            for (int i = 1; i <= shape.getColumnCount(); i++) {
                String spelt = shape.getColumnName(i);
                String typeName = shape.getColumnTypeName(i);
                found.add(spelt);
                shapes.put(
                        spelt,
                        new FoundColumn(
                                quote + spelt + quote,
                                ColumnType.of(shape.getColumnType(i), typeName, shape.getScale(i)),
                                typeName));
                if (dialect.isZoned(shape.getColumnType(i), typeName)) {
                    zoned.add(shape.getColumnName(i));
                }
            }
        }
        Map<HostColumn, FoundColumn> columns = new HashMap<>();
        for (HostColumn column : wanted) {
            Optional<String> name = tables.column(column);
            if (name.isPresent()) {
                String what = tables.words(column);
                Optional<String> actual = match(what, name.get(), found);
                actual.map(shapes::get).ifPresent(shape -> columns.put(column, shape));
                if (TIMES.contains(column) && actual.filter(zoned::contains).isPresent()) {
                    problems.add(what + " is a time with a zone of its own, and vmsync reads and writes only columns"
                            + " without one, in the zone of HostTables: make it a " + dialect.plainTime());
                }
            }
        }
        return columns;
    }

    private Optional<String> match(String what, String name, List<String> found) {
        if (found.contains(name)) {
            return Optional.of(name);
        }
        List<String> alike =
                found.stream().filter(name::equalsIgnoreCase).distinct().toList();
        if (alike.size() == 1) {
            return Optional.of(alike.get(0));
        }
        problems.add(what + (alike.isEmpty() ? " does not exist" : " could be any of " + alike));
        return Optional.empty();
    }
}
