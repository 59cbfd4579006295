package com.berryfi.vmsync;

import com.berryfi.vmsync.port.PortException;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.UnavailableException;
import com.berryfi.vmsync.port.WorkCoordinator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether this process takes part among the replicas: nothing is written before it does. Thread-safe. */
final class Membership {

    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    private final WorkCoordinator coordinator;
    /** Asked for when it is needed: where nothing is done, nothing is opened for it. */
    private final Supplier<Map<String, String>> setup;

    private boolean joined;

    Membership(WorkCoordinator coordinator, Supplier<Map<String, String>> setup) {
        this.coordinator = coordinator;
        this.setup = setup;
    }

    /**
     * Joins, unless it has.
     *
     * @throws RejectedException if it may not
     * @throws UnavailableException if nobody knows
     */
    synchronized void join() {
        if (!joined) {
            coordinator.join(setup.get());
            joined = true;
        }
    }

    /**
     * The same at a start, which need not wait for a database: the cycles try again.
     *
     * @throws RejectedException if it may not
     */
    void joinIfPossible() {
        try {
            join();
        } catch (UnavailableException e) {
            LOG.warn("the replicas are not joined yet, the next cycle tries again: {}", e.getMessage());
        }
    }

    /** Joins for a cycle, unless it has; why it could not, if so. */
    Optional<String> refusal() {
        try {
            join();
            return Optional.empty();
        } catch (PortException e) {
            LOG.error("nothing is synchronised: {}", e.getMessage());
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
