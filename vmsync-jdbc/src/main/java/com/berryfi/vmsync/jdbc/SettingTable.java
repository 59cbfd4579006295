package com.berryfi.vmsync.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code vmsync_setting}: what the replica on each seat was built with. */
final class SettingTable {

    static final String COLUMNS = "seat, name, content";

    private SettingTable() {}

    /** What was written down of each seat; of one that is not in it, nothing was. */
    static Map<String, Map<String, String>> bySeat(Connection connection) throws SQLException {
        Map<String, Map<String, String>> settings = new TreeMap<>();
        Statements.query(
                connection,
                "SELECT " + COLUMNS + " FROM vmsync_setting",
                List.of(),
                row -> settings.computeIfAbsent(row.getString(1), seat -> new TreeMap<>())
                        .put(row.getString(2), row.getString(3)));
        return settings;
    }

    /** Writes down who sits on a seat now, in place of what was written of it. */
    static void put(Connection connection, String seat, Map<String, String> settings) throws SQLException {
        Statements.update(connection, "DELETE FROM vmsync_setting WHERE seat = ?", List.of(seat));
        if (settings.isEmpty()) {
            return;
        }
        List<String> values = new ArrayList<>();
        settings.forEach((name, content) -> values.addAll(List.of(seat, name, content)));
        Statements.update(
                connection,
                "INSERT INTO vmsync_setting (" + COLUMNS + ") VALUES "
                        + String.join(", ", Collections.nCopies(settings.size(), "(?, ?, ?)")),
                values);
    }

    /** In what two replicas differ, in words. A name that only one of them knows is of another release, and passed over. */
    static List<String> differences(Map<String, String> ours, Map<String, String> theirs) {
        return new TreeMap<>(ours)
                .entrySet().stream()
                        .filter(entry ->
                                !entry.getValue().equals(theirs.getOrDefault(entry.getKey(), entry.getValue())))
                        .map(entry -> entry.getKey() + " is '" + entry.getValue() + "' here and '"
                                + theirs.get(entry.getKey()) + "' there")
                        .toList();
    }
}
