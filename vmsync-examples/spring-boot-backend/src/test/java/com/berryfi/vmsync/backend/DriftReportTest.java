package com.berryfi.vmsync.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.ScopeOutcome;
import com.berryfi.vmsync.model.Standing;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.report.DriftReport;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The drift report opens in a browser that has no network, and says what the preview says. */
class DriftReportTest {

    @TempDir
    private Path directory;

    @Test
    void itOpensWithoutANetworkAndItsNumbersAreThePreviews() throws IOException {
        SyncReport preview = new Drifted().preview();
        Path file = Files.writeString(
                directory.resolve("drift.html"), DriftReport.of(preview).toHtml());
        try (Browser browser = Browser.open()) {
            open(file, browser);
            assertThat(totals(browser)).containsExactlyEntriesOf(expected(preview));
            assertThat(List.of("VMs that wait", "Findings", "Hours of findings", "Gaps opened", "Bills stopped"))
                    .allSatisfy(what -> assertThat(totals(browser).get(what)).isNotIn("0", "0.00"));
            assertThat(column(browser, "corrections", 0)).containsExactlyInAnyOrderElementsOf(corrected(preview));
            assertThat(column(browser, "corrections", 0)).contains(Drifted.HOSTILE);
            assertThat(column(browser, "waits", 0)).hasSize(held(preview));
            assertThat(byName(browser, "causes")).isEqualTo(causes(preview));
            assertThat(byName(browser, "costs"))
                    .isEqualTo(preview.findings().stream()
                            .collect(Collectors.groupingBy(
                                    finding -> finding.kind().toString(),
                                    Collectors.collectingAndThen(Collectors.counting(), String::valueOf))));
            assertThat(column(browser, "findings", 4))
                    .containsExactlyInAnyOrderElementsOf(preview.findings().stream()
                            .map(finding -> hours(finding.lasted()))
                            .toList());
            assertThat(column(browser, "scopes", 1))
                    .containsExactlyInAnyOrderElementsOf(preview.scopes().stream()
                            .map(scope -> String.valueOf(scope.checked()))
                            .toList());
            assertThat(script(browser, "return document.querySelector('#caveats').innerText"))
                    .asString()
                    .contains("Scopes not read to the end: 1 of 2")
                    .contains("Rows that cannot be worked with: 1");
            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.requests()).containsExactly(file.toUri().toString());
        }
    }

    @Test
    void itIsReadByDayByNightOnANarrowScreenAndByEar() throws IOException {
        Path file = Files.writeString(
                directory.resolve("drift.html"),
                DriftReport.of(new Drifted().preview()).toHtml());
        try (Browser browser = Browser.open()) {
            open(file, browser);
            browser.scheme("light");
            Object light = ground(browser);
            assertThat(browser.barriers()).isEmpty();
            assertThat(browser.screenshot("drift-report-light")).isNotEmptyFile();
            browser.scheme("dark");
            assertThat(ground(browser)).isNotEqualTo(light);
            assertThat(browser.barriers()).isEmpty();
            assertThat(browser.screenshot("drift-report-dark")).isNotEmptyFile();
            browser.scheme("light");
            browser.width(360);
            assertThat(script(browser, "return document.documentElement.scrollWidth <= innerWidth"))
                    .isEqualTo(true);
            assertThat(browser.barriers()).isEmpty();
            assertThat(browser.screenshot("drift-report-narrow")).isNotEmptyFile();

            browser.driver().switchTo().activeElement().sendKeys(Keys.TAB);
            assertThat(browser.driver().switchTo().activeElement().getText()).isEqualTo("Skip to the report");
        }
    }

    @Test
    void tenThousandVmsOpen() throws IOException {
        DriftReport report = DriftReport.of(new Drifted().preview(10_000));
        Path file = directory.resolve("drift.html");
        try (Writer out = Files.newBufferedWriter(file)) {
            report.writeHtml(out);
        }
        try (Browser browser = Browser.open()) {
            open(file, browser);
            assertThat(totals(browser)).containsEntry("VMs checked", "10000");
            assertThat(report.corrections().size() + report.waits().size()).isEqualTo(10_000);
            assertThat(script(
                            browser,
                            "return document.querySelectorAll('#corrections tbody tr, #waits tbody tr').length"))
                    .isEqualTo(10_000L);
            System.out.println("10,000 VMs: " + Files.size(file) / 1024 + " KiB, loaded in "
                    + script(browser, "return Math.round(performance.getEntriesByType('navigation')[0].loadEventEnd)")
                    + " ms");
        }
    }

    /** Without a network, and with nothing on its way that the browser asked for itself as it began. */
    private static void open(Path file, Browser browser) {
        browser.driver()
                .executeCdpCommand(
                        "Network.emulateNetworkConditions",
                        Map.of("offline", true, "latency", 0, "downloadThroughput", 0, "uploadThroughput", 0));
        browser.go("about:blank");
        browser.requests();
        browser.complaints();
        browser.go(file.toUri().toString());
    }

    private static Map<String, String> expected(SyncReport preview) {
        int checked = sum(preview, ScopeOutcome::checked);
        int inStep = sum(preview, ScopeOutcome::inStep);
        int unknown = sum(preview, ScopeOutcome::unknown);
        Map<String, String> totals = new LinkedHashMap<>();
        totals.put("VMs checked", String.valueOf(checked));
        totals.put("VMs in step", String.valueOf(inStep));
        totals.put("VMs out of step", String.valueOf(checked - inStep - unknown));
        totals.put("VMs unknown", String.valueOf(unknown));
        totals.put("Live sessions", String.valueOf(sum(preview, ScopeOutcome::live)));
        totals.put("Scopes", String.valueOf(preview.scopes().size()));
        totals.put("Scopes not read to the end", "1");
        totals.put("Scopes of other replicas", String.valueOf(preview.elsewhere()));
        totals.put("Corrections", String.valueOf(corrected(preview).size()));
        totals.put("VMs that wait", String.valueOf(held(preview)));
        totals.put("Findings", String.valueOf(preview.findings().size()));
        totals.put(
                "Hours of findings",
                hours(preview.findings().stream().map(Standing::lasted).reduce(Duration.ZERO, Duration::plus)));
        totals.put("Gaps opened", count(preview, Effect.SuspendMetering.class));
        totals.put("Gaps closed", count(preview, Effect.ResumeMetering.class));
        totals.put("Bills stopped", count(preview, Effect.StopMetering.class));
        totals.put("Problems", String.valueOf(preview.problems().size()));
        return totals;
    }

    private static int sum(SyncReport preview, ToIntFunction<ScopeOutcome> number) {
        return preview.scopes().stream().mapToInt(number).sum();
    }

    private static String count(SyncReport preview, Class<? extends Effect> kind) {
        long count = preview.outcomes().stream()
                .flatMap(outcome -> outcome.decision().effects().stream())
                .filter(kind::isInstance)
                .count();
        return String.valueOf(count);
    }

    private static List<String> corrected(SyncReport preview) {
        return preview.outcomes().stream()
                .filter(outcome -> outcome.result() == VmOutcome.Result.WOULD_DO)
                .map(outcome -> outcome.before().id().value())
                .toList();
    }

    private static int held(SyncReport preview) {
        return (int) preview.outcomes().stream()
                .filter(outcome -> outcome.decision().held().isPresent())
                .count();
    }

    private static Map<String, String> causes(SyncReport preview) {
        return preview.outcomes().stream()
                .filter(outcome -> outcome.result() == VmOutcome.Result.WOULD_DO
                        || outcome.decision().held().isPresent())
                .collect(Collectors.groupingBy(
                        outcome -> outcome.decision().rule(),
                        Collectors.collectingAndThen(Collectors.counting(), String::valueOf)));
    }

    private static String hours(Duration lasted) {
        return String.format(Locale.ROOT, "%.2f", lasted.toSeconds() / 3600.0);
    }

    private static Map<String, String> totals(Browser browser) {
        return byName(browser, "totals");
    }

    /** The second column of a table by the first. */
    private static Map<String, String> byName(Browser browser, String table) {
        List<String> names = column(browser, table, 0);
        List<String> numbers = column(browser, table, 1);
        Map<String, String> byName = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            byName.put(names.get(i), numbers.get(i));
        }
        return byName;
    }

    private static List<String> column(Browser browser, String table, int column) {
        List<?> cells = (List<?>) script(
                browser,
                "return [...document.querySelectorAll('#" + table + " tbody tr')].map(row => row.cells[" + column
                        + "].textContent)");
        return cells.stream().map(String::valueOf).toList();
    }

    private static Object ground(Browser browser) {
        return script(browser, "return getComputedStyle(document.body).backgroundColor");
    }

    private static Object script(Browser browser, String script) {
        return browser.driver().executeScript(script);
    }
}
