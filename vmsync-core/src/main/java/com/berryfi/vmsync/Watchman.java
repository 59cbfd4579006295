package com.berryfi.vmsync;

import com.berryfi.vmsync.model.BrakeKind;
import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.Outage;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.plan.Alarm;
import com.berryfi.vmsync.plan.Brake;
import com.berryfi.vmsync.plan.Health;
import com.berryfi.vmsync.plan.Knowledge;
import com.berryfi.vmsync.plan.Restraint;
import com.berryfi.vmsync.port.SyncJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** How well this process knows each scope, how many sessions live there, and what operators have ordered. Thread-safe. */
final class Watchman {

    private final Map<Scope, Health> healths = new ConcurrentHashMap<>();
    private final Map<Scope, Alarm> alarms = new ConcurrentHashMap<>();
    private final Map<Scope, Brake.Census> live = new ConcurrentHashMap<>();
    private final Map<Scope, Brake.Census> idle = new ConcurrentHashMap<>();
    private final Duration fullInterval;
    private final Instant startedAt;
    /** What another process has read since then is as good as read by this one. */
    private volatile Instant trustsSince;

    private volatile List<Order> orders = List.of();

    Watchman(Duration fullInterval, Instant startedAt) {
        this.fullInterval = fullInterval;
        this.startedAt = startedAt;
        this.trustsSince = startedAt;
    }

    /** A copy that may go its own way. */
    Watchman copy() {
        Watchman copy = new Watchman(fullInterval, startedAt);
        copy.trustsSince = trustsSince;
        copy.healths.putAll(healths);
        copy.live.putAll(live);
        copy.idle.putAll(idle);
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

    /** Notes a pass that may be another process's: whoever reads a single VM of a scope need not have read it whole by himself. */
    void notePass(Pass pass, Instant now) {
        healths.compute(
                pass.scope(),
                (same, known) ->
                        (known == null ? Health.UNKNOWN : known).passed(pass.at(), trustsSince, now, fullInterval));
    }

    /** Whether it is news that a scope cannot be read. */
    boolean raise(Scope scope, SyncKind kind, UnknownCause cause) {
        AtomicBoolean news = new AtomicBoolean();
        alarms.compute(scope, (same, standing) -> {
            news.set(Alarm.isNews(Optional.ofNullable(standing), cause));
            return news.get() ? new Alarm(kind, cause) : standing;
        });
        return news.get();
    }

    /** Whether it is news that a scope can be read. */
    boolean clear(Scope scope, SyncKind kind) {
        Alarm standing = alarms.get(scope);
        return standing != null && standing.endsWith(kind) && alarms.remove(scope, standing);
    }

    /** Our own database or clock failed: nothing is trusted until it is read again. */
    void distrustAll(Instant now) {
        trustsSince = now;
        healths.replaceAll((scope, health) -> health.distrusted());
    }

    /** The clock jumped: nothing is trusted, and every grace starts afresh. */
    void clockJumped(Instant now) {
        trustsSince = now;
        healths.replaceAll((scope, health) -> health.jumped());
    }

    /** When this process began. */
    Instant startedAt() {
        return startedAt;
    }

    /** All that is known of scopes, as of now. */
    Knowledge knowledge() {
        return new Knowledge(Map.copyOf(healths), trustsSince, orders);
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

    /** Notes how many sessions live in a scope since before the brake's window, and, where a full sync has counted them, how many VMs have none. */
    void noteCensus(Scope scope, Instant asOf, int count, Optional<Integer> without) {
        live.put(scope, new Brake.Census(count, asOf));
        without.ifPresent(number -> idle.put(scope, new Brake.Census(number, asOf)));
    }

    /** How many could go under a brake, by scope. */
    Map<Scope, Brake.Census> census(BrakeKind kind) {
        return Map.copyOf(kind == BrakeKind.DEALLOCATE ? idle : live);
    }
}
