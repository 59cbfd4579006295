package com.berryfi.vmsync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.berryfi.vmsync.port.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The database's clock and this JVM's are one machine's; a process's own is moved by hand. */
@OnEachDatabase
class DatabaseClockTest {

    private static final Duration SKEW = Duration.ofSeconds(30);

    @AutoClose
    private final TestDatabase database;

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicReference<Duration> skew = new AtomicReference<>(SKEW);
    private final InstantSource own = () -> Instant.now().plus(skew.get());

    DatabaseClockTest(Connecting on) {
        database = on.filled();
    }

    @Test
    void replicasWhoseClocksDifferHaveOneTime() {
        DatabaseClock ahead = DatabaseClock.of(database.dataSource(), own);
        DatabaseClock behind =
                DatabaseClock.of(database.dataSource(), () -> Instant.now().minus(SKEW));

        assertThat(ahead.instant()).isCloseTo(Instant.now(), within(1, ChronoUnit.SECONDS));
        assertThat(behind.instant()).isCloseTo(ahead.instant(), within(1, ChronoUnit.SECONDS));
    }

    @Test
    void aClockThatIsSetIsMeasuredAnewAfterTenSeconds() {
        DatabaseClock clock = DatabaseClock.of(database.dataSource(), own, nanos::get);
        skew.set(Duration.ZERO);

        assertThat(clock.instant()).isBefore(Instant.now().minusSeconds(25));
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(clock.instant()).isCloseTo(Instant.now(), within(1, ChronoUnit.SECONDS));
    }

    @Test
    void whatTookHalfASecondTellsNothing() {
        AtomicLong slow = new AtomicLong();

        assertThatThrownBy(() -> DatabaseClock.of(
                        database.dataSource(),
                        own,
                        () -> slow.addAndGet(Duration.ofMillis(500).toNanos())))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("500 ms");
    }
}
