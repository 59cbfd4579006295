package com.berryfi.vmsync;

import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.rule.RuleBook;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.BooleanSupplier;

/** What every synchronisation of one {@link VmSync} shares. */
record SyncContext(
        SyncSettings settings,
        RuleBook rules,
        InstantSource clock,
        SessionStore store,
        CloudReader cloud,
        Listeners listeners,
        Sightings sightings,
        DryRunMemory dryRunMemory,
        BooleanSupplier closing) {

    /** The present, as precise as every database keeps it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
