package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.jdbc.HostTables;

/**
 * A bean of this type says how the host's columns and status values are called where they are not called as BerryFi's are. Of several,
 * in their order.
 */
@FunctionalInterface
public interface HostTablesCustomizer {

    /**
     * The tables as the host has them.
     *
     * @param tables as the settings and the customizers before have them
     */
    HostTables customize(HostTables tables);
}
