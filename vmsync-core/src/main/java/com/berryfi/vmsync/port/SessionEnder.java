package com.berryfi.vmsync.port;

import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Transition;

/**
 * The host's own way to end a session, where an update of its two rows is not enough. Called after what vmsync remembers of the
 * ending is durable, at least once, and again in later cycles while the session's row says that it has not ended. It must be
 * idempotent by session. Thread-safe. It may block; the cycle waits for it.
 */
@FunctionalInterface
public interface SessionEnder {

    /**
     * Ends a session. Returning means: its row says so, or will soon.
     *
     * @param managed the VM and its session as they were read
     * @param transition what vmsync would have written: how the session ends, and what becomes of the VM
     * @throws UnavailableException if it should be tried again later
     * @throws RejectedException if the host refuses; asked again in the next cycle all the same, and reported
     */
    void end(ManagedVm managed, Transition transition);
}
