package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.SettingMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a host that leaves its wiring to settings wants of this module, beside {@link HostTables#from} and
 * {@link JdbcWorkCoordinator#from}.
 *
 * @param createsTables whether vmsync's own tables are made if they are not there; if not, they are only checked
 * @param replicas whether several replicas of the host share the work out
 */
public record JdbcSettings(boolean createsTables, boolean replicas) {

    /** {@return all settings of this module, whoever of it reads them, by their whole names} */
    public static Set<String> keys() {
        return HostTables.KEYS.stream().map(HostTables.PREFIX::concat).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Reads {@code azure.status.sync.jdbc.schema}, which is {@code check} by default, or {@code create}; and
     * {@code azure.status.sync.jdbc.replicas}, {@code one} by default, or {@code many}. Keys of other prefixes are passed over.
     *
     * @param properties settings by their whole names; empty gives the defaults
     * @return what they say
     * @throws IllegalArgumentException if a key is unknown or a value is bad; the message names the key
     */
    public static JdbcSettings from(Map<String, String> properties) {
        SettingMap map = SettingMap.of(HostTables.PREFIX, properties, HostTables.KEYS, Set.of());
        return new JdbcSettings(
                map.choice("schema", Map.of("check", false, "create", true), false),
                map.choice("replicas", Map.of("one", false, "many", true), false));
    }
}
