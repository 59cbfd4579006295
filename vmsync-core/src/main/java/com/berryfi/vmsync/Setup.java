package com.berryfi.vmsync;

import com.berryfi.vmsync.model.BillingCut;
import com.berryfi.vmsync.model.BrakePolicy;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SyncPolicy;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.rule.RuleBook;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a {@link VmSync} was built with, as far as replicas must agree: whatever decides what is done to a session, and when. What
 * only says how hard a process works may differ: batches, tries, time-outs, threads, the cloud adapter's own settings.
 */
final class Setup {

    private Setup() {}

    static Map<String, String> of(SyncSettings settings, RuleBook rules, SessionStore store) {
        Map<String, String> setup = new TreeMap<>(store.setup());
        put(setup, "mode", settings.dryRun() ? "dry-run" : "act");
        put(setup, "active-sessions.interval.seconds", seconds(settings.quickInterval()));
        put(setup, "full.interval.seconds", seconds(settings.fullInterval()));
        put(setup, "billing.attempts", String.valueOf(settings.billingAttempts()));
        SyncPolicy policy = settings.policy();
        put(
                setup,
                "mapping",
                Stream.of(PowerState.values())
                        .map(power -> power + " " + policy.mapping().statusOf(power))
                        .collect(Collectors.joining(", ")));
        put(setup, "free-status", policy.freeStatus().name());
        put(setup, "ended-status", policy.endedStatus().name());
        put(setup, "fence.seconds", seconds(policy.fence()));
        put(setup, "start-grace.seconds", seconds(policy.startGrace()));
        put(setup, "confirmation.span.seconds", seconds(policy.confirmationSpan()));
        put(setup, "missing.span.seconds", seconds(policy.missingSpan()));
        put(setup, "stop-timeout.seconds", seconds(policy.stopTimeout()));
        put(
                setup,
                "billing.cut",
                policy.cut() == BillingCut.FIRST_PROOF_OF_OFF ? "first-proof-of-off" : "last-proof-of-running");
        put(setup, "heartbeat.delay.seconds", seconds(policy.heartbeatDelay()));
        put(setup, "orphan.quarantine.seconds", seconds(policy.quarantine()));
        BrakePolicy brake = settings.brake();
        put(setup, "brake.share.percent", String.valueOf(brake.sharePercent()));
        put(setup, "brake.always", String.valueOf(brake.always()));
        put(setup, "brake.window.seconds", seconds(brake.window()));
        put(setup, "brake.release.seconds", seconds(brake.release()));
        setup.put(
                "rules",
                rules.entries().stream()
                        .map(entry -> entry.id() + " " + (entry.isDisabled() ? "DISABLED" : entry.mode()))
                        .collect(Collectors.joining(", ")));
        return Map.copyOf(setup);
    }

    private static void put(Map<String, String> setup, String key, String value) {
        setup.put(SyncSettings.PREFIX + key, value);
    }

    private static String seconds(Optional<Duration> duration) {
        return duration.map(Setup::seconds).orElse("none");
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
    }
}
