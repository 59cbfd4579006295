package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.port.RejectedException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The host's tables as this database has them: every mapped name found, in its own spelling, quoted. Immutable. */
final class HostSchema {

    private static final Set<HostColumn> TIMES = Set.of(
            VmColumn.LAST_STARTED,
            VmColumn.LAST_STOPPED,
            VmColumn.LAST_SYNC_TIME,
            VmColumn.UPDATED_AT,
            SessionColumn.START_TIME,
            SessionColumn.END_TIME,
            SessionColumn.LAST_HEARTBEAT,
            SessionColumn.UPDATED_AT);

    private final Dialect dialect;
    private final HostTables tables;
    private final String vmTable;
    private final String sessionTable;
    private final Map<HostColumn, String> columns;

    private HostSchema(
            Dialect dialect, HostTables tables, String vmTable, String sessionTable, Map<HostColumn, String> columns) {
        this.dialect = dialect;
        this.tables = tables;
        this.vmTable = vmTable;
        this.sessionTable = sessionTable;
        this.columns = Map.copyOf(columns);
    }

    /**
     * Finds every mapped table and column.
     *
     * @throws RejectedException if one is not there, or a time has a zone of its own; the message names all that are wrong
     */
    static HostSchema resolve(Connection connection, HostTables tables, Dialect dialect) throws SQLException {
        List<String> problems = new ArrayList<>();
        Map<HostColumn, String> columns = new HashMap<>();
        String vmTable = table(connection, "vmTable", tables.vmTable(), problems);
        if (!vmTable.isEmpty()) {
            columns.putAll(columns(connection, dialect, tables, vmTable, VmColumn.values(), problems));
        }
        String sessionTable = table(connection, "sessionTable", tables.sessionTable(), problems);
        if (!sessionTable.isEmpty()) {
            columns.putAll(columns(connection, dialect, tables, sessionTable, SessionColumn.values(), problems));
        }
        if (!problems.isEmpty()) {
            throw new RejectedException("the host's tables are not as HostTables maps them: "
                    + String.join("; ", problems)
                    + ". The host's DDL is its own; name its tables and columns with HostTables.withX, leave out what it"
                    + " does not have with HostTables.withoutColumn");
        }
        return new HostSchema(dialect, tables, vmTable, sessionTable, columns);
    }

    Dialect dialect() {
        return dialect;
    }

    HostTables tables() {
        return tables;
    }

    /** The table of VMs, quoted. */
    String vmTable() {
        return vmTable;
    }

    /** The table of sessions, quoted. */
    String sessionTable() {
        return sessionTable;
    }

    /** A column that is required, quoted. */
    String column(HostColumn column) {
        return optional(column)
                .orElseThrow(
                        () -> new RejectedException(HostTables.describe(column) + ": the host has no such column"));
    }

    /** A column, quoted; empty if the host has none. */
    Optional<String> optional(HostColumn column) {
        return Optional.ofNullable(columns.get(column));
    }

    /** The part of a query that names columns, those that the host has, under their labels. */
    String list(Collection<? extends HostColumn> wanted) {
        return wanted.stream()
                .filter(columns::containsKey)
                .map(column -> column(column) + " AS " + column.label())
                .collect(Collectors.joining(", "));
    }

    /** As {@link #list}, each combination of texts once, letter by letter. */
    String distinct(Collection<? extends HostColumn> wanted) {
        return "DISTINCT "
                + wanted.stream()
                        .filter(columns::containsKey)
                        // Where trailing blanks do not count in a comparison, lengths do.
                        .map(column -> dialect.exact(column(column)) + " AS " + column.label() + ", LENGTH("
                                + column(column) + ")")
                        .collect(Collectors.joining(", "));
    }

    /** A VM's row in words. */
    String vmRow(String id) {
        return tables.vmTable() + " " + id;
    }

    /** A session's row in words. */
    String sessionRow(String id) {
        return tables.sessionTable() + " " + id;
    }

    private static String table(Connection connection, String property, String name, List<String> problems)
            throws SQLException {
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
        return match("table " + name + " (HostTables." + property + ")", name, found, problems)
                .map(actual -> quote + actual + quote)
                .orElse("");
    }

    private static Map<HostColumn, String> columns(
            Connection connection,
            Dialect dialect,
            HostTables tables,
            String quotedTable,
            HostColumn[] wanted,
            List<String> problems)
            throws SQLException {
        List<String> found = new ArrayList<>();
        Set<String> zoned = new HashSet<>();
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT * FROM " + quotedTable + " WHERE 1 = 0");
                ResultSet none = statement.executeQuery()) {
            ResultSetMetaData shape = none.getMetaData();
            for (int i = 1; i <= shape.getColumnCount(); i++) {
                found.add(shape.getColumnName(i));
                if (dialect.isZoned(shape.getColumnType(i), shape.getColumnTypeName(i))) {
                    zoned.add(shape.getColumnName(i));
                }
            }
        }
        String quote = connection.getMetaData().getIdentifierQuoteString();
        Map<HostColumn, String> columns = new HashMap<>();
        for (HostColumn column : wanted) {
            Optional<String> name = tables.column(column);
            if (name.isPresent()) {
                String what = "column " + (column instanceof VmColumn ? tables.vmTable() : tables.sessionTable()) + "."
                        + name.get() + " (" + HostTables.describe(column) + ")";
                Optional<String> actual = match(what, name.get(), found, problems);
                actual.ifPresent(spelt -> columns.put(column, quote + spelt + quote));
                if (TIMES.contains(column) && actual.filter(zoned::contains).isPresent()) {
                    problems.add(what + " is a time with a zone of its own, and vmsync reads and writes only columns"
                            + " without one, in the zone of HostTables: make it a " + dialect.plainTime());
                }
            }
        }
        return columns;
    }

    private static Optional<String> match(String what, String name, List<String> found, List<String> problems) {
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
