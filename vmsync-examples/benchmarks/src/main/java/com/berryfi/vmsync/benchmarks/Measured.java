package com.berryfi.vmsync.benchmarks;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;

/**
 * What some work cost.
 *
 * @param calls that came to the simulator
 * @param wallMillis by the clock on the wall
 * @param allocatedMiB by all threads of this JVM, see {@link Allocation}
 * @param receivedMiB of the answers' bodies
 */
record Measured(double calls, double wallMillis, double allocatedMiB, double receivedMiB) {

    private static final double MIB = 1024.0 * 1024;

    static Measured of(Callable<?> work, Simulator simulator, Azure azure) throws Exception {
        simulator.clearCalls();
        long received = azure.receivedBytes();
        Allocation allocation = Allocation.sinceNow();
        long began = System.nanoTime();
        work.call();
        double millis = (System.nanoTime() - began) / 1e6;
        long allocated = allocation.bytes();
        return new Measured(simulator.allCalls(), millis, allocated / MIB, (azure.receivedBytes() - received) / MIB);
    }

    /** Each figure's own median. */
    static Measured median(List<Measured> rounds) {
        return new Measured(
                median(rounds, Measured::calls),
                median(rounds, Measured::wallMillis),
                median(rounds, Measured::allocatedMiB),
                median(rounds, Measured::receivedMiB));
    }

    private static double median(List<Measured> rounds, ToDoubleFunction<Measured> figure) {
        return rounds.stream()
                .map(figure::applyAsDouble)
                .sorted(Comparator.naturalOrder())
                .skip(rounds.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    Measured times(double factor) {
        return new Measured(calls * factor, wallMillis * factor, allocatedMiB * factor, receivedMiB * factor);
    }

    void putInto(Figures figures, String name) {
        figures.put(name + ".calls", calls);
        figures.put(name + ".wall.ms", wallMillis);
        figures.put(name + ".allocated.MiB", allocatedMiB);
        figures.put(name + ".received.MiB", receivedMiB);
    }

    /** A line of a table. */
    String line(String what) {
        return String.format(
                Locale.ROOT,
                "  %-34s %,9.0f calls %,11.1f ms %,9.2f MiB allocated %,8.3f MiB received",
                what,
                calls,
                wallMillis,
                allocatedMiB,
                receivedMiB);
    }
}
