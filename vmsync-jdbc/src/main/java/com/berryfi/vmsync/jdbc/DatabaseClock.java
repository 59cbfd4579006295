package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.port.PortException;
import com.berryfi.vmsync.port.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database's time, which all replicas share: this process's own clock, moved by how far it is from the database's. What one replica
 * has proven is compared with what another proves, so replicas whose clocks differ need one time:
 * {@code VmSync.builder(…).withClock(DatabaseClock.of(dataSource)).withTicker(System::nanoTime)}.
 *
 * <p>The distance is measured anew every ten seconds, by the call that finds it due, on a connection of its own; one that takes half a
 * second or longer says too little and is forgotten. While the database cannot be reached the last one stands. Thread-safe.
 */
public final class DatabaseClock implements InstantSource {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);
    private static final Duration MEASURED_EVERY = Duration.ofSeconds(10);
    private static final Duration SLOWEST = Duration.ofMillis(500);
    private static final int TRIES = 5;

    private final Transactions transactions;
    private final InstantSource own;
    private final LongSupplier nanoTime;
    private final ReentrantLock measuring = new ReentrantLock();
    private volatile Duration ahead;
    private volatile long measuredAt;

    private DatabaseClock(Transactions transactions, InstantSource own, LongSupplier nanoTime) {
        this.transactions = transactions;
        this.own = own;
        this.nanoTime = nanoTime;
        this.ahead = firstDistance();
        this.measuredAt = nanoTime.getAsLong();
    }

    /**
     * Measures, and goes by the system's clock from then on.
     *
     * @param database whose clock is followed
     * @return a clock that is safe for several threads and measures its distance anew from time to time
     * @throws UnavailableException if the database cannot be reached, or is too slow to tell the time
     */
    public static DatabaseClock of(DataSource database) {
        return of(database, InstantSource.system());
    }

    /**
     * Measures, and goes by another clock of this process from then on.
     *
     * @param database whose clock is followed
     * @param own this process's clock; its distance from the database's is added to it
     * @return a clock like that of {@link #of(DataSource)}
     * @throws UnavailableException if the database cannot be reached, or is too slow to tell the time
     */
    public static DatabaseClock of(DataSource database, InstantSource own) {
        return of(database, own, System::nanoTime);
    }

    static DatabaseClock of(DataSource database, InstantSource own, LongSupplier nanoTime) {
        return new DatabaseClock(Transactions.of(database), own, nanoTime);
    }

    @Override
    public Instant instant() {
        if (nanoTime.getAsLong() - measuredAt >= MEASURED_EVERY.toNanos() && measuring.tryLock()) {
            try {
                measuredAt = nanoTime.getAsLong();
                Distance distance = distance();
                if (distance.isTelling()) {
                    ahead = distance.ahead();
                }
            } catch (PortException e) {
                LOG.warn("the database's clock cannot be read, its last known distance stands: {}", e.getMessage());
            } finally {
                measuring.unlock();
            }
        }
        return own.instant().plus(ahead);
    }

    /**
     * How far the database's clock is ahead of this process's own.
     *
     * @param took how long it took to ask
     */
    private record Distance(Duration ahead, Duration took) {
        boolean isTelling() {
            return took.compareTo(SLOWEST) < 0;
        }
    }

    private Duration firstDistance() {
        for (int i = 0; i < TRIES; i++) {
            Distance distance = distance();
            if (distance.isTelling()) {
                return distance.ahead();
            }
        }
        throw new UnavailableException("the database took longer than " + SLOWEST.toMillis() + " ms to tell the time, "
                + TRIES + " times in a row");
    }

    private Distance distance() {
        return transactions.run("asking the database's clock", connection -> {
            Instant before = own.instant();
            long began = nanoTime.getAsLong();
            Instant database = Statements.query(
                            connection,
                            "SELECT " + transactions.dialect().utcNow(),
                            List.of(),
                            row -> row.getObject(1, LocalDateTime.class).toInstant(ZoneOffset.UTC))
                    .get(0);
            Duration took = Duration.ofNanos(nanoTime.getAsLong() - began);
            return new Distance(Duration.between(before.plus(took.dividedBy(2)), database), took);
        });
    }
}
