package com.berryfi.vmsync;

import java.time.Duration;

/**
 * Runs the loops' steps later. Unless told otherwise the library uses two daemon threads of its own; the testkit brings one on
 * virtual time, and a host may bring its own, which stays the host's to shut down. Thread-safe.
 */
@FunctionalInterface
public interface SyncScheduler {

    /**
     * Runs a task once. Returns at once, without waiting for it.
     *
     * @param delay how long from now; zero or less means as soon as possible
     * @param task answers for its own failures; may run beside other tasks
     */
    void schedule(Duration delay, Runnable task);
}
