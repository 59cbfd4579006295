package com.berryfi.vmsync.jdbc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whether what is mapped fits together: types, columns that mean two things, one table for both. */
final class MappingChecks {

    private static final List<HostColumn> KEYS =
            List.of(VmColumn.ID, VmColumn.CURRENT_SESSION, SessionColumn.ID, SessionColumn.VM);

    /** Nothing is written to them, so that two meanings of one do no harm. */
    private static final Set<HostColumn> READ_ONLY = Set.of(
            VmColumn.ID,
            VmColumn.SUBSCRIPTION,
            VmColumn.TENANT,
            VmColumn.CLIENT,
            VmColumn.CLIENT_SECRET,
            VmColumn.RESOURCE_GROUP,
            VmColumn.NAME,
            VmColumn.RESOURCE_ID,
            VmColumn.LAST_STARTED,
            SessionColumn.ID,
            SessionColumn.VM,
            SessionColumn.START_TIME,
            SessionColumn.LAST_HEARTBEAT);

    /** In one table these may be one. */
    private static final Set<Set<HostColumn>> MAY_BE_ONE = Set.of(
            Set.of(VmColumn.CURRENT_SESSION, SessionColumn.ID),
            Set.of(VmColumn.UPDATED_AT, SessionColumn.UPDATED_AT),
            Set.of(VmColumn.VERSION, SessionColumn.VERSION));

    private MappingChecks() {}

    /** What is wrong, by name; empty if nothing is. */
    static List<String> problems(HostTables tables, Map<HostColumn, FoundColumn> columns, boolean oneTable) {
        List<String> problems = new ArrayList<>(types(tables, columns));
        problems.addAll(twice(tables, columns, oneTable));
        if (oneTable) {
            problems.addAll(inOneTable(tables, columns));
        } else {
            problems.addAll(unlike(tables, columns));
        }
        return problems;
    }

    private static List<String> types(HostTables tables, Map<HostColumn, FoundColumn> columns) {
        List<String> problems = new ArrayList<>();
        columns.forEach((column, found) -> {
            if (KEYS.contains(column) && !found.type().isKey()) {
                problems.add(tables.words(column) + " is a " + found.typeName()
                        + ": a key must be a text, a whole number or a UUID");
            }
            if ((column == VmColumn.STATUS || column == SessionColumn.STATUS) && found.type() == ColumnType.UNFIT) {
                problems.add(tables.words(column) + " is a " + found.typeName()
                        + ": a status must be a text, a whole number or a flag");
            }
            if ((column == VmColumn.VERSION || column == SessionColumn.VERSION) && found.type() != ColumnType.INTEGER) {
                problems.add(tables.words(column) + " is a " + found.typeName() + ": a version must be a whole number");
            }
        });
        return problems;
    }

    private static List<String> twice(HostTables tables, Map<HostColumn, FoundColumn> columns, boolean oneTable) {
        List<HostColumn> mapped = Stream.concat(Stream.of(VmColumn.values()), Stream.of(SessionColumn.values()))
                .map(HostColumn.class::cast)
                .filter(columns::containsKey)
                .toList();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < mapped.size(); i++) {
            for (HostColumn other : mapped.subList(i + 1, mapped.size())) {
                HostColumn one = mapped.get(i);
                boolean apart = !oneTable && one.getClass() != other.getClass();
                boolean same = !apart && found(columns, one).equals(found(columns, other));
                boolean allowed = (READ_ONLY.contains(one) && READ_ONLY.contains(other))
                        || MAY_BE_ONE.contains(new HashSet<>(List.of(one, other)));
                if (same && !allowed) {
                    problems.add(tables.words(one) + " is " + HostTables.describe(other)
                            + " too, and vmsync writes to it: each needs a column of its own");
                }
            }
        }
        return problems;
    }

    /** Keys that the database compares; how it would compare a number with a text, each decides for itself. */
    private static List<String> unlike(HostTables tables, Map<HostColumn, FoundColumn> columns) {
        return Stream.ofNullable(columns.get(VmColumn.ID))
                .flatMap(id -> Stream.ofNullable(columns.get(SessionColumn.VM))
                        .filter(vm -> id.type() != vm.type())
                        .map(vm -> tables.words(SessionColumn.VM) + " is a " + vm.typeName() + ", but "
                                + tables.words(VmColumn.ID) + " a " + id.typeName()
                                + ": vmsync compares them, so that both must be texts, whole numbers or UUIDs"))
                .toList();
    }

    private static List<String> inOneTable(HostTables tables, Map<HostColumn, FoundColumn> columns) {
        List<String> problems = new ArrayList<>();
        if (columns.containsKey(SessionColumn.VM)
                && columns.containsKey(VmColumn.ID)
                && !found(columns, SessionColumn.VM).equals(found(columns, VmColumn.ID))) {
            problems.add(
                    tables.words(SessionColumn.VM) + ": where one table holds both, a session is in its VM's row, so"
                            + " that this must be the column of VmColumn.ID");
        }
        if (columns.containsKey(SessionColumn.VERSION)
                && (!columns.containsKey(VmColumn.VERSION)
                        || !found(columns, SessionColumn.VERSION).equals(found(columns, VmColumn.VERSION)))) {
            problems.add(tables.words(SessionColumn.VERSION) + ": where one table holds both, a row has one version,"
                    + " VmColumn.VERSION");
        }
        return problems;
    }

    private static FoundColumn found(Map<HostColumn, FoundColumn> columns, HostColumn column) {
        return Optional.ofNullable(columns.get(column)).orElseThrow();
    }
}
