package com.berryfi.vmsync.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.model.VmOutcome.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TextReportTest {

    private static final Pattern SUM = Pattern.compile("(?m)^  (\\S[\\w ]*?) {2,}([\\d.]+)$");

    private final DriftReport report = DriftReport.of(Reports.ofEverything());

    @Test
    void itSaysTheSameNumbersAsThePage() throws Exception {
        Map<String, String> totals = new Page(report.toHtml()).totals();
        String text = report.toText();
        int from = text.indexOf("TOTALS");
        List<String> sums = SUM.matcher(text.substring(from, text.indexOf("CAUSES")))
                .results()
                .map((MatchResult sum) -> sum.group(1) + "=" + sum.group(2))
                .toList();

        assertThat(sums)
                .hasSize(16)
                .containsExactlyElementsOf(
                        totals.entrySet().stream().map(Map.Entry::toString).toList());
    }

    @Test
    void itFitsATerminal() {
        assertThat(report.toText().lines()).allMatch(line -> line.length() <= TextTable.WIDTH);
    }

    @Test
    void whatWasNotReadIsSaidFirst() {
        assertThat(report.toText().indexOf("Scopes not read to the end: 2 of 3"))
                .isPositive()
                .isLessThan(report.toText().indexOf("TOTALS"));
    }

    @Test
    void aLongNameIsNotBrokenAndAllWordsAreThere() {
        String name = "vm-" + "x".repeat(150);
        String because = "the VM is stopped ".repeat(20).strip();
        String text = DriftReport.of(Reports.report(
                        List.of(),
                        List.of(Reports.inUse(
                                name,
                                Decision.act("follow-power", because, List.of(Reports.stopped())),
                                Result.WOULD_DO)),
                        List.of()))
                .toText();
        String corrections = text.substring(text.indexOf("CORRECTIONS THAT"), text.indexOf("WHAT WAITS"));

        assertThat(corrections).contains("  " + name + "  ");
        assertThat(Pattern.compile("\\bstopped\\b").matcher(corrections).results())
                .hasSize(20);
    }

    @Test
    void noNameSteersATerminal() {
        String hostile = "vm\u001b[2J\u202Eevil\u0000\u0085\nTOTALS";
        String text = DriftReport.of(Reports.report(
                        List.of(),
                        List.of(Reports.free(
                                hostile,
                                Decision.act("follow-power", hostile, List.of(Reports.stopped())),
                                Result.WOULD_DO)),
                        List.of()))
                .toText();

        assertThat(text).contains("vm\\u{1B}[2J\\u{202E}evil\\u{0}\\u{85} TOTALS");
        assertThat(text.chars()).allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7F));
    }

    @Test
    void textIsWrappedAtWords() {
        assertThat(TextTable.wrapped("one two three", 7)).containsExactly("one two", "three");
        assertThat(TextTable.wrapped("unbreakable is", 5)).containsExactly("unbreakable", "is");
        assertThat(TextTable.wrapped("", 5)).containsExactly("");
    }

    @Test
    void tenThousandVmsAreWrittenRowByRow() throws Exception {
        List<VmOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            outcomes.add(Reports.inUse(
                    String.format("vm-%05d", i),
                    Decision.act("follow-power", "the VM is STOPPED and believed RUNNING", List.of(Reports.stopped())),
                    Result.WOULD_DO));
        }
        DriftReport large = DriftReport.of(Reports.report(List.of(), outcomes, List.of()));
        Longest html = new Longest();
        large.writeHtml(html);
        Longest text = new Longest();
        large.writeText(text);

        assertThat(html.lines).isGreaterThan(10_000);
        assertThat(text.lines).isGreaterThan(10_000);
        assertThat(Math.max(html.longest, text.longest)).as("longest piece").isLessThan(8_000);
        assertThat(new Page(large.toHtml()).rows("corrections"))
                .hasSize(10_000)
                .extracting(row -> row.get(0))
                .startsWith("vm-00000")
                .endsWith("vm-09999");
        assertThat(large.toText()).contains("vm-09999");
    }

    /** Keeps nothing but how much came at a time. */
    private static final class Longest implements Appendable {

        private int longest;
        private int lines;

        @Override
        public Appendable append(CharSequence text) {
            longest = Math.max(longest, text.length());
            lines += (int) text.chars().filter(c -> c == '\n').count();
            return this;
        }

        @Override
        public Appendable append(CharSequence text, int start, int end) {
            return append(text.subSequence(start, end));
        }

        @Override
        public Appendable append(char c) {
            return append(String.valueOf(c));
        }
    }
}
