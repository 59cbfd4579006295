package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.port.RejectedException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Rows of one of vmsync's own tables, by key. One that cannot be read is never taken for one that is not there: to forget what was
 * said of a bill is to say it again.
 */
final class OwnRows<K, V> {

    private final Map<K, V> rows = new HashMap<>();
    private final Map<K, String> problems = new HashMap<>();

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
}
