package com.berryfi.vmsync.jdbc;

import java.util.Locale;

/** A column of the host's tables that vmsync reads or writes. */
public sealed interface HostColumn permits VmColumn, SessionColumn {

    /** {@return what BerryFi calls it, or would: it has no versions} */
    String defaultName();

    /** {@return whether no host can do without it} */
    boolean isRequired();

    /** {@return the constant's name} */
    String name();

    /** {@return under which label a query returns it: a plain name in lower case, whatever the host calls the column} */
    default String label() {
        return "c_" + name().toLowerCase(Locale.ROOT);
    }
}
