package com.berryfi.vmsync.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A table of a report, whatever it is written as. Cells are made when they are written, so that a long table is not held twice.
 *
 * @param id by which it is found in the page
 * @param head its heading
 * @param caption what it shows, with how many
 * @param columns its columns; the first names the row
 * @param rows its rows
 * @param share how long a bar a row is drawn with, in per cent; empty if with none
 */
record Table<T>(
        String id,
        String head,
        String caption,
        List<Column<T>> columns,
        List<T> rows,
        Optional<ToDoubleFunction<T>> share) {

    /**
     * A column.
     *
     * @param head its heading
     * @param isNumber whether it holds numbers
     * @param cell what stands in a row
     */
    record Column<T>(String head, boolean isNumber, Function<T, String> cell) {}

    Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** A table without columns yet. */
    static <T> Table<T> of(String id, String head, String caption, List<T> rows) {
        return new Table<>(id, head, caption, List.of(), rows, Optional.empty());
    }

    /** The same with one more column, of words. */
    Table<T> column(String name, Function<T, String> cell) {
        return with(new Column<>(name, false, cell));
    }

    /** The same with one more column, of numbers. */
    Table<T> number(String name, Function<T, String> cell) {
        return with(new Column<>(name, true, cell));
    }

    /** The same with a bar in each row, below its number. */
    Table<T> drawn(ToDoubleFunction<T> perCent) {
        return new Table<>(id, head, caption, columns, rows, Optional.of(perCent));
    }

    private Table<T> with(Column<T> column) {
        List<Column<T>> more = new ArrayList<>(columns);
        more.add(column);
        return new Table<>(id, head, caption, more, rows, share);
    }
}
