package com.berryfi.vmsync.testkit.simulation.campaign;

import com.berryfi.vmsync.testkit.simulation.SeedResult;
import com.berryfi.vmsync.testkit.simulation.Simulation;
import com.berryfi.vmsync.testkit.simulation.world.HostDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;

/** The same seeds for vmsync and for the naive loop, side by side; the sums do not depend on who was quicker. */
final class Worlds {

    private static final int TOGETHER = 20;

    /** What came of both. */
    record Both(Sums vmSync, Sums naive) {

        Both() {
            this(new Sums(), new Sums());
        }

        void add(Both next) {
            vmSync.add(next.vmSync);
            naive.add(next.naive);
        }
    }

    private final LongFunction<HostDatabase> databases;

    /** @param databases an empty one for a seed's world */
    Worlds(LongFunction<HostDatabase> databases) {
        this.databases = databases;
    }

    /** Runs seeds from 1 on. */
    Both run(int seeds, ExecutorService threads, LongConsumer progress) throws InterruptedException {
        List<Future<Both>> running = new ArrayList<>();
        for (long from = 1; from <= seeds; from += TOGETHER) {
            long first = from;
            long last = Math.min(seeds, from + TOGETHER - 1);
            running.add(threads.submit(() -> together(first, last)));
        }
        Both all = new Both();
        for (Future<Both> each : running) {
            try {
                all.add(each.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("seeds were lost", e);
            }
            progress.accept(all.vmSync().seeds());
        }
        return all;
    }

    private Both together(long first, long last) {
        Both both = new Both();
        for (long seed = first; seed <= last; seed++) {
            add(both.vmSync(), standard(seed), seed);
            add(both.naive(), Simulation.naive(), seed);
        }
        return both;
    }

    /** vmsync, over the database that a seed's world has. */
    Simulation standard(long seed) {
        return Simulation.standard().withDatabases(() -> databases.apply(seed));
    }

    private static void add(Sums sums, Simulation simulation, long seed) {
        SeedResult result;
        try {
            result = simulation.run(seed);
        } catch (RuntimeException | Error e) {
            sums.crashed(seed, e);
            return;
        }
        sums.add(result);
    }
}
