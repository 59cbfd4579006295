package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.model.Standing;
import com.berryfi.vmsync.model.SyncStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The findings that stand, and for how many hours, of each kind and in all. */
final class FindingsPage {

    private FindingsPage() {}

    static Map<String, Object> of(SyncStatus status, Extract extract) {
        List<Standing> findings = extract.matching(status.findings(), FindingsPage::words);
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("asOf", status.asOf().toString());
        page.put("hours", hours(findings));
        page.put("byKind", byKind(findings));
        extract.put(page, "findings", findings, FindingsPage::finding);
        return page;
    }

    private static Stream<?> words(Standing finding) {
        return Stream.concat(
                finding.session().stream(),
                Stream.of(finding.vm(), finding.scope(), EnumTag.of(finding.kind()), finding.text()));
    }

    private static Map<String, Object> byKind(List<Standing> findings) {
        Map<String, Object> byKind = new TreeMap<>();
        findings.stream()
                .collect(Collectors.groupingBy(Standing::kind))
                .forEach((kind, some) ->
                        byKind.put(EnumTag.of(kind), Map.of("count", some.size(), "hours", hours(some))));
        return byKind;
    }

    private static Map<String, Object> finding(Standing finding) {
        Map<String, Object> told = StatusPage.finding(finding);
        told.put("hours", hours(List.of(finding)));
        return told;
    }

    /** With two decimals. */
    private static double hours(List<Standing> findings) {
        Duration lasted = findings.stream().map(Standing::lasted).reduce(Duration.ZERO, Duration::plus);
        return Math.round(lasted.toSeconds() / 36.0) / 100.0;
    }
}
