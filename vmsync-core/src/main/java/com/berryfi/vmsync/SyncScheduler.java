package com.berryfi.vmsync;

import java.time.Duration;

/**
 * Runs the loops' steps later. The library brings {@link #daemonThreads()}; the testkit brings one on virtual time, and a host may
 * bring its own. Thread-safe.
 */
public interface SyncScheduler {

    /** Runs a task once, a while from now; after {@link #close} it is dropped. A delay of zero or less means: as soon as possible. */
    void schedule(Duration delay, Runnable task);

    /**
     * Starts nothing more, and waits for what runs.
     *
     * @param atMost how long; what still runs then is interrupted
     * @return whether everything had ended by itself
     */
    boolean close(Duration atMost);

    /** Two daemon threads called {@code vmsync-…}, made when first needed. */
    static SyncScheduler daemonThreads() {
        return new DaemonThreads();
    }
}
