package com.berryfi.vmsync.jdbc;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Instants in columns without a zone: vmsync's own are in UTC. */
final class Times {

    private Times() {}

    static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    /** Cut to whole milliseconds. */
    static LocalDateTime millis(Instant instant) {
        return utc(instant.truncatedTo(ChronoUnit.MILLIS));
    }

    /** Cut to whole microseconds. */
    static LocalDateTime micros(Instant instant) {
        return utc(instant.truncatedTo(ChronoUnit.MICROS));
    }

    static @Nullable LocalDateTime utc(Optional<Instant> instant) {
        return instant.map(Times::utc).orElse(null);
    }
}
