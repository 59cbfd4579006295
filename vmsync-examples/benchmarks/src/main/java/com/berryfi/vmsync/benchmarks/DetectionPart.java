package com.berryfi.vmsync.benchmarks;

import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.testkit.InMemoryBilling;
import com.berryfi.vmsync.testkit.InMemoryStore;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** From a stop in the cloud to the committed suspension of metering: by hints, beside what polling would take. */
final class DetectionPart {

    private static final Duration LATENCY = Duration.ofMillis(30);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final double POLL_MILLIS = 30_000;

    private final Map<VmId, CompletableFuture<Long>> suspendedAt = new ConcurrentHashMap<>();
    private final Fleet fleet;
    private final Simulator simulator;

    private DetectionPart(Fleet fleet, Simulator simulator) {
        this.fleet = fleet;
        this.simulator = simulator;
    }

    /**
     * Measures.
     *
     * @param vms how many run, all in use: more than ten times as many as stop, or the brake would hold some back
     * @param stops how many are stopped, one after another
     */
    static void run(int vms, int stops, Figures figures, PrintStream out)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        out.println(
                "== detection: " + stops + " stops of " + vms + " VMs in use, " + LATENCY.toMillis() + " ms a call");
        try (Simulator simulator = Simulator.start()) {
            simulator.latency(LATENCY);
            Fleet fleet = new Fleet(new Scope("azure", "tenant", "principal", "detection"), vms, 1);
            simulator.put(fleet);
            new DetectionPart(fleet, simulator).measure(stops, figures);
        }
        for (String name : List.of("hinted.p50", "hinted.p99", "polled.p50", "polled.p99")) {
            out.println("  " + name + " " + Figures.plain(figures.of("detection." + name + ".ms")) + " ms");
        }
    }

    private void measure(int stops, Figures figures)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        InMemoryStore store = new InMemoryStore();
        fleet.putInto(store, any -> false);
        try (VmSync sync = VmSync.builder(
                        new WatchedStore(store, vm -> suspension(vm).complete(System.nanoTime())),
                        new Azure(simulator.endpoint()).adapter(System::nanoTime),
                        new InMemoryBilling())
                .build()) {
            sync.runOnce(SyncKind.FULL);
            SyncReport poll = sync.runOnce(SyncKind.QUICK);
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < stops; i++) {
                long stoppedAt = System.nanoTime();
                simulator.power(fleet, i, PowerState.STOPPED);
                sync.hint(fleet.id(i));
                long at = suspension(fleet.id(i)).get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
                millis.add((at - stoppedAt) / 1e6);
            }
            Collections.sort(millis);
            double cycle = Duration.between(poll.startedAt(), poll.endedAt()).toMillis();
            figures.put("detection.hinted.p50.ms", millis.get(stops / 2));
            figures.put("detection.hinted.p99.ms", millis.get(stops * 99 / 100));
            figures.put("detection.polled.p50.ms", POLL_MILLIS * 0.5 + cycle);
            figures.put("detection.polled.p99.ms", POLL_MILLIS * 0.99 + cycle);
            figures.atMost("detection.hinted.p99.ms", 2_000);
        }
    }

    private CompletableFuture<Long> suspension(VmId vm) {
        return suspendedAt.computeIfAbsent(vm, any -> new CompletableFuture<>());
    }
}
