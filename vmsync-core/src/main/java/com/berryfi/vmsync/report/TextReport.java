package com.berryfi.vmsync.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes a report for a terminal. */
final class TextReport {

    private final Appendable out;

    TextReport(Appendable out) {
        this.out = out;
    }

    void write(DriftReport report) throws IOException {
        Contents contents = new Contents(report);
        line(contents.title());
        paragraph("", contents.lead());
        List<String> caveats = contents.caveats();
        if (!caveats.isEmpty()) {
            heading("Not everything was read");
            for (String caveat : caveats) {
                paragraph("  ", caveat);
            }
        }
        for (Table<?> table : contents.tables()) {
            heading(table.head());
            paragraph("  ", table.caption());
            new TextTable<>(table).write(out);
        }
    }

    private void heading(String text) throws IOException {
        out.append('\n');
        line(text.toUpperCase(Locale.ROOT));
    }

    private void paragraph(String indent, String text) throws IOException {
        List<String> lines = new ArrayList<>(TextTable.wrapped(Printable.of(text), TextTable.WIDTH - indent.length()));
        for (String each : lines) {
            line(indent + each);
        }
    }

    private void line(String text) throws IOException {
        out.append(text).append('\n');
    }
}
