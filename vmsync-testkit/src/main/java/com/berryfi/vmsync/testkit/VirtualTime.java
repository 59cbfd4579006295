package com.berryfi.vmsync.testkit;

import com.berryfi.vmsync.SyncScheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * A clock that stands still until it is told to move on, and a scheduler that runs what is due on the way, on the thread that moves
 * the clock. With it a test of the loops reads "tick 30 s, expect". Thread-safe; but only one thread should move it.
 */
public final class VirtualTime implements InstantSource, SyncScheduler {

    private record Task(Instant due, long order, Runnable work) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing(Task::due).thenComparing(Task::order));
    private Instant now;
    private long order;

    private VirtualTime(Instant start) {
        now = start;
    }

    /**
     * {@return a clock that stands at an instant}
     *
     * @param start the instant at which it stands until it is moved
     */
    public static VirtualTime startingAt(Instant start) {
        return new VirtualTime(start);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /**
     * Moves the clock on, without running anything, as time passes while a task works.
     *
     * @param duration how long; not negative
     */
    public synchronized void pass(Duration duration) {
        now = now.plus(duration);
    }

    /**
     * Moves the clock on and runs, each at its instant, what falls due until then.
     *
     * @param duration how long; not negative
     */
    public void tick(Duration duration) {
        Instant until = instant().plus(duration);
        for (Optional<Task> due = next(until); due.isPresent(); due = next(until)) {
            due.get().work().run();
        }
        moveTo(until);
    }

    private synchronized Optional<Task> next(Instant until) {
        Task first = tasks.peek();
        if (first == null || first.due().isAfter(until)) {
            return Optional.empty();
        }
        tasks.remove(first);
        moveTo(first.due());
        return Optional.of(first);
    }

    private synchronized void moveTo(Instant instant) {
        if (instant.isAfter(now)) {
            now = instant;
        }
    }

    /** {@return how many tasks wait} */
    public synchronized int waiting() {
        return tasks.size();
    }

    @Override
    public synchronized void schedule(Duration delay, Runnable task) {
        tasks.add(new Task(now.plus(delay.isNegative() ? Duration.ZERO : delay), order++, task));
    }
}
