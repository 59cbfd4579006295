package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.UnknownCause;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What is counted and timed in one registry. Those whose tags are known beforehand are there, at zero, from the beginning. */
final class EventMeters {

    private static final String KIND = "kind";
    private static final String RULE = "rule";

    private final MeterRegistry registry;
    private final StatusMeters status;
    private final Map<String, AtomicInteger> drift = new ConcurrentHashMap<>();

    EventMeters(MeterRegistry registry, StatusMeters status) {
        this.registry = registry;
        this.status = status;
        for (SyncKind kind : List.of(SyncKind.QUICK, SyncKind.FULL)) {
            CycleOutcome.ALL.forEach(outcome -> cycles(kind, outcome));
            overruns(kind);
        }
        for (UnknownCause cause : UnknownCause.values()) {
            unknowns(cause);
        }
        List.of("suspend", "end").forEach(this::delays);
        delivered();
    }

    void cycle(SyncReport report) {
        cycles(report.kind(), CycleOutcome.of(report)).record(Duration.between(report.startedAt(), report.endedAt()));
        delivered().increment(report.billingDelivered());
        report.scopes().stream()
                .flatMap(scope -> scope.quotaLeft().keySet().stream())
                .distinct()
                .forEach(status::limit);
        if (report.kind() == SyncKind.FULL && report.lost().isEmpty()) {
            drift(report);
        }
    }

    private void drift(SyncReport report) {
        drift.values().forEach(count -> count.set(0));
        report.outcomes().stream()
                .filter(outcome -> outcome.decision().changesAnything()
                        || outcome.decision().held().isPresent())
                .forEach(outcome -> drift.computeIfAbsent(outcome.decision().rule(), this::drift)
                        .incrementAndGet());
    }

    private AtomicInteger drift(String rule) {
        AtomicInteger count = new AtomicInteger();
        Gauge.builder("vmsync.drift", count, AtomicInteger::get)
                .description("VMs that the last full sync found out of step, by the rule that speaks of them")
                .tag(RULE, rule)
                .strongReference(true)
                .register(registry);
        return count;
    }

    void correction(String rule) {
        Counter.builder("vmsync.corrections")
                .description("Corrections that were made")
                .tag(RULE, rule)
                .register(registry)
                .increment();
    }

    void proposal(String rule) {
        Counter.builder("vmsync.proposals")
                .description("Corrections that rules in mode ALERT would have made")
                .tag(RULE, rule)
                .register(registry)
                .increment();
    }

    void overrun(SyncKind kind) {
        overruns(kind).increment();
    }

    void unknown(UnknownCause cause, int count) {
        unknowns(cause).increment(count);
    }

    void detected(String effect, Duration delay) {
        delays(effect).record(delay);
    }

    private Timer cycles(SyncKind kind, String outcome) {
        return Timer.builder("vmsync.cycle")
                .description("Cycles: clean, partial where a scope or a VM failed, lost where our own database did")
                .tag(KIND, EnumTag.of(kind))
                .tag("outcome", outcome)
                .register(registry);
    }

    private Counter overruns(SyncKind kind) {
        return Counter.builder("vmsync.overruns")
                .description("Cycles that took longer than their interval")
                .tag(KIND, EnumTag.of(kind))
                .register(registry);
    }

    private Counter unknowns(UnknownCause cause) {
        return Counter.builder("vmsync.unknowns")
                .description("VMs of which an answer of the cloud said nothing, by the cause; each answer counts")
                .tag("cause", EnumTag.of(cause))
                .register(registry);
    }

    private Timer delays(String effect) {
        return Timer.builder("vmsync.detection.delay")
                .description("From the instant up to which a session is billed to the commit that suspends or ends it")
                .tag("effect", effect)
                .register(registry);
    }

    private Counter delivered() {
        return Counter.builder("vmsync.billing.delivered")
                .description("Billing instructions that were delivered")
                .register(registry);
    }
}
