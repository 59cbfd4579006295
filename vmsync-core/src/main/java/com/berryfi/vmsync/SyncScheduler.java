package com.berryfi.vmsync;

import java.time.Duration;

/**
 * Runs the loops' steps later. Unless told otherwise the library uses two daemon threads of its own; the testkit brings one on
 * virtual time, and a host may bring its own, which stays the host's to shut down. Thread-safe.
 */
@FunctionalInterface
public interface SyncScheduler {

    /** Runs a task once, a while from now; zero or less means as soon as possible. */
    void schedule(Duration delay, Runnable task);
}
