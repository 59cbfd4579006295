package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.VmOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A report in maps, lists, texts and numbers. */
final class ReportPage {

    private ReportPage() {}

    static Map<String, Object> of(SyncReport report) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("cycle", report.cycle());
        page.put("startedAt", report.startedAt().toString());
        page.put("endedAt", report.endedAt().toString());
        StatusPage.put(page, "skipped", report.skipped());
        page.put("checked", report.checked());
        page.put("unreadableScopes", unreadable(report));
        StatusPage.list(page, "outOfStep", report.outcomes(), ReportPage::outcome);
        StatusPage.list(page, "problems", report.problems(), RowProblem::toString);
        return page;
    }

    private static List<String> unreadable(SyncReport report) {
        return report.scopes().stream()
                .flatMap(scope -> scope.failure().stream().map(failure -> scope.scope() + ": " + failure))
                .limit(StatusPage.MOST_SHOWN)
                .toList();
    }

    private static Map<String, Object> outcome(VmOutcome outcome) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("vm", outcome.before().id().value());
        StatusPage.put(told, "session", outcome.before().sessionId());
        told.put("believed", outcome.before().vm().believed().toString());
        told.put("found", outcome.evidence().observation().toString());
        told.put("rule", outcome.decision().rule());
        told.put("because", outcome.decision().because());
        told.put(
                "effects",
                outcome.decision().effects().stream().map(Object::toString).toList());
        StatusPage.put(told, "held", outcome.decision().held());
        told.put("result", EnumTag.of(outcome.result()));
        return told;
    }
}
