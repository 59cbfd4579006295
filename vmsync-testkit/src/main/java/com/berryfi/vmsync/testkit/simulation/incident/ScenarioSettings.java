package com.berryfi.vmsync.testkit.simulation.incident;

import com.berryfi.vmsync.SyncSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The settings of incidents, each read once: a rule book is found total once for each policy. */
final class ScenarioSettings {

    private static final Map<Map<String, String>, SyncSettings> READ = new ConcurrentHashMap<>();

    private ScenarioSettings() {}

    /** These, and a single try of each call. */
    static SyncSettings of(Map<String, String> properties) {
        return READ.computeIfAbsent(Map.copyOf(properties), same -> {
            Map<String, String> all = new HashMap<>(same);
            all.put("retry.attempts", "1");
            Map<String, String> prefixed = new HashMap<>();
            all.forEach((key, value) -> prefixed.put(SyncSettings.PREFIX + key, value));
            return SyncSettings.from(prefixed);
        });
    }
}
