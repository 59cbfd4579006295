package com.berryfi.vmsync;

import com.berryfi.vmsync.model.BillingCut;
import com.berryfi.vmsync.model.BrakePolicy;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SettingMap;
import com.berryfi.vmsync.model.StatusMapping;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncPolicy;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a host wants to be synchronised. Immutable; start from {@link #defaults()} or read {@code azure.status.sync.*}.
 *
 * @param enabled whether anything is done at all: if not, no thread and no call
 * @param dryRun whether decisions are made and reported, and nothing is written
 * @param quickInterval from one quick sync to the next
 * @param fullInterval from one full sync to the next
 * @param batchSize the most VMs that are read directly together, and committed in one transaction
 * @param attempts how often a cloud call is tried in all
 * @param timeout how long one try may take
 * @param policy what the host chose about the rules
 * @param brake how many endings may pass in a while
 * @param billingAttempts how often a billing instruction may break off, by anything but being unavailable, before it is parked
 * @param credentialScopes how many scopes of one credential are synchronised beside one another while another's wait
 */
public record SyncSettings(
        boolean enabled,
        boolean dryRun,
        Duration quickInterval,
        Duration fullInterval,
        int batchSize,
        int attempts,
        Duration timeout,
        SyncPolicy policy,
        BrakePolicy brake,
        int billingAttempts,
        int credentialScopes) {

    /** What every setting begins with. */
    public static final String PREFIX = "azure.status.sync.";

    private static final List<String> OTHER_MODULES = List.of("azure.", "jdbc.", "alerts.", "orders.");

    private static final Set<String> KEYS = Set.of(
            "enabled",
            "mode",
            "active-sessions.interval.seconds",
            "full.interval.seconds",
            "batch.size",
            "retry.attempts",
            "credential.scopes",
            "timeout.seconds",
            "fence.seconds",
            "start-grace.seconds",
            "confirmation.span.seconds",
            "missing.span.seconds",
            "heartbeat.delay.seconds",
            "orphan.quarantine.seconds",
            "brake.share.percent",
            "brake.always",
            "brake.window.seconds",
            "brake.release.seconds",
            "stop-timeout.seconds",
            "billing.cut",
            "billing.attempts",
            "mapping",
            "free-status",
            "ended-status");

    public SyncSettings {
        positive("quickInterval", quickInterval.toMillis());
        positive("fullInterval", fullInterval.toMillis());
        positive("batchSize", batchSize);
        positive("attempts", attempts);
        positive("timeout", timeout.toMillis());
        positive("billingAttempts", billingAttempts);
        positive("credentialScopes", credentialScopes);
    }

    private static void positive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": must be longer or more than zero, is " + value);
        }
    }

    /** Act, every 30 s and 5 min, 10 a batch, 3 tries of 30 s, 4 scopes of a credential at a time, the standard policy. */
    public static SyncSettings defaults() {
        return from(Map.of());
    }

    /** All settings that {@link #from} reads, by their whole names. */
    public static Set<String> keys() {
        return KEYS.stream().map(PREFIX::concat).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Reads {@code azure.status.sync.*}; keys of other prefixes are passed over.
     *
     * @throws IllegalArgumentException if a key is unknown or a value is bad; the message names the key
     */
    public static SyncSettings from(Map<String, String> properties) {
        SettingMap map = SettingMap.of(PREFIX, properties, KEYS, OTHER_MODULES);
        SyncPolicy standard = SyncPolicy.standard();
        SyncPolicy policy = new SyncPolicy(
                map.choice(
                        "mapping",
                        Map.of(
                                "standard",
                                StatusMapping.standard(),
                                "deallocated-apart",
                                StatusMapping.tellingDeallocatedApart()),
                        standard.mapping()),
                map.choice(
                        "free-status",
                        Map.of(
                                "AVAILABLE", VmStatus.AVAILABLE,
                                "STOPPED", VmStatus.STOPPED,
                                "DEALLOCATED", VmStatus.DEALLOCATED),
                        standard.freeStatus()),
                map.choice(
                        "ended-status",
                        Map.of("TERMINATED", SessionStatus.TERMINATED, "COMPLETED", SessionStatus.COMPLETED),
                        standard.endedStatus()),
                map.seconds("fence.seconds", standard.fence()),
                map.seconds("start-grace.seconds", standard.startGrace()),
                map.seconds("confirmation.span.seconds", standard.confirmationSpan()),
                map.seconds("missing.span.seconds", standard.missingSpan()),
                map.seconds("stop-timeout.seconds", standard.stopTimeout()),
                map.choice(
                        "billing.cut",
                        Map.of(
                                "last-proof-of-running", BillingCut.LAST_PROOF_OF_RUNNING,
                                "first-proof-of-off", BillingCut.FIRST_PROOF_OF_OFF),
                        standard.cut()),
                map.optionalSeconds("heartbeat.delay.seconds", SyncPolicy.LONGEST_HEARTBEAT_DELAY),
                map.optionalSeconds("orphan.quarantine.seconds"));
        BrakePolicy brake = new BrakePolicy(
                map.number("brake.share.percent", 0, 100, BrakePolicy.standard().sharePercent()),
                map.number(
                        "brake.always",
                        0,
                        Integer.MAX_VALUE,
                        BrakePolicy.standard().always()),
                map.seconds("brake.window.seconds", BrakePolicy.standard().window()),
                map.seconds("brake.release.seconds", BrakePolicy.standard().release()));
        return new SyncSettings(
                map.flag("enabled", true),
                map.choice("mode", Map.of("act", false, "dry-run", true), false),
                map.seconds("active-sessions.interval.seconds", Duration.ofSeconds(30)),
                map.seconds("full.interval.seconds", Duration.ofMinutes(5)),
                map.count("batch.size", 10),
                map.count("retry.attempts", 3),
                map.seconds("timeout.seconds", Duration.ofSeconds(30)),
                policy,
                brake,
                map.count("billing.attempts", 10),
                map.count("credential.scopes", 4));
    }

    /** As {@link #from(Map)}. */
    public static SyncSettings from(Properties properties) {
        return from(properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(key -> key, properties::getProperty)));
    }

    /** The same, with another policy. */
    public SyncSettings withPolicy(SyncPolicy value) {
        return new SyncSettings(
                enabled,
                dryRun,
                quickInterval,
                fullInterval,
                batchSize,
                attempts,
                timeout,
                value,
                brake,
                billingAttempts,
                credentialScopes);
    }

    /** The same, writing nothing. */
    SyncSettings asDryRun() {
        return new SyncSettings(
                enabled,
                true,
                quickInterval,
                fullInterval,
                batchSize,
                attempts,
                timeout,
                policy,
                brake,
                billingAttempts,
                credentialScopes);
    }

    /** From one sync of a kind to the next; of {@link SyncKind#DIRECT} how long it may take. */
    Duration interval(SyncKind kind) {
        return kind == SyncKind.FULL ? fullInterval : quickInterval;
    }
}
