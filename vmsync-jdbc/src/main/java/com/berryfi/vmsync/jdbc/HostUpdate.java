package com.berryfi.vmsync.jdbc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An update of one row of the host's as it comes together; columns that the host does not have are left out. */
final class HostUpdate {

    private final HostSchema schema;
    private final String row;
    private final String table;
    private final HostColumn versioned;
    private final long version;
    private final Map<String, @Nullable Object> set = new LinkedHashMap<>();
    private final Map<String, Object> where = new LinkedHashMap<>();

    /**
     * Of a row.
     *
     * @param row its name in words
     * @param table quoted
     * @param versioned its column of the version
     * @param version what stands there
     */
    HostUpdate(HostSchema schema, String row, String table, HostColumn versioned, long version) {
        this.schema = schema;
        this.row = row;
        this.table = table;
        this.versioned = versioned;
        this.version = version;
    }

    void set(HostColumn column, @Nullable Object value) {
        schema.optional(column).ifPresent(name -> set.put(name, value));
    }

    /** The row is written only if this stands there. */
    void expect(HostColumn column, Object value) {
        where.put(schema.column(column) + " = ?", value);
    }

    /** The row is written only if this key stands there. */
    void expectKey(HostColumn column, String key) {
        expect(column, schema.bound(column, key).orElseThrow());
    }

    /** The update, with the version moved on; empty if it sets nothing. */
    Optional<RowWrite> write() {
        if (set.isEmpty()) {
            return Optional.empty();
        }
        schema.optional(versioned).ifPresent(name -> {
            set.put(name, version + 1);
            where.put("COALESCE(" + name + ", 0) = ?", version);
        });
        List<@Nullable Object> values = new ArrayList<>(set.values());
        values.addAll(where.values());
        String sql = "UPDATE " + table + " SET " + String.join(" = ?, ", set.keySet()) + " = ? WHERE "
                + String.join(" AND ", where.keySet());
        return Optional.of(new RowWrite(row, sql, values));
    }
}
