package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.RejectedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The host's tables as this database has them: every mapped name found, in its own spelling, quoted. Immutable. */
final class HostSchema {

    private final Dialect dialect;
    private final HostTables tables;
    private final String vmTable;
    private final String sessionTable;
    private final Map<HostColumn, FoundColumn> columns;
    private final StatusValues<VmStatus> vmStatuses;
    private final StatusValues<SessionStatus> sessionStatuses;

    private HostSchema(
            Dialect dialect,
            HostTables tables,
            String vmTable,
            String sessionTable,
            Map<HostColumn, FoundColumn> columns,
            StatusValues<VmStatus> vmStatuses,
            StatusValues<SessionStatus> sessionStatuses) {
        this.dialect = dialect;
        this.tables = tables;
        this.vmTable = vmTable;
        this.sessionTable = sessionTable;
        this.columns = Map.copyOf(columns);
        this.vmStatuses = vmStatuses;
        this.sessionStatuses = sessionStatuses;
    }

    /**
     * Finds every mapped table and column.
     *
     * @throws RejectedException if one is not there, a time has a zone of its own, or the mapping does not fit the columns' types or
     *     itself; the message names all that are wrong
     */
    static HostSchema resolve(Connection connection, HostTables tables, Dialect dialect) throws SQLException {
        List<String> problems = new ArrayList<>();
        TableFinder finder = new TableFinder(connection, dialect, tables, problems);
        String vmTable = finder.table("vmTable", tables.vmTable());
        String sessionTable = finder.table("sessionTable", tables.sessionTable());
        Map<HostColumn, FoundColumn> columns = new HashMap<>(finder.columns(vmTable, VmColumn.values()));
        columns.putAll(finder.columns(sessionTable, SessionColumn.values()));
        problems.addAll(MappingChecks.problems(tables, columns, vmTable.equals(sessionTable)));
        StatusValues<VmStatus> vmStatuses = StatusValues.of(
                tables.words(VmColumn.STATUS), type(columns, VmColumn.STATUS), tables.vmValues(), problems);
        StatusValues<SessionStatus> sessionStatuses = StatusValues.of(
                tables.words(SessionColumn.STATUS),
                type(columns, SessionColumn.STATUS),
                tables.sessionValues(),
                problems);
        if (!problems.isEmpty()) {
            throw new RejectedException("the host's tables are not as HostTables maps them: "
                    + String.join("; ", problems)
                    + ". The host's DDL is its own; name its tables and columns with HostTables.withX, leave out what it"
                    + " does not have with HostTables.withoutColumn");
        }
        return new HostSchema(dialect, tables, vmTable, sessionTable, columns, vmStatuses, sessionStatuses);
    }

    Dialect dialect() {
        return dialect;
    }

    /** Of what is not there, text: that it is missing is said elsewhere, and once. */
    private static ColumnType type(Map<HostColumn, FoundColumn> columns, HostColumn column) {
        return Optional.ofNullable(columns.get(column))
                .map(FoundColumn::type)
                .filter(type -> type != ColumnType.UNFIT)
                .orElse(ColumnType.TEXT);
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
        return Optional.ofNullable(columns.get(column)).map(FoundColumn::quoted);
    }

    /** What a column holds; text if the host has none. */
    ColumnType type(HostColumn column) {
        return type(columns, column);
    }

    /** What is bound for a text in a column; empty if no row can hold it. */
    Optional<Object> bound(HostColumn column, String text) {
        return type(column).bound(text);
    }

    StatusValues<VmStatus> vmStatuses() {
        return vmStatuses;
    }

    StatusValues<SessionStatus> sessionStatuses() {
        return sessionStatuses;
    }

    /** Whether a session is in the row of its VM. */
    boolean isOneTable() {
        return vmTable.equals(sessionTable);
    }

    /** Whether a session is known by what the VM's row names as its current one, so that a release takes its key. */
    boolean isKeyReleased() {
        return isOneTable() && column(SessionColumn.ID).equals(column(VmColumn.CURRENT_SESSION));
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
                + wanted.stream().filter(columns::containsKey).map(this::exact).collect(Collectors.joining(", "));
    }

    private String exact(HostColumn column) {
        String name = column(column);
        return type(column) == ColumnType.TEXT
                // Where trailing blanks do not count in a comparison, lengths do.
                ? dialect.exact(name) + " AS " + column.label() + ", LENGTH(" + name + ")"
                : name + " AS " + column.label();
    }

    /** A VM's row in words. */
    String vmRow(String id) {
        return tables.vmTable() + " " + id;
    }

    /** A session's row in words. */
    String sessionRow(String id) {
        return tables.sessionTable() + " " + id;
    }
}
