package com.berryfi.vmsync.jdbc;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a {@code WHERE}, with its values.
 *
 * @param sql its text; quoted names and question marks only
 * @param values what is bound, in order
 */
record Condition(String sql, List<Object> values) {

    Condition {
        values = List.copyOf(values);
    }

    static Condition of(String sql, Object... values) {
        return new Condition(sql, List.of(values));
    }

    Condition and(Condition other) {
        List<Object> all = new ArrayList<>(values);
        all.addAll(other.values);
        return new Condition(sql + " AND " + other.sql, all);
    }

    /** This and the rest of a query that follows the {@code WHERE}. */
    Condition then(String rest, Object... more) {
        List<Object> all = new ArrayList<>(values);
        all.addAll(List.of(more));
        return new Condition(sql + " " + rest, all);
    }
}
