package com.berryfi.vmsync.jdbc;

import java.util.Locale;

/** A column of the host's tables that vmsync reads or writes. */
public sealed interface HostColumn permits VmColumn, SessionColumn {

    /** What BerryFi calls it, or would: it has no versions. */
    String defaultName();

    /** Whether no host can do without it. */
    boolean isRequired();

    /** The constant's name. */
    String name();

    /** Under which label a query returns it. */
    default String label() {
        return "c_" + name().toLowerCase(Locale.ROOT);
    }
}
