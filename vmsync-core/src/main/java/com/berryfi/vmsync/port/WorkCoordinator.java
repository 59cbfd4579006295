package com.berryfi.vmsync.port;

import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SyncKind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Shares the work out among the replicas of a backend, so that each piece is done by one of them at a time, and by another once that
 * one is gone. A lease may be lost unnoticed, and two may then do the same; nothing goes wrong by that but that the cloud is asked
 * twice, for every write is a compare-and-set. Thread-safe.
 */
@FunctionalInterface
public interface WorkCoordinator {

    /** A piece of work. */
    sealed interface Work permits ScopeWork, SharedWork {}

    /**
     * To synchronise the VMs of a scope, in syncs of one kind.
     *
     * @param scope which
     * @param kind which VMs a sync of it looks at
     */
    record ScopeWork(Scope scope, SyncKind kind) implements Work {}

    /** What is done for all scopes together. */
    enum SharedWork implements Work {
        /** To deliver billing instructions, in their order. */
        BILLING,
        /** To close the bills of sessions that the host has ended. */
        SETTLEMENT
    }

    /** The right to do a piece of work; given back by closing it, which throws nothing. */
    interface Lease extends AutoCloseable {

        /** {@return whether it has not run out yet, as far as this process can tell} */
        boolean isHeld();

        @Override
        void close();
    }

    /**
     * Takes part, told what this replica was built with: replicas that disagree would undo one another's work. Called before the first
     * claim, when a {@code VmSync} starts or, where the host brings its own schedule, before its first cycle; again until it goes
     * through. By default everybody may take part.
     *
     * @param setup what replicas must agree upon, by the names of properties; names no secret
     * @throws RejectedException if a replica that is at work was built otherwise; the message names each difference and what to do.
     *     Nothing may be claimed
     * @throws UnavailableException if nobody knows
     */
    default void join(Map<String, String> setup) {}

    /**
     * Claims a piece of work.
     *
     * @param work which piece
     * @param atMost for how long, if it is not given back before; a coordinator may lend it for less
     * @return empty if it is another replica's
     * @throws UnavailableException if nobody knows
     * @throws RejectedException if this replica may not take part, see {@link #join}
     */
    Optional<Lease> claim(Work work, Duration atMost);

    /** {@return a coordinator for a backend of one replica: everything is its own, for as long as it likes} */
    static WorkCoordinator alone() {
        Lease lasting = new Lease() {
            @Override
            public boolean isHeld() {
                return true;
            }

            @Override
            public void close() {}
        };
        return (work, atMost) -> Optional.of(lasting);
    }
}
