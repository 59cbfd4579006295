package com.berryfi.vmsync.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a table in columns. What is too wide for the terminal is wrapped within its column; a single word is never broken, so that names
 * can be copied.
 */
final class TextTable<T> {

    static final int WIDTH = 120;

    private static final String INDENT = "  ";
    private static final int BETWEEN = 2;

    private final Table<T> table;
    private final int[] widths;

    TextTable(Table<T> table) {
        this.table = table;
        this.widths = widths(table);
    }

    void write(Appendable out) throws IOException {
        if (table.rows().isEmpty()) {
            out.append(INDENT).append("none\n");
            return;
        }
        write(out, table.columns().stream().map(Table.Column::head).toList());
        write(out, Arrays.stream(widths).mapToObj("-"::repeat).toList());
        for (T row : table.rows()) {
            write(out, table.columns().stream().map(column -> cell(column, row)).toList());
        }
    }

    private void write(Appendable out, List<String> cells) throws IOException {
        List<List<String>> wrapped = new ArrayList<>();
        int lines = 0;
        for (int i = 0; i < widths.length; i++) {
            List<String> cell = wrapped(cells.get(i), widths[i]);
            wrapped.add(cell);
            lines = Math.max(lines, cell.size());
        }
        for (int line = 0; line < lines; line++) {
            StringBuilder text = new StringBuilder(INDENT);
            for (int i = 0; i < widths.length; i++) {
                String part = line < wrapped.get(i).size() ? wrapped.get(i).get(line) : "";
                String filling = " ".repeat(Math.max(0, widths[i] - length(part)));
                boolean right = table.columns().get(i).isNumber();
                text.append(right ? filling + part : part + filling).append(" ".repeat(BETWEEN));
            }
            out.append(text.toString().stripTrailing()).append('\n');
        }
    }

    private static <T> String cell(Table.Column<T> column, T row) {
        return Printable.of(column.cell().apply(row));
    }

    /** As wide as the longest cell, unless that is too much: then the widest columns give way, down to their longest word. */
    private static <T> int[] widths(Table<T> table) {
        int columns = table.columns().size();
        int[] widths = new int[columns];
        int[] least = new int[columns];
        for (int i = 0; i < columns; i++) {
            Table.Column<T> column = table.columns().get(i);
            widths[i] = length(column.head());
            least[i] = longestWord(column.head());
            for (T row : table.rows()) {
                String cell = cell(column, row);
                widths[i] = Math.max(widths[i], length(cell));
                least[i] = Math.max(least[i], longestWord(cell));
            }
        }
        int room = WIDTH - INDENT.length() - BETWEEN * (columns - 1);
        int giving = widest(widths, least);
        while (Arrays.stream(widths).sum() > room && giving >= 0) {
            widths[giving]--;
            giving = widest(widths, least);
        }
        return widths;
    }

    /** The widest column that can give way; -1 if none can. */
    private static int widest(int[] widths, int[] least) {
        int widest = -1;
        for (int i = 0; i < widths.length; i++) {
            if (widths[i] > least[i] && (widest < 0 || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        return widest;
    }

    /** A text in lines of a width; a longer word has a line of its own. */
    static List<String> wrapped(String text, int width) {
        if (length(text) <= width) {
            return List.of(text);
        }
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words(text)) {
            if (line.length() > 0 && length(line) + 1 + length(word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static int longestWord(String text) {
        return Arrays.stream(words(text)).mapToInt(TextTable::length).max().orElse(0);
    }

    private static String[] words(String text) {
        return text.strip().split(" +", -1);
    }

    private static int length(CharSequence text) {
        return Character.codePointCount(text, 0, text.length());
    }
}
