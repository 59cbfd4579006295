package com.berryfi.vmsync.benchmarks;

import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.testkit.InMemoryBilling;
import com.berryfi.vmsync.testkit.InMemoryStore;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Many subscriptions under a few credentials, both loops at their real pace; and how the cost grows with the fleet. */
final class FleetPart {

    private static final Duration LATENCY = Duration.ofMillis(30);
    private static final int VMS_A_SUBSCRIPTION = 500;
    private static final int SUBSCRIPTIONS_A_CREDENTIAL = 4;
    private static final int IN_USE_EVERY = 50;
    private static final int QUICK = 10;
    private static final int FULL = 2;
    private static final Duration LONGEST = Duration.ofMinutes(8);
    private static final double KIB = 1024;
    private static final double SHARE = 0.5;

    /** What a full sync and a quick one cost a VM. */
    private record Cost(double calls, double allocatedBytes, double heldBytes) {}

    private final Figures figures;
    private final PrintStream out;
    private final Simulator simulator;
    private final Azure azure;

    private FleetPart(Figures figures, PrintStream out, Simulator simulator) {
        this.figures = figures;
        this.out = out;
        this.simulator = simulator;
        this.azure = new Azure(simulator.endpoint());
    }

    /** Measures a fleet of so many subscriptions, and how the cost grew from a tenth of it. */
    static void run(int subscriptions, Figures figures, PrintStream out) throws IOException, InterruptedException {
        try (Simulator simulator = Simulator.start()) {
            simulator.latency(LATENCY);
            simulator.enforceLimits();
            FleetPart part = new FleetPart(figures, out, simulator);
            part.synced("warm-up", 2, false);
            Cost small = part.synced("small", subscriptions / 10, false);
            Cost large = part.synced("large", subscriptions, true);
            simulator.peaks().forEach((limit, share) -> figures.put("fleet.peak." + limit, share));
            for (String limit : List.of("ARM_READS", "LISTS", "DIRECT_READS", "DIRECT_READS_OF_ONE")) {
                out.println("  peak share of " + limit + ": " + Figures.plain(figures.of("fleet.peak." + limit)));
                figures.atMost("fleet.peak." + limit, SHARE);
            }
            figures.exactly("fleet.peak.refused", 0);
            part.growth("calls", small.calls(), large.calls());
            part.growth("allocated", small.allocatedBytes(), large.allocatedBytes());
            part.growth("held", small.heldBytes(), large.heldBytes());
            figures.put("fleet.throttled", part.azure.throttled());
            figures.exactly("fleet.throttled", 0);
        }
    }

    private Cost synced(String name, int subscriptions, boolean atItsPace) throws IOException, InterruptedException {
        List<Fleet> fleets = IntStream.range(0, subscriptions)
                .mapToObj(i -> new Fleet(
                        new Scope("azure", "tenant", "principal-" + i / SUBSCRIPTIONS_A_CREDENTIAL, name + "-" + i),
                        VMS_A_SUBSCRIPTION,
                        IN_USE_EVERY))
                .toList();
        int vms = subscriptions * VMS_A_SUBSCRIPTION;
        out.println("== fleet: " + vms + " VMs in " + subscriptions + " subscriptions");
        InMemoryStore store = new InMemoryStore();
        for (Fleet fleet : fleets) {
            simulator.put(fleet);
            fleet.putInto(store, any -> false);
        }
        long baseline = Heap.heldBytes();
        Cycles cycles = new Cycles(QUICK + 1, FULL + 1, out);
        try (VmSync sync = VmSync.builder(store, azure.adapter(System::nanoTime), new InMemoryBilling())
                .withListener(cycles)
                .build()) {
            simulator.clearCalls();
            Allocation allocation = Allocation.sinceNow();
            sync.runOnce(SyncKind.FULL);
            sync.runOnce(SyncKind.QUICK);
            double allocated = allocation.bytes();
            double calls = simulator.allCalls();
            Cost cost = new Cost(calls / vms, allocated / vms, (double) (Heap.heldBytes() - baseline) / vms);
            out.println("  a VM, of a full and a quick sync: " + cost);
            if (atItsPace) {
                pace(sync, cycles);
                double held = (double) (Heap.heldBytes() - baseline) / vms;
                figures.put("fleet.held.KiBAVm", held / KIB);
                figures.atMost("fleet.held.KiBAVm", 1);
            }
            return cost;
        }
    }

    private void pace(VmSync sync, Cycles cycles) throws IOException, InterruptedException {
        simulator.clearCalls();
        sync.start();
        figures.put("fleet.cyclesMissing", cycles.await(LONGEST) ? 0 : 1);
        figures.put("fleet.calls", simulator.allCalls());
        simulator.calls().forEach((call, times) -> figures.put("fleet.calls." + call, times));
        figures.put("fleet.quick.longest.ms", cycles.longestMillis(SyncKind.QUICK));
        figures.put("fleet.full.longest.ms", cycles.longestMillis(SyncKind.FULL));
        figures.put("fleet.unread", cycles.unread());
        figures.put("fleet.overruns", cycles.overruns());
        figures.exactly("fleet.cyclesMissing", 0);
        figures.exactly("fleet.unread", 0);
        figures.exactly("fleet.overruns", 0);
    }

    private void growth(String what, double small, double large) {
        String name = "fleet.growth." + what;
        figures.put(name, large / small);
        figures.put("fleet." + what + ".aVm", large);
        figures.atMost(name, 1.2);
    }
}
