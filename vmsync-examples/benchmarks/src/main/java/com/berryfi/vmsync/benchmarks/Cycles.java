package com.berryfi.vmsync.benchmarks;

import com.berryfi.vmsync.event.CycleEnded;
import com.berryfi.vmsync.event.CycleOverrun;
import com.berryfi.vmsync.event.SyncListener;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;

/** Prints the cycles of both loops as they end, until there were enough of each. Thread-safe. */
final class Cycles implements SyncListener {

    private final Map<SyncKind, CountDownLatch> left;
    private final Map<SyncKind, LongAccumulator> longest =
            Map.of(SyncKind.QUICK, new LongAccumulator(Math::max, 0), SyncKind.FULL, new LongAccumulator(Math::max, 0));
    private final AtomicInteger unread = new AtomicInteger();
    private final AtomicInteger overruns = new AtomicInteger();
    private final PrintStream out;

    Cycles(int quick, int full, PrintStream out) {
        this.left = Map.of(SyncKind.QUICK, new CountDownLatch(quick), SyncKind.FULL, new CountDownLatch(full));
        this.out = out;
    }

    @Override
    public void onCycle(CycleEnded event) {
        SyncReport report = event.report();
        long millis = Duration.between(report.startedAt(), report.endedAt()).toMillis();
        int failed = (int) report.scopes().stream()
                .filter(scope -> scope.failure().isPresent())
                .count();
        unread.addAndGet(failed);
        of(longest, report.kind()).accumulate(millis);
        out.println("  " + report.kind() + " " + report.checked() + " VMs in " + millis + " ms, " + failed + " of "
                + report.scopes().size() + " scopes not read, "
                + report.scopes().stream()
                        .mapToInt(scope -> scope.directReads())
                        .sum() + " read directly, "
                + report.outcomes().size() + " out of step");
        of(left, report.kind()).countDown();
    }

    @Override
    public void onOverrun(CycleOverrun event) {
        overruns.incrementAndGet();
    }

    /** Waits until there were enough of both; whether there were in time. */
    boolean await(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        for (CountDownLatch each : left.values()) {
            if (!each.await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return false;
            }
        }
        return true;
    }

    /** How long the longest cycle of a kind took, in milliseconds. */
    long longestMillis(SyncKind kind) {
        return of(longest, kind).get();
    }

    /** How often a scope was not read to its end. */
    int unread() {
        return unread.get();
    }

    /** How often a cycle took longer than its interval. */
    int overruns() {
        return overruns.get();
    }

    private static <T> T of(Map<SyncKind, T> map, SyncKind kind) {
        T value = map.get(kind);
        if (value == null) {
            throw new IllegalArgumentException("no loop runs a " + kind + " sync");
        }
        return value;
    }
}
