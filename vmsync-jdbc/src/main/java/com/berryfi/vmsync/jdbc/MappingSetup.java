package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.VmStatus;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What replicas must agree upon of the host's tables: as they were found, so that two spellings of one name are the same. */
final class MappingSetup {

    private static final String NONE = "not mapped";

    private MappingSetup() {}

    static Map<String, String> of(HostSchema schema, BillingWay billing) {
        Map<String, String> setup = new TreeMap<>();
        HostTables tables = schema.tables();
        setup.put(HostTables.PREFIX + "zone", tables.zone().normalized().getId());
        setup.put(HostTables.PREFIX + "vm-table", schema.vmTable());
        setup.put(HostTables.PREFIX + "session-table", schema.sessionTable());
        setup.put("HostTables.cloud", tables.cloud());
        setup.put("billing", billing.words());
        Stream.<HostColumn>concat(Stream.of(VmColumn.values()), Stream.of(SessionColumn.values()))
                .forEach(column -> setup.put(
                        HostTables.describe(column), schema.optional(column).orElse(NONE)));
        for (VmStatus status : VmStatus.values()) {
            setup.put("VmStatus." + status, words(schema.vmStatuses().bound(status)));
        }
        for (SessionStatus status : SessionStatus.values()) {
            setup.put("SessionStatus." + status, words(schema.sessionStatuses().bound(status)));
        }
        return Map.copyOf(setup);
    }

    private static String words(Optional<Object> bound) {
        return bound.map(String::valueOf).orElse(NONE);
    }
}
