package com.berryfi.vmsync;

import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.Outage;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.plan.Health;
import com.berryfi.vmsync.plan.Restraint;
import com.berryfi.vmsync.port.SyncJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How well this process knows each scope, how many sessions live there, and what operators have ordered. Thread-safe. */
final class Watchman {

    /** How many could go: sessions that live, and VMs without one. */
    private record Census(int live, int idle) {}

    private final Map<Scope, Health> healths = new ConcurrentHashMap<>();
    private final Map<Scope, Census> census = new ConcurrentHashMap<>();
    private final Duration fullInterval;
    private volatile List<Order> orders = List.of();

    Watchman(Duration fullInterval) {
        this.fullInterval = fullInterval;
    }

    /** A copy that may go its own way. */
    Watchman copy() {
        Watchman copy = new Watchman(fullInterval);
        copy.healths.putAll(healths);
        copy.census.putAll(census);
        copy.orders = orders;
        return copy;
    }

    void refreshOrders(SyncJournal journal) {
        orders = List.copyOf(journal.orders());
    }

    List<Order> orders() {
        return orders;
    }

    void noteWhole(Scope scope, Instant at, Optional<Pass> before) {
        healths.compute(
                scope,
                (same, known) ->
                        (known == null ? Health.UNKNOWN : known).whole(at, before.map(Pass::at), fullInterval));
    }

    void noteFailed(Scope scope, Duration interval) {
        healths.compute(scope, (same, known) -> (known == null ? Health.UNKNOWN : known).failed(interval));
    }

    /** Our own database or clock failed: nothing is trusted until it is read again. */
    void distrustAll() {
        healths.replaceAll((scope, health) -> health.distrusted());
    }

    Optional<Restraint.Freeze> freeze(Scope scope, Instant now) {
        return Restraint.freeze(healths.getOrDefault(scope, Health.UNKNOWN), scope, orders, now, fullInterval);
    }

    Optional<Outage> outage(Scope scope) {
        return healths.getOrDefault(scope, Health.UNKNOWN).outage();
    }

    Optional<Order> hold(VmId vm, Instant now) {
        return Restraint.hold(vm, orders, now);
    }

    /** Notes how many sessions live in a scope, and, where a full sync has counted them, how many VMs have none. */
    void noteCensus(Scope scope, int live, Optional<Integer> idle) {
        census.merge(
                scope,
                new Census(live, idle.orElse(0)),
                (known, now) -> new Census(now.live(), idle.orElse(known.idle())));
    }

    int live(Scope scope) {
        return census.getOrDefault(scope, new Census(0, 0)).live();
    }

    int liveInAll() {
        return census.values().stream().mapToInt(Census::live).sum();
    }

    int idle(Scope scope) {
        return census.getOrDefault(scope, new Census(0, 0)).idle();
    }

    int idleInAll() {
        return census.values().stream().mapToInt(Census::idle).sum();
    }
}
