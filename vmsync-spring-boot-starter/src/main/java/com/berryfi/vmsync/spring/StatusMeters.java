package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.View;
import com.berryfi.vmsync.model.Alert;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.UnknownCause;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** Gauges over the status: all of one scrape show the same, for it is made out once a second at most. */
final class StatusMeters {

    private static final String SECONDS = "seconds";
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final String STATUS = "status";
    /** Clouds name their limits themselves; what they name beyond these has no gauge. */
    private static final int MOST_LIMITS = 20;

    private final MeterRegistry registry;
    private final LoadingCache<String, Snapshot> snapshots;
    private final Set<String> limits = ConcurrentHashMap.newKeySet();

    StatusMeters(MeterRegistry registry, View view) {
        this.registry = registry;
        this.snapshots = Caffeine.newBuilder()
                .expireAfterWrite(FRESH)
                .ticker(() -> registry.config().clock().monotonicTime())
                .build(any -> Snapshot.of(view));
    }

    void register() {
        gauge("vmsync.acting", "1 where corrections are made: neither switched off, nor a dry run", Snapshot::acting);
        gauge("vmsync.sessions.live", "Live sessions of the scopes looked after", Snapshot::liveSessions);
        seconds(
                "vmsync.sessions.unverified.age",
                "For how long the cloud has said nothing definite of a session's machine, at most",
                Snapshot::secondsUnverified);
        gauge("vmsync.brake.held", "VMs whose endings or pauses the brake holds", Snapshot::braked);
        gauge("vmsync.rows.bad", "Rows of the host's that cannot be worked with", Snapshot::badRows);
        gauge("vmsync.database.lost", "Cycles in a row that were lost to our own database", Snapshot::cyclesLost);
        gauge(
                "vmsync.billing.waiting",
                "Billing instructions that could not be delivered",
                now -> now.status().billing().waiting());
        seconds("vmsync.billing.waiting.age", "For how long some have waited", Snapshot::secondsWaiting);
        gauge(
                "vmsync.billing.parked",
                "Billing instructions that wait for an operator",
                now -> now.status().billing().parked().size());
        scopes();
        byKind();
    }

    private void scopes() {
        String scopes = "vmsync.scopes";
        String what = "Scopes, by how they fare";
        gauge(scopes, what, now -> now.status().scopes().size(), "state", "looked-after");
        gauge(scopes, what, now -> now.status().elsewhere().size(), "state", "elsewhere");
        gauge(scopes, what, Snapshot::frozenScopes, "state", "frozen");
        for (UnknownCause cause : UnknownCause.values()) {
            gauge(
                    "vmsync.scopes.unreadable",
                    "Scopes that cannot be read, by the cause",
                    now -> now.unreadableScopes(cause),
                    "cause",
                    EnumTag.of(cause));
        }
    }

    private void byKind() {
        for (SyncKind kind : List.of(SyncKind.QUICK, SyncKind.FULL)) {
            gauge(
                    "vmsync.deadline.missed",
                    "1 where no cycle of this kind has ended for three intervals",
                    now -> now.missedDeadline(kind),
                    "kind",
                    EnumTag.of(kind));
            seconds(
                    "vmsync.cycle.age",
                    "Since the last cycle of this kind ended",
                    now -> now.secondsSinceCycle(kind),
                    "kind",
                    EnumTag.of(kind));
        }
        for (Held.Reason reason : Held.Reason.values()) {
            gauge(
                    "vmsync.held",
                    "VMs that wait, by what they wait for",
                    now -> now.status().held().getOrDefault(reason, 0),
                    "reason",
                    EnumTag.of(reason));
        }
        for (FindingKind kind : FindingKind.values()) {
            gauge(
                    "vmsync.findings",
                    "Findings that stand",
                    now -> now.status().findings().stream()
                            .filter(finding -> finding.kind() == kind)
                            .count(),
                    "kind",
                    EnumTag.of(kind));
        }
        for (Alert.Kind kind : Alert.Kind.values()) {
            for (Alert.Level level : Alert.Level.values()) {
                gauge(
                        "vmsync.alerts",
                        "Alerts that stand",
                        now -> now.alerts(kind, level),
                        "kind",
                        EnumTag.of(kind),
                        "level",
                        EnumTag.of(level));
            }
        }
    }

    /** A gauge for a limit that is heard of for the first time. */
    void limit(String limit) {
        if (!limits.contains(limit) && limits.size() < MOST_LIMITS && limits.add(limit)) {
            gauge(
                    "vmsync.quota.left",
                    "What the scope with the least has left of one of the cloud's limits",
                    now -> now.quotaLeft(limit),
                    "limit",
                    limit);
        }
    }

    private void gauge(String name, String what, ToDoubleFunction<Snapshot> figure, String... tags) {
        Gauge.builder(name, snapshots, now -> figure.applyAsDouble(now.get(STATUS)))
                .description(what)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    private void seconds(String name, String what, ToDoubleFunction<Snapshot> figure, String... tags) {
        Gauge.builder(name, snapshots, now -> figure.applyAsDouble(now.get(STATUS)))
                .description(what)
                .baseUnit(SECONDS)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }
}
