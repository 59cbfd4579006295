package com.berryfi.vmsync.report;

import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Mode;
import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.ScopeOutcome;
import com.berryfi.vmsync.model.Standing;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.VmOutcome;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a report says, in words and tables: one wording for whatever it is written as. */
final class Contents {

    private static final String NONE = "-";

    private final DriftReport report;

    Contents(DriftReport report) {
        this.report = report;
    }

    /** One line of the sums. */
    record Sum(String what, String value) {}

    String title() {
        return "vmsync drift report";
    }

    String lead() {
        return "As of " + report.asOf() + ", by the " + word(report.kind()) + " sync " + report.cycle()
                + " that began at " + report.startedAt()
                + (report.dryRun() ? "; a dry run: nothing was written." : ".");
    }

    /** What was not read, and so is not in step; empty if everything was. */
    List<String> caveats() {
        Totals totals = report.totals();
        List<String> caveats = new ArrayList<>();
        report.skipped().ifPresent(why -> caveats.add("Nothing was looked at: " + why + "."));
        report.problems().stream()
                .filter(problem -> problem.row().equals(SyncReport.DATABASE))
                .forEach(problem ->
                        caveats.add("Our own database failed, and not all was looked at: " + problem.problem() + "."));
        if (totals.unreadable() > 0) {
            caveats.add("Scopes not read to the end: " + totals.unreadable() + " of " + totals.scopes()
                    + ". What was not read there is not known, and counts as in step nowhere; the table of scopes says"
                    + " why.");
        }
        if (totals.unknown() > 0) {
            caveats.add("VMs of which the cloud said nothing definite: " + totals.unknown()
                    + ". They count as unknown, not as in step.");
        }
        if (!report.leftToOthers().isEmpty()) {
            caveats.add("Scopes of other replicas, not in this report: "
                    + report.leftToOthers().size() + ".");
        }
        long rows = report.problems().stream()
                .filter(problem -> !problem.row().equals(SyncReport.DATABASE)
                        && !problem.row().equals(SyncReport.BILLING))
                .count();
        if (rows > 0) {
            caveats.add("Rows that cannot be worked with: " + rows
                    + ". Nothing is noticed of their machines; see the problems.");
        }
        return caveats;
    }

    /** All tables, the sums first. */
    List<Table<?>> tables() {
        return List.of(sums(), causes(), corrections(), waits(), costs(), findings(), bill(), scopes(), problems());
    }

    private Table<Sum> sums() {
        Totals totals = report.totals();
        return Table.of(
                        "totals",
                        "Totals",
                        "What was looked at, and what came of it",
                        List.of(
                                new Sum("VMs checked", text(totals.checked())),
                                new Sum("VMs in step", text(totals.inStep())),
                                new Sum("VMs out of step", text(totals.outOfStep())),
                                new Sum("VMs unknown", text(totals.unknown())),
                                new Sum("Live sessions", text(totals.liveSessions())),
                                new Sum("Scopes", text(totals.scopes())),
                                new Sum("Scopes not read to the end", text(totals.unreadable())),
                                new Sum(
                                        "Scopes of other replicas",
                                        text(report.leftToOthers().size())),
                                new Sum("Corrections", text(report.corrections().size())),
                                new Sum("VMs that wait", text(report.waits().size())),
                                new Sum("Findings", text(report.findings().size())),
                                new Sum("Hours of findings", hours(report.lasted())),
                                new Sum("Gaps opened", text(report.count(BillStep.Kind.GAP_OPENED))),
                                new Sum("Gaps closed", text(report.count(BillStep.Kind.GAP_CLOSED))),
                                new Sum("Bills stopped", text(report.count(BillStep.Kind.STOPPED))),
                                new Sum("Problems", text(report.problems().size()))))
                .column("What", Sum::what)
                .number("How many", Sum::value);
    }

    private Table<Cause> causes() {
        int vms = report.causes().stream().mapToInt(Cause::vms).sum();
        return Table.of("causes", "Causes", "VMs to correct or to wait for, by rule: " + vms, report.causes())
                .column("Rule", Cause::rule)
                .number("VMs", cause -> text(cause.vms()))
                .column("For example", Cause::example)
                .drawn(cause -> 100.0 * cause.vms() / report.causes().get(0).vms());
    }

    private Table<VmOutcome> corrections() {
        return vms(
                        "corrections",
                        report.dryRun() ? "Corrections that would be made" : "Corrections",
                        report.corrections())
                .column("Believed", Contents::believed)
                .column("Found", outcome -> outcome.evidence().observation().toString())
                .column("Rule", outcome -> outcome.decision().rule())
                .column("Because", outcome -> outcome.decision().because())
                .column("Effects", Contents::effects)
                .column("Result", Contents::result);
    }

    private Table<VmOutcome> waits() {
        return vms("waits", "What waits", report.waits())
                .column("Rule", outcome -> outcome.decision().rule())
                .column("Because", outcome -> outcome.decision().because())
                .column(
                        "Waits for",
                        outcome -> outcome.decision()
                                .held()
                                .map(held -> held.reason().toString())
                                .orElse(NONE))
                .column(
                        "Until",
                        outcome -> outcome.decision()
                                .held()
                                .flatMap(held -> held.until())
                                .map(Instant::toString)
                                .orElse(NONE))
                .column(
                        "Released by",
                        outcome -> outcome.decision()
                                .held()
                                .map(held -> held.releasedBy().toString())
                                .orElse(NONE));
    }

    private static Table<VmOutcome> vms(String id, String head, List<VmOutcome> outcomes) {
        return Table.of(id, head, "VMs: " + outcomes.size(), outcomes)
                .column("VM", outcome -> outcome.before().id().value())
                .column(
                        "Session",
                        outcome -> outcome.before()
                                .sessionId()
                                .map(Object::toString)
                                .orElse(NONE));
    }

    private Table<Cost> costs() {
        return Table.of(
                        "costs",
                        "Findings by kind",
                        "Findings: " + report.findings().size() + "; hours: " + hours(report.lasted()),
                        report.costs())
                .column("Finding", cost -> cost.kind().toString())
                .number("How many", cost -> text(cost.count()))
                .number("Hours", cost -> hours(cost.lasted()));
    }

    private Table<Standing> findings() {
        return Table.of(
                        "findings",
                        "Findings",
                        "Findings, oldest first: " + report.findings().size(),
                        report.findings())
                .column("VM", finding -> finding.vm().value())
                .column("Finding", finding -> finding.kind().toString())
                .column(
                        "Session",
                        finding -> finding.session().map(Object::toString).orElse(NONE))
                .column("Since", finding -> finding.since().toString())
                .number("Hours", finding -> hours(finding.lasted()))
                .column("What", Standing::text);
    }

    private Table<BillStep> bill() {
        return Table.of("bill", "The bill", "Steps: " + report.bill().size(), report.bill())
                .column("Session", step -> step.session().value())
                .column("VM", step -> step.vm().value())
                .column("Step", step -> word(step.kind()))
                .column("As of", step -> step.at().toString())
                .column("Reason", BillStep::reason);
    }

    private Table<ScopeOutcome> scopes() {
        return Table.of("scopes", "Scopes", "Scopes: " + report.scopes().size(), report.scopes())
                .column("Scope", scope -> scope.scope().toString())
                .number("Checked", scope -> text(scope.checked()))
                .number("In step", scope -> text(scope.inStep()))
                .number("Unknown", scope -> text(scope.unknown()))
                .number("Live", scope -> text(scope.live()))
                .number("Listed", scope -> text(scope.listed()))
                .number("Direct reads", scope -> text(scope.directReads()))
                .column(
                        "Read",
                        scope -> scope.failure()
                                .map(why -> (scope.isLookedAt() ? "not to the end: " : "not at all: ") + why)
                                .orElse("whole"));
    }

    private Table<RowProblem> problems() {
        return Table.of("problems", "Problems", "Problems: " + report.problems().size(), report.problems())
                .column("Row", RowProblem::row)
                .column("Problem", RowProblem::problem);
    }

    private static String believed(VmOutcome outcome) {
        return outcome.before().vm().believed()
                + outcome.before()
                        .session()
                        .map(session -> ", session " + session.status())
                        .orElse("");
    }

    private static String effects(VmOutcome outcome) {
        return outcome.decision().effects().isEmpty()
                ? NONE
                : outcome.decision().effects().stream().map(Effect::toString).collect(Collectors.joining("; "));
    }

    private static String result(VmOutcome outcome) {
        boolean proposed = outcome.result() == VmOutcome.Result.WOULD_DO && outcome.mode() != Mode.ACT;
        return word(outcome.result())
                + (proposed ? ", were the rule not in mode " + outcome.mode() : "")
                + (outcome.note().isEmpty() ? "" : ": " + outcome.note());
    }

    /** With two decimals. */
    private static String hours(Duration lasted) {
        return BigDecimal.valueOf(lasted.toSeconds())
                .divide(BigDecimal.valueOf(3600), 2, RoundingMode.HALF_UP)
                .toPlainString();
    }

    private static String text(long number) {
        return Long.toString(number);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
