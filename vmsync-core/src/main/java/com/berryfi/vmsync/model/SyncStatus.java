package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How synchronisation fares, as this process knows. What other replicas look after, they tell.
 *
 * @param asOf as of when this is said
 * @param enabled whether anything is done at all
 * @param dryRun whether nothing is written
 * @param startedAt when the loops were started; empty if they were not
 * @param loops how the quick and the full sync fare; an entry for each of the two
 * @param scopes the scopes that this process looks after
 * @param elsewhere which kinds of sync of which scopes were left to other replicas, the last time
 * @param held how many VMs wait, by what they wait for
 * @param waits those VMs: with a session first, then the longest wait first
 * @param findings those that stand, oldest first
 * @param badRows rows that cannot be worked with, since when, and which
 * @param billing the delivery of billing instructions
 * @param orders the operators' orders that are in force, as they were when the last cycle began
 * @param database how our own database fails; empty if it does not
 * @param trend how drift and its corrections went on
 */
public record SyncStatus(
        Instant asOf,
        boolean enabled,
        boolean dryRun,
        Optional<Instant> startedAt,
        Map<SyncKind, LoopStatus> loops,
        List<ScopeStatus> scopes,
        Map<Scope, Set<SyncKind>> elsewhere,
        Map<Held.Reason, Integer> held,
        List<Wait> waits,
        List<Standing> findings,
        Optional<BadRows> badRows,
        BillingStatus billing,
        List<Order> orders,
        Optional<Lost> database,
        Trend trend) {

    public SyncStatus {
        loops = Map.copyOf(loops);
        scopes = List.copyOf(scopes);
        elsewhere = Map.copyOf(elsewhere);
        held = Map.copyOf(held);
        waits = List.copyOf(waits);
        findings = List.copyOf(findings);
        orders = List.copyOf(orders);
    }

    /**
     * Rows that cannot be worked with.
     *
     * @param since since when there are any
     * @param rows which; never empty
     */
    public record BadRows(Instant since, List<RowProblem> rows) {

        public BadRows {
            rows = List.copyOf(rows);
        }
    }

    /**
     * Cycles that were lost, in whole or in part, because our own database could not be worked with.
     *
     * @param since when the first of them in a row ended
     * @param why in words
     * @param times how many in a row
     */
    public record Lost(Instant since, String why, int times) {}

    /**
     * How drift and its corrections went on. Held in this process's memory alone: a restart begins it anew, and what other replicas look
     * after, they tell.
     *
     * @param drift one for each full sync that looked at something, oldest first, 288 at most
     * @param recent the latest corrections, newest first, 50 at most
     */
    public record Trend(List<DriftPoint> drift, List<Corrected> recent) {

        /** Copies the lists. */
        public Trend {
            drift = List.copyOf(drift);
            recent = List.copyOf(recent);
        }
    }

    /** How one of the two loops fares. */
    public LoopStatus loop(SyncKind kind) {
        return Objects.requireNonNull(loops.get(kind), "kind: QUICK or FULL");
    }

    /** Whether the quick or the full sync has missed its deadline. */
    public boolean isDeadlineMissed() {
        return loops.values().stream().anyMatch(loop -> loop.missed().isPresent());
    }

    /** The session in use, of all scopes, whose machine the cloud said nothing definite of for the longest time; empty if there is none. */
    public Optional<Unverified> oldestUnverified() {
        return scopes.stream()
                .flatMap(scope -> scope.oldestUnverified().stream())
                .min(Comparator.comparing(Unverified::since));
    }
}
