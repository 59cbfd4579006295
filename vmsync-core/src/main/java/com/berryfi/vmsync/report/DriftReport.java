package com.berryfi.vmsync.report;

import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.ScopeOutcome;
import com.berryfi.vmsync.model.Standing;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.VmOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is out of step and why, what would be done, what waits, what costs money and what the bill would leave out: a {@link SyncReport}
 * put in order for people. Best made of a preview: {@code DriftReport.of(sync.view().preview())}.
 *
 * <p>Every VM that the report speaks of is among the corrections, the waits or the findings, and may be among several. Of the same
 * report always the same characters are written, in the same order: scope by scope, VM by VM, findings and waits as said below. Times
 * are UTC.
 *
 * <p>Immutable and thread-safe.
 *
 * @param kind which VMs were looked at
 * @param cycle the name of the cycle in logs and audit
 * @param dryRun whether nothing was written
 * @param startedAt when it began
 * @param asOf as of when all is said: when it ended
 * @param skipped why nothing was done at all; empty if something was
 * @param totals the sums over all scopes
 * @param causes what is out of step, by the rule that speaks of it, most VMs first: of what is to be corrected or waits, each VM once
 * @param corrections the VMs of which something would be, or was, changed, and those with which something went wrong
 * @param waits the VMs that wait for something; those with a session first
 * @param findings what costs or endangers money, oldest first
 * @param costs the findings by kind, in the order of the kinds
 * @param bill the gaps that would be, or were, opened and closed, and the bills that would be, or were, stopped
 * @param scopes what was read of each scope
 * @param leftToOthers the scopes that are other replicas', of which nothing is said here
 * @param problems rows that cannot be worked with, and what else failed
 */
public record DriftReport(
        SyncKind kind,
        String cycle,
        boolean dryRun,
        Instant startedAt,
        Instant asOf,
        Optional<String> skipped,
        Totals totals,
        List<Cause> causes,
        List<VmOutcome> corrections,
        List<VmOutcome> waits,
        List<Standing> findings,
        List<Cost> costs,
        List<BillStep> bill,
        List<ScopeOutcome> scopes,
        List<Scope> leftToOthers,
        List<RowProblem> problems) {

    private static final Comparator<VmOutcome> BY_SCOPE_AND_VM = Comparator.comparing(
                    (VmOutcome outcome) -> outcome.before().vm().scope().toString())
            .thenComparing(outcome -> outcome.before().id());

    /**
     * Copies the lists.
     *
     * @param kind which VMs were looked at
     * @param cycle the name of the cycle in logs and audit
     * @param dryRun whether nothing was written
     * @param startedAt when it began
     * @param asOf as of when all is said: when it ended
     * @param skipped why nothing was done at all; empty if something was
     * @param totals the sums over all scopes
     * @param causes what is out of step, by the rule that speaks of it, most VMs first: of what is to be corrected or waits, each VM once
     * @param corrections the VMs of which something would be, or was, changed, and those with which something went wrong
     * @param waits the VMs that wait for something; those with a session first
     * @param findings what costs or endangers money, oldest first
     * @param costs the findings by kind, in the order of the kinds
     * @param bill the gaps that would be, or were, opened and closed, and the bills that would be, or were, stopped
     * @param scopes what was read of each scope
     * @param leftToOthers the scopes that are other replicas', of which nothing is said here
     * @param problems rows that cannot be worked with, and what else failed
     */
    public DriftReport {
        causes = List.copyOf(causes);
        corrections = List.copyOf(corrections);
        waits = List.copyOf(waits);
        findings = List.copyOf(findings);
        costs = List.copyOf(costs);
        bill = List.copyOf(bill);
        scopes = List.copyOf(scopes);
        leftToOthers = List.copyOf(leftToOthers);
        problems = List.copyOf(problems);
    }

    /**
     * Puts a report in order.
     *
     * @param report of a preview, of a dry run or of a cycle that acted
     * @return the same, for people
     */
    public static DriftReport of(SyncReport report) {
        List<VmOutcome> outcomes =
                report.outcomes().stream().sorted(BY_SCOPE_AND_VM).toList();
        List<Standing> findings = report.findings().stream()
                .sorted(Comparator.comparing(Standing::since).thenComparing(Standing::vm))
                .toList();
        List<VmOutcome> corrections =
                outcomes.stream().filter(DriftReport::isCorrection).toList();
        return new DriftReport(
                report.kind(),
                report.cycle(),
                report.dryRun(),
                report.startedAt(),
                report.endedAt(),
                report.skipped(),
                Totals.of(report.scopes()),
                Cause.of(outcomes.stream()
                        .filter(outcome -> isCorrection(outcome)
                                || outcome.decision().held().isPresent())
                        .toList()),
                corrections,
                outcomes.stream()
                        .filter(outcome -> outcome.decision().held().isPresent())
                        .sorted(Comparator.comparing(
                                outcome -> outcome.before().session().isEmpty()))
                        .toList(),
                findings,
                Cost.of(findings),
                corrections.stream().flatMap(BillStep::of).toList(),
                report.scopes().stream()
                        .sorted(Comparator.comparing(scope -> scope.scope().toString()))
                        .toList(),
                report.leftToOthers(),
                report.problems());
    }

    /** {@return whether all that there is was read: what the cloud said nothing of, or another replica looks after, is not} */
    public boolean isWhole() {
        return skipped.isEmpty()
                && totals.unreadable() == 0
                && totals.unknown() == 0
                && leftToOthers.isEmpty()
                && problems.isEmpty();
    }

    /** {@return for how long all findings have lasted, together} */
    public Duration lasted() {
        return costs.stream().map(Cost::lasted).reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * How many steps of a kind the bills take.
     *
     * @param step which kind
     * @return how many
     */
    public long count(BillStep.Kind step) {
        return bill.stream().filter(each -> each.kind() == step).count();
    }

    /** {@return the report as one HTML page: no script, nothing that is loaded, readable without a network} */
    public String toHtml() {
        return written(this::writeHtml);
    }

    /** {@return the report as tables for a terminal, 120 characters wide or, where a single word is longer, wider} */
    public String toText() {
        return written(this::writeText);
    }

    /**
     * Writes what {@link #toHtml} returns, row by row: for reports of many thousand VMs.
     *
     * @param out where to, as UTF-8
     * @throws IOException if it cannot be written to
     */
    public void writeHtml(Appendable out) throws IOException {
        new HtmlReport(out).write(this);
    }

    /**
     * Writes what {@link #toText} returns, row by row: for reports of many thousand VMs.
     *
     * @param out where to, as UTF-8
     * @throws IOException if it cannot be written to
     */
    public void writeText(Appendable out) throws IOException {
        new TextReport(out).write(this);
    }

    /** Writes somewhere. */
    private interface Writing {
        void to(Appendable out) throws IOException;
    }

    private static String written(Writing report) {
        StringBuilder text = new StringBuilder();
        try {
            report.to(text);
        } catch (IOException e) {
            throw new UncheckedIOException("a StringBuilder takes everything", e);
        }
        return text.toString();
    }

    private static boolean isCorrection(VmOutcome outcome) {
        return outcome.decision().changesAnything()
                || (outcome.result() != VmOutcome.Result.NOTHING && outcome.result() != VmOutcome.Result.HELD);
    }
}
