package com.berryfi.vmsync.benchmarks;

import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.ScopeOutcome;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.testkit.InMemoryBilling;
import com.berryfi.vmsync.testkit.InMemoryStore;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;

/** One subscription, 30 ms a call: a whole cycle of vmsync beside the naive loop, in the same run. */
final class ListPart {

    private static final Duration LATENCY = Duration.ofMillis(30);
    private static final int IN_USE_EVERY = 10;
    private static final int THREADS = 16;
    private static final int WARM_UPS = 20;
    private static final int ROUNDS = 7;
    private static final int MOST_READ_NAIVELY = 1_000;

    private final Figures figures;
    private final PrintStream out;
    private final Simulator simulator;
    private final Azure azure;

    private ListPart(Figures figures, PrintStream out, Simulator simulator) {
        this.figures = figures;
        this.out = out;
        this.simulator = simulator;
        this.azure = new Azure(simulator.endpoint());
    }

    /** Measures fleets of so many VMs; the first of 1,000 or fewer. */
    static void run(List<Integer> sizes, Figures figures, PrintStream out) throws Exception {
        try (Simulator simulator = Simulator.start()) {
            simulator.latency(LATENCY);
            ListPart part = new ListPart(figures, out, simulator);
            for (int size : sizes) {
                part.measure(size);
            }
        }
    }

    private void measure(int vms) throws Exception {
        out.println("== list: " + vms + " VMs in one subscription, pages of " + Fleet.PAGE + ", " + LATENCY.toMillis()
                + " ms a call");
        Fleet fleet = new Fleet(new Scope("azure", "tenant", "principal", "list-" + vms), vms, IN_USE_EVERY);
        simulator.put(fleet);
        Measured own = agreeing(fleet);
        tell("vmsync", own, vms);
        double floor = fleet.pages() * (double) LATENCY.toMillis();
        Measured inTurn = naive(fleet, 1);
        tell("naive, in turn", inTurn, vms);
        Measured onThreads = naive(fleet, THREADS);
        tell("naive, " + THREADS + " threads", onThreads, vms);
        String name = nameOf("", vms);
        ratio(name + "calls.naive:vmsync", inTurn.calls() / own.calls());
        ratio(name + "wall.naiveInTurn:vmsync", inTurn.wallMillis() / own.wallMillis());
        ratio(name + "wall.naive16Threads:vmsync", onThreads.wallMillis() / own.wallMillis());
        ratio(name + "wall.vmsync:floor", own.wallMillis() / floor);
        ratio(name + "allocated.naiveInTurn:vmsync", inTurn.allocatedMiB() / own.allocatedMiB());
        ratio(name + "allocated.naive16Threads:vmsync", onThreads.allocatedMiB() / own.allocatedMiB());
        figures.exactly(nameOf("vmsync", vms) + ".calls", fleet.pages());
        if (vms == MOST_READ_NAIVELY) {
            figures.atLeast(name + "wall.naiveInTurn:vmsync", 120);
            figures.atMost(name + "wall.vmsync:floor", 1.5);
            figures.atLeast(name + "allocated.naiveInTurn:vmsync", 15);
        }
        drifted(fleet);
    }

    private Measured agreeing(Fleet fleet) throws Exception {
        try (VmSync sync = vmSync(fleet, any -> false)) {
            Callable<?> cycle = () -> checked(sync.runOnce(SyncKind.FULL), fleet);
            for (int i = 0; i < WARM_UPS; i++) {
                cycle.call();
            }
            List<Measured> rounds = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                rounds.add(Measured.of(cycle, simulator, azure));
            }
            return Measured.median(rounds);
        }
    }

    /** Nine in a hundred without a session that are taken for running, and one with a session whose machine is gone from its hardware. */
    private void drifted(Fleet fleet) throws Exception {
        for (int i = 0; i < fleet.vms(); i += IN_USE_EVERY * 10) {
            simulator.power(fleet, i, PowerState.DEALLOCATED);
        }
        try (VmSync sync = vmSync(fleet, i -> i % 10 == 3 && i % 100 != 3)) {
            List<SyncReport> reports = new ArrayList<>();
            Measured measured = Measured.of(() -> reports.add(sync.runOnce(SyncKind.FULL)), simulator, azure);
            int confirmations = reports.get(0).scopes().stream()
                    .mapToInt(ScopeOutcome::directReads)
                    .sum();
            tell("vmsync, a tenth drifted", measured, fleet.vms());
            String name = nameOf("vmsync, a tenth drifted", fleet.vms());
            figures.put(name + ".confirmations", confirmations);
            figures.put(name + ".outOfStep", reports.get(0).outcomes().size());
            figures.exactly(name + ".outOfStep", fleet.vms() / 10.0);
            figures.atMost(name + ".calls", fleet.pages() + confirmations);
        }
    }

    private Measured naive(Fleet fleet, int threads) throws Exception {
        if (fleet.vms() > MOST_READ_NAIVELY) {
            String measured =
                    nameOf(threads == 1 ? "naive, in turn" : "naive, " + threads + " threads", MOST_READ_NAIVELY);
            return new Measured(
                            figures.of(measured + ".calls"),
                            figures.of(measured + ".wall.ms"),
                            figures.of(measured + ".allocated.MiB"),
                            figures.of(measured + ".received.MiB"))
                    .times((double) fleet.vms() / MOST_READ_NAIVELY);
        }
        try (NaiveLoop loop = new NaiveLoop(azure.manager(fleet.scope()), threads)) {
            loop.running(Math.min(2 * threads, fleet.vms()));
            return Measured.of(
                    () -> {
                        int running = loop.running(fleet.vms());
                        if (running != fleet.vms() / IN_USE_EVERY) {
                            throw new IllegalStateException("the naive loop found " + running + " running");
                        }
                        return running;
                    },
                    simulator,
                    azure);
        }
    }

    /** The limits are measured elsewhere; here their time flies, so that a dozen cycles in a row are not too many. */
    private VmSync vmSync(Fleet fleet, IntPredicate believedRunning) {
        InMemoryStore store = new InMemoryStore();
        fleet.putInto(store, believedRunning);
        long began = System.nanoTime();
        LongSupplier flying = () -> (System.nanoTime() - began) * 1_000;
        return VmSync.builder(store, azure.adapter(flying), new InMemoryBilling())
                .build();
    }

    private static SyncReport checked(SyncReport report, Fleet fleet) {
        int inStep = report.scopes().stream().mapToInt(ScopeOutcome::inStep).sum();
        if (inStep != fleet.vms()) {
            throw new IllegalStateException(
                    "of " + fleet.vms() + " VMs " + inStep + " are in step: " + report.scopes());
        }
        return report;
    }

    private void tell(String what, Measured measured, int vms) {
        boolean computed = what.startsWith("naive") && vms > MOST_READ_NAIVELY;
        out.println(measured.line(computed ? what + " (computed)" : what));
        measured.putInto(figures, nameOf(what, vms));
    }

    private void ratio(String name, double value) {
        figures.put(name, value);
        out.println(String.format(Locale.ROOT, "  %-60s %,.2f", name, value));
    }

    private static String nameOf(String what, int vms) {
        return "list." + vms + "." + what.replace(",", "").replace(" ", "-");
    }
}
