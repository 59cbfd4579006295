package com.berryfi.vmsync.benchmarks;

import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.testkit.InMemoryBilling;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;

/** Two full syncs of a large fleet, in a JVM of its own; says its figures in lines. */
public final class MillionMain {

    private static final int CLASSES = 25;

    private MillionMain() {}

    /** Runs; the arguments are how many VMs, and in how many scopes. */
    public static void main(String[] args) throws JMException {
        MillionFleet fleet = new MillionFleet(
                Integer.parseInt(args[0]),
                Integer.parseInt(args[1]),
                Instant.now().minus(Duration.ofHours(1)));
        GeneratedStore store = new GeneratedStore(fleet);
        GeneratedCloud cloud = new GeneratedCloud(fleet);
        try (VmSync sync = VmSync.builder(store, cloud, new InMemoryBilling()).build()) {
            long baseline = Heap.heldBytes();
            synced(sync, "first");
            say("first.committed", store.committed());
            say("first.lists", cloud.lists());
            say("first.directReads", cloud.directReads());
            say("peakHeap.MiB", Heap.peakBytes() / 1024.0 / 1024);
            long held = Heap.heldBytes() - baseline;
            say("held.MiB", held / 1024.0 / 1024);
            say("held.bytesAVm", (double) held / fleet.vms());
            Heap.largestClasses(CLASSES).forEach(System.out::println);
            synced(sync, "second");
        }
    }

    private static void synced(VmSync sync, String name) {
        long collecting = Heap.collectionMillis();
        Allocation allocation = Allocation.sinceNow();
        long worked = Heap.processorNanos();
        long began = System.nanoTime();
        SyncReport report = sync.runOnce(SyncKind.FULL);
        say(name + ".s", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) / 1000.0);
        say(name + ".processor.s", (Heap.processorNanos() - worked) / 1e9);
        say(name + ".allocated.bytesAVm", (double) allocation.bytes() / report.checked());
        say(name + ".collecting.s", (Heap.collectionMillis() - collecting) / 1000.0);
        say(name + ".checked", report.checked());
        say(name + ".outOfStep", report.outcomes().size());
        say(name + ".corrected", report.count(VmOutcome.Result.DONE));
        say(name + ".held", report.count(VmOutcome.Result.HELD));
        say(
                name + ".unread",
                report.scopes().stream()
                        .filter(scope -> scope.failure().isPresent())
                        .count());
    }

    private static void say(String name, Number value) {
        System.out.println(MillionPart.FIGURE + name + " " + value);
    }
}
