package com.berryfi.vmsync;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads of our own, for the loops and for hints. */
final class DaemonThreads implements SyncScheduler {

    private final ScheduledThreadPoolExecutor executor;

    DaemonThreads(String prefix, int threads) {
        executor = new ScheduledThreadPoolExecutor(threads, named(prefix));
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    static ThreadFactory named(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void schedule(Duration delay, Runnable task) {
        try {
            // A step answers for its own failures; nobody waits for its end.
            var unused = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            if (!executor.isShutdown()) {
                throw e;
            }
        }
    }

    /** Starts nothing more, and interrupts what still runs. */
    void shutDown() {
        executor.shutdownNow();
    }
}
