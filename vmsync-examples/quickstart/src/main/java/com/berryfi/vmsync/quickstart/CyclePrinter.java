package com.berryfi.vmsync.quickstart;

import com.berryfi.vmsync.event.CycleEnded;
import com.berryfi.vmsync.event.SyncListener;
import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.VmOutcome;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Prints what each cycle saw and did; what only repeats is left out. */
final class CyclePrinter implements SyncListener {

    private final PrintStream out;
    private final Instant start;
    private final Set<String> told = new HashSet<>();

    CyclePrinter(PrintStream out, Instant start) {
        this.out = out;
        this.start = start;
    }

    @Override
    public void onCycle(CycleEnded event) {
        SyncReport report = event.report();
        List<VmOutcome> news = report.outcomes().stream().filter(this::isNews).toList();
        List<RowProblem> problems = report.problems().stream()
                .filter(problem -> told.add(problem.toString()))
                .toList();
        if (news.isEmpty() && problems.isEmpty()) {
            return;
        }
        out.println();
        out.println((report.dryRun() ? "dry run, " : "") + report.kind() + " sync at +"
                + Duration.between(start, report.startedAt()).toSeconds() + " s: " + report.checked() + " VMs checked, "
                + report.count(VmOutcome.Result.DONE) + " corrected, " + report.count(VmOutcome.Result.WOULD_DO)
                + " would be, " + report.count(VmOutcome.Result.HELD) + " held");
        TextTable table = new TextTable("VM", "session", "believed", "cloud", "rule", "done");
        news.forEach(outcome -> row(table, outcome));
        table.print(out);
        problems.forEach(problem -> out.println("  left alone: " + problem));
    }

    private boolean isNews(VmOutcome outcome) {
        return outcome.result() == VmOutcome.Result.DONE
                || outcome.result() == VmOutcome.Result.WOULD_DO
                || told.add(outcome.before().id() + outcome.decision().verdict());
    }

    private static void row(TextTable table, VmOutcome outcome) {
        table.row(
                outcome.before().id(),
                outcome.before()
                        .session()
                        .map(session -> session.id() + " " + session.status())
                        .orElse("-"),
                outcome.before().vm().believed(),
                outcome.evidence().observation(),
                outcome.decision().rule(),
                done(outcome));
    }

    private static String done(VmOutcome outcome) {
        Decision decision = outcome.decision();
        String effects = decision.effects().isEmpty() ? "" : decision.effects().toString();
        String held = decision.held().map(hold -> " held: " + hold.reason()).orElse("");
        return (effects + held).strip();
    }
}
