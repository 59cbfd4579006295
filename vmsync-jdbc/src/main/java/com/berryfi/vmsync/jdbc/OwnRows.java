package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.port.RejectedException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows of one of vmsync's own tables, by key. One that cannot be read is never taken for one that is not there: to forget what was
 * said of a bill is to say it again.
 */
final class OwnRows<K, V> {

    private final Map<K, V> rows = new LinkedHashMap<>();
    private final Map<K, String> problems = new LinkedHashMap<>();

    /** Adds the row that an answer stands at. */
    interface Adder<K, V> {
        void add(OwnRows<K, V> found, ResultSet cells) throws SQLException;
    }

    /**
     * Reads rows by key.
     *
     * @param select all but the condition
     * @param key the column of the key
     * @param lock whether the rows stay locked until the end of the transaction; taken in the order of their keys
     */
    static <K, V> OwnRows<K, V> read(
            Connection connection, String select, String key, Collection<String> keys, boolean lock, Adder<K, V> adder)
            throws SQLException {
        OwnRows<K, V> found = new OwnRows<>();
        for (List<String> chunk :
                Statements.chunks(keys.stream().distinct().sorted().toList())) {
            String sql = select + " WHERE " + key + " IN (" + Statements.marks(chunk.size()) + ")"
                    + (lock ? " ORDER BY " + key + " FOR UPDATE" : "");
            Statements.query(connection, sql, chunk, cells -> {
                adder.add(found, cells);
                return key;
            });
        }
        return found;
    }

    /** Adds a row, read as a whole or known to be unreadable. */
    void add(K key, OwnRow row, OwnRow.Reader<V> reader) throws SQLException {
        try {
            rows.put(key, row.whole(reader));
        } catch (RejectedException e) {
            problems.put(key, String.valueOf(e.getMessage()));
        }
    }

    /** A row; empty if there is none, or none that can be read. */
    Optional<V> row(K key) {
        return Optional.ofNullable(rows.get(key));
    }

    /** Why a row cannot be read, naming it; empty if it can, or there is none. */
    Optional<String> problem(K key) {
        return Optional.ofNullable(problems.get(key));
    }

    /** All that can be read, in the order of their reading. */
    List<V> all() {
        return List.copyOf(rows.values());
    }

    /** Why others cannot be read, naming each. */
    List<String> problems() {
        return List.copyOf(problems.values());
    }
}
