package com.berryfi.vmsync;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** Notices that the clock of the wall has jumped, by a clock that only ever counts. Thread-safe. */
final class ClockWatch {

    private static final Duration JUMP = Duration.ofSeconds(10);

    private final InstantSource wall;
    private final LongSupplier nanos;
    private Instant lastWall;
    private long lastNanos;

    ClockWatch(InstantSource wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.lastWall = wall.instant();
        this.lastNanos = nanos.getAsLong();
    }

    /** Another watch of the same clocks. */
    ClockWatch another() {
        return new ClockWatch(wall, nanos);
    }

    /** By how much the wall's clock has jumped since this was asked last; zero if it has not. */
    synchronized Duration jumped() {
        Instant nowWall = wall.instant();
        long nowNanos = nanos.getAsLong();
        Duration jump = Duration.between(lastWall, nowWall).minusNanos(nowNanos - lastNanos);
        lastWall = nowWall;
        lastNanos = nowNanos;
        return jump.abs().compareTo(JUMP) > 0 ? jump : Duration.ZERO;
    }
}
