package com.berryfi.vmsync.jdbc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that writes exactly one row, or has come too late.
 *
 * @param row the row in words
 * @param sql its text; writes of the same text go to the database together
 * @param values what is bound, in order
 * @param raced whether a key that is there already means that somebody else was faster, and not that the row is refused
 */
record RowWrite(String row, String sql, List<@Nullable Object> values, boolean raced) {

    RowWrite {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    RowWrite(String row, String sql, List<@Nullable Object> values) {
        this(row, sql, values, false);
    }

    /** The same insert, of a row that was seen not to be there: if it is by now, it came in between. */
    RowWrite unlessThere() {
        return new RowWrite(row, sql, values, true);
    }

    /** Inserts a row, the values in the order of the columns. */
    static RowWrite insert(String row, String table, String columns, List<@Nullable Object> values) {
        return new RowWrite(row, insert(table, columns), values);
    }

    /** The text that inserts a row; for tables that take many, to be made once. */
    static String insert(String table, String columns) {
        int count = columns.length() - columns.replace(",", "").length() + 1;
        return "INSERT INTO " + table + " (" + columns + ") VALUES (" + Statements.marks(count) + ")";
    }
}
