package com.berryfi.vmsync.testkit.simulation.campaign;

import com.berryfi.vmsync.rule.RuleBook;
import com.berryfi.vmsync.rule.StandardRules;
import com.berryfi.vmsync.testkit.simulation.naive.NaiveLoop;
import com.berryfi.vmsync.testkit.simulation.world.FaultKind;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What people read of it. */
final class Pages {

    private static final int BAR = 40;

    private final PrintStream out;

    Pages(PrintStream out) {
        this.out = out;
    }

    /** How often what went wrong, and which rule decided; returns what never did. */
    List<String> histograms(Sums sums) {
        Map<String, Long> faults = new LinkedHashMap<>();
        for (FaultKind kind : FaultKind.values()) {
            faults.put(kind.name(), sums.faults(kind));
        }
        Map<String, Long> rules = new LinkedHashMap<>();
        StandardRules.book().entries().stream()
                .map(RuleBook.Entry::id)
                .forEach(rule -> rules.put(rule, sums.rules().getOrDefault(rule, 0L)));
        histogram("faults, by kind", faults);
        histogram("rules that decided", rules);
        List<String> never = new ArrayList<>();
        faults.forEach((kind, count) -> {
            if (count == 0) {
                never.add("fault " + kind);
            }
        });
        rules.forEach((rule, count) -> {
            if (count == 0) {
                never.add("rule " + rule);
            }
        });
        return never;
    }

    private void histogram(String title, Map<String, Long> counts) {
        long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
        out.println(title);
        counts.forEach((name, count) -> line(
                "  %-26s %9d %s", name, count, "#".repeat((int) Math.ceil((double) BAR * count / Math.max(1, most)))));
        out.println();
    }

    /** The two side by side. */
    void comparison(Sums naive, Sums vmSync) {
        line("%-46s %14s %14s", "the same " + vmSync.seeds() + " worlds", "naive", "vmsync");
        row("sessions", naive.sessions(), vmSync.sessions());
        row("sessions ended by it", naive.ends(), vmSync.ends());
        row("wrongful ends", naive.wrongfulEnds(), vmSync.wrongfulEnds());
        row("seconds billed while proven off", naive.billedWhileOff(), vmSync.billedWhileOff());
        row("seconds unbilled while proven on", naive.unbilledWhileOn(), vmSync.unbilledWhileOn());
        row("seconds billed while off in truth", naive.billedInTruthOff(), vmSync.billedInTruthOff());
        row("seconds unbilled while on in truth", naive.unbilledInTruthOn(), vmSync.unbilledInTruthOn());
        row("detection p50, seconds", naive.detection(0.5), vmSync.detection(0.5));
        row("detection p99, seconds", naive.detection(0.99), vmSync.detection(0.99));
        row("cloud calls, lists", naive.lists(), vmSync.lists());
        row("cloud calls, direct", naive.directs() * NaiveLoop.CALLS_PER_VM, vmSync.directs());
        out.println();
    }

    private void row(String what, Duration naive, Duration vmSync) {
        row(what, naive.toSeconds(), vmSync.toSeconds());
    }

    private void row(String what, long naive, long vmSync) {
        line("  %-44s %14d %14d", what, naive, vmSync);
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
