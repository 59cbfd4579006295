package com.berryfi.vmsync.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes a report as one page. */
final class HtmlReport {

    /** Nothing is run, loaded, sent or framed; the one style sheet is known by its hash. */
    private static final String POLICY =
            "default-src 'none'; style-src '" + Sheet.source() + "'; base-uri 'none'; form-action 'none'";

    private final Markup page;

    HtmlReport(Appendable out) {
        this.page = new Markup(out);
    }

    void write(DriftReport report) throws IOException {
        Contents contents = new Contents(report);
        List<Table<?>> tables = contents.tables();
        page.doctype().open("html", "lang", "en").line();
        head(contents.title() + ", " + report.asOf());
        page.open("body").line();
        page.element("a", "Skip to the report", "class", "skip", "href", "#report")
                .line();
        page.open("header").line();
        page.element("h1", contents.title()).line();
        page.element("p", contents.lead(), "id", "lead").line();
        page.closeLine();
        links(tables);
        page.open("main", "id", "report").line();
        caveats(contents.caveats());
        sides(report.totals());
        for (Table<?> table : tables) {
            section(table);
        }
        page.closeLine().closeLine().closeLine();
    }

    private void head(String title) throws IOException {
        page.open("head").line();
        page.empty("meta", "charset", "utf-8").line();
        page.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY)
                .line();
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .line();
        page.empty("meta", "name", "referrer", "content", "no-referrer").line();
        page.element("title", title).line();
        page.style(Sheet.CSS).line();
        page.closeLine();
    }

    private void links(List<Table<?>> tables) throws IOException {
        page.open("nav", "aria-label", "Sections").open("ul").line();
        for (Table<?> table : tables) {
            page.open("li")
                    .element("a", table.head(), "href", "#" + table.id() + "-section")
                    .closeLine();
        }
        page.close().closeLine();
    }

    private void caveats(List<String> caveats) throws IOException {
        if (caveats.isEmpty()) {
            return;
        }
        page.open("section", "id", "caveats", "class", "caveats", "aria-labelledby", "caveats-head")
                .line();
        page.element("h2", "Not everything was read", "id", "caveats-head").line();
        page.open("ul").line();
        for (String caveat : caveats) {
            page.element("li", caveat).line();
        }
        page.close().closeLine();
    }

    /** The same numbers stand in the table below. */
    private void sides(Totals totals) throws IOException {
        if (totals.checked() == 0) {
            return;
        }
        String words = "Of " + totals.checked() + " VMs " + totals.inStep() + " in step, " + totals.outOfStep()
                + " out of step, " + totals.unknown() + " unknown";
        page.open("figure").line();
        bar("bar", "role", "img", "aria-label", words);
        double inStep = percent(totals.inStep(), totals.checked());
        double outOfStep = percent(totals.outOfStep(), totals.checked());
        part("good", 0, inStep);
        part("bad", inStep, outOfStep);
        part("unsure", inStep + outOfStep, percent(totals.unknown(), totals.checked()));
        page.closeLine();
        page.element("figcaption", words + ".").line();
        page.closeLine();
    }

    private <T> void section(Table<T> table) throws IOException {
        String head = table.id() + "-head";
        page.open("section", "id", table.id() + "-section", "aria-labelledby", head)
                .line();
        page.element("h2", table.head(), "id", head).line();
        if (table.rows().isEmpty()) {
            page.element("p", "None.").line();
        } else {
            page.open("div", "class", "scroll", "role", "group", "aria-labelledby", head, "tabindex", "0")
                    .line();
            table(table);
            page.closeLine();
        }
        page.closeLine();
    }

    private <T> void table(Table<T> table) throws IOException {
        page.open("table", "id", table.id()).line();
        page.element("caption", table.caption()).line();
        page.open("thead").open("tr");
        for (Table.Column<T> column : table.columns()) {
            page.element("th", column.head(), "scope", "col", "class", column.isNumber() ? "number" : "words");
        }
        page.close().closeLine();
        page.open("tbody").line();
        for (T row : table.rows()) {
            row(table, row);
        }
        page.closeLine().closeLine();
    }

    private <T> void row(Table<T> table, T row) throws IOException {
        page.open("tr");
        boolean first = true;
        for (Table.Column<T> column : table.columns()) {
            String text = column.cell().apply(row);
            if (first) {
                page.element("th", text, "scope", "row");
            } else if (column.isNumber()) {
                page.open("td", "class", "number").text(text);
                if (table.share().isPresent()) {
                    bar("share", "aria-hidden", "true");
                    part("bad", 0, table.share().get().applyAsDouble(row));
                    page.close();
                }
                page.close();
            } else {
                page.element("td", text);
            }
            first = false;
        }
        page.closeLine();
    }

    /** Drawn in per cent, whatever its size. */
    private void bar(String kind, String... attributes) throws IOException {
        List<String> all =
                new ArrayList<>(List.of("class", kind, "viewBox", "0 0 100 1", "preserveAspectRatio", "none"));
        all.addAll(List.of(attributes));
        page.open("svg", all.toArray(String[]::new));
    }

    private void part(String kind, double from, double width) throws IOException {
        page.empty("rect", "class", kind, "x", number(from), "y", "0", "width", number(width), "height", "1");
    }

    private static double percent(int part, int whole) {
        return 100.0 * part / whole;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
