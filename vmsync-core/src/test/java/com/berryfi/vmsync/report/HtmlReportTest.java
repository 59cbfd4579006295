package com.berryfi.vmsync.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.VmOutcome.Result;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class HtmlReportTest {

    private static final Set<String> ELEMENTS = Set.of(
            "html",
            "head",
            "meta",
            "title",
            "style",
            "body",
            "a",
            "header",
            "h1",
            "p",
            "nav",
            "ul",
            "li",
            "main",
            "figure",
            "svg",
            "rect",
            "figcaption",
            "section",
            "h2",
            "div",
            "table",
            "caption",
            "thead",
            "tbody",
            "tr",
            "th",
            "td");

    private final DriftReport report = DriftReport.of(Reports.ofEverything());

    @Test
    void theTotalsAreThoseOfTheReport() throws Exception {
        assertThat(new Page(report.toHtml()).totals())
                .containsEntry("VMs checked", "13")
                .containsEntry("VMs in step", "5")
                .containsEntry("VMs out of step", "4")
                .containsEntry("VMs unknown", "4")
                .containsEntry("Live sessions", "4")
                .containsEntry("Scopes", "3")
                .containsEntry("Scopes not read to the end", "2")
                .containsEntry("Corrections", "4")
                .containsEntry("VMs that wait", "2")
                .containsEntry("Findings", "2")
                .containsEntry("Hours of findings", "3.50")
                .containsEntry("Gaps opened", "1")
                .containsEntry("Gaps closed", "0")
                .containsEntry("Bills stopped", "1")
                .containsEntry("Problems", "1");
    }

    @Test
    void everyRowIsThere() throws Exception {
        Page page = new Page(report.toHtml());

        assertThat(page.rows("causes")).hasSize(5);
        assertThat(page.rows("corrections")).hasSize(4);
        assertThat(page.rows("corrections").get(0))
                .containsExactly(
                        "vm-2",
                        "s-vm-2",
                        "RUNNING, session ACTIVE",
                        "STOPPED",
                        "end-when-stopped",
                        "the VM is stopped",
                        "billing suspended as of 2026-11-01T11:00:00Z",
                        "would do");
        assertThat(page.rows("waits").get(1))
                .containsExactly(
                        "vm-4",
                        "-",
                        "await-missing",
                        "it is not found",
                        "CONFIRMATION",
                        "2026-11-01T12:00:25Z",
                        "DIRECT_READ");
        assertThat(page.rows("costs")).contains(List.of("ORPHAN", "1", "1.50"));
        assertThat(page.rows("findings")).hasSize(2);
        assertThat(page.rows("bill")).hasSize(2);
        assertThat(page.rows("scopes"))
                .extracting(row -> row.get(7))
                .containsExactly(
                        "whole",
                        "not to the end: unknown (THROTTLED: too many requests)",
                        "not at all: unknown (THROTTLED: too many requests)");
        assertThat(page.rows("problems")).containsExactly(List.of("vm_instances vm-7", "no subscription"));
    }

    @Test
    void whatWasNotReadIsSaidBeforeAnyNumber() {
        String html = report.toHtml();

        assertThat(html.indexOf("Scopes not read to the end: 2 of 3"))
                .isPositive()
                .isLessThan(html.indexOf("<figure"))
                .isLessThan(html.indexOf("<table"));
        assertThat(html)
                .contains("VMs of which the cloud said nothing definite: 4")
                .contains("Rows that cannot be worked with: 1");
    }

    @Test
    void nothingIsRunOrLoadedAndTheStyleIsTheOneThatThePolicyNames() throws Exception {
        Page page = new Page(report.toHtml());
        Element policy = page.elements("meta").stream()
                .filter(meta -> meta.getAttribute("http-equiv").equals("Content-Security-Policy"))
                .findFirst()
                .orElseThrow();
        String style = page.elements("style").get(0).getTextContent();
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));

        assertThat(policy.getAttribute("content"))
                .startsWith("default-src 'none'; style-src 'sha256-"
                        + Base64.getEncoder().encodeToString(hash) + "'; ");
        assertThat(page.elements("*")).extracting(Element::getTagName).isSubsetOf(ELEMENTS);
        assertThat(page.elements("*"))
                .noneMatch(element -> element.hasAttribute("src") || element.hasAttribute("style"))
                .allMatch(element -> !element.hasAttribute("href")
                        || element.getAttribute("href").startsWith("#"));
        assertThat(style).doesNotContain("url(", "@import");
    }

    @Test
    void linksLeadSomewhereAndTablesCanBeHeard() throws Exception {
        Page page = new Page(report.toHtml());
        Set<String> ids = page.elements("*").stream()
                .map(element -> element.getAttribute("id"))
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toSet());

        assertThat(page.elements("a"))
                .allMatch(link -> ids.contains(link.getAttribute("href").substring(1)));
        assertThat(page.elements("*"))
                .allMatch(element -> !element.hasAttribute("aria-labelledby")
                        || ids.contains(element.getAttribute("aria-labelledby")));
        assertThat(page.elements("caption"))
                .hasSameSizeAs(page.elements("table"))
                .allMatch(caption -> !caption.getTextContent().isBlank());
        assertThat(page.elements("th")).allMatch(head -> head.hasAttribute("scope"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "' onmouseover='alert(1)",
                "</style><script>alert(1)</script>",
                "<!-- ]]> &lt; &#60;",
                "a&b"
            })
    void namesAreTextAndNothingElse(String name) throws Exception {
        DriftReport hostile = DriftReport.of(Reports.report(
                List.of(),
                List.of(Reports.free(name, Decision.act(name, name, List.of(Reports.stopped())), Result.WOULD_DO)),
                List.of(new RowProblem(name, name))));
        Page page = new Page(hostile.toHtml());

        assertThat(page.rows("corrections").get(0).get(0)).isEqualTo(name);
        assertThat(page.rows("causes").get(0)).containsExactly(name, "1", name);
        assertThat(page.rows("problems").get(0)).containsExactly(name, name);
        assertThat(page.elements("*")).extracting(Element::getTagName).isSubsetOf(ELEMENTS);
        assertThat(page.elements("td")).allMatch(cell -> cell.getAttributes().getLength() <= 1);
    }

    @Test
    void theSameReportIsWrittenInTheSameBytes() {
        assertThat(DriftReport.of(Reports.ofEverything()).toHtml()).isEqualTo(report.toHtml());
    }
}
