package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.jdbc.HostTables;

/**
 * A bean of this type says how the host's columns and status values are called where they are not called as BerryFi's are. Of several,
 * in their order.
 */
@FunctionalInterface
public interface HostTablesCustomizer {

    /**
     * Says how the host's tables are called; called once, at the start.
     *
     * @param tables as the settings and the customizers before have them
     * @return those tables with the host's names, such as {@code tables.withColumn(…)}
     */
    HostTables customize(HostTables tables);
}
