package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SettingMap;
import com.berryfi.vmsync.port.PortException;
import com.berryfi.vmsync.port.WorkCoordinator;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.SimpleLock;
import net.javacrumbs.shedlock.support.StorageBasedLockProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shares the work out among replicas that have a database in common, through ShedLock on {@code vmsync_lock}. Each replica has a seat,
 * each piece of work falls to one of those seated, and is done under a lock of its own; all by the database's clock. A replica that dies
 * loses its seat after the lease, and its work falls to the others; one that is closed gives it up at once. Thread-safe.
 */
public final class JdbcWorkCoordinator implements WorkCoordinator, AutoCloseable {

    /** How long a seat is kept that is not renewed: two quick syncs. */
    public static final Duration LEASE = Duration.ofSeconds(60);

    private static final int LONGEST = 255;
    private static final Logger LOG = LoggerFactory.getLogger(JdbcWorkCoordinator.class);

    private final StorageBasedLockProvider locks;
    private final Seat seat;
    private final Duration lease;
    private final LongSupplier nanoTime;

    private JdbcWorkCoordinator(Transactions transactions, String holder, Duration lease, LongSupplier nanoTime) {
        LockTable table = new LockTable(transactions, holder);
        this.locks = new Locks(table);
        this.seat = new Seat(new SeatTable(transactions, table, lease), lease, nanoTime);
        this.lease = lease;
        this.nanoTime = nanoTime;
    }

    /**
     * Takes part from the first claim on.
     *
     * @param database which has {@code vmsync_lock}, see {@link VmsyncSchema}
     * @param lease how long after its last claim a replica is taken for dead; two intervals of the quick sync at least
     * @return a coordinator that is safe for several threads, and has no seat before its first claim
     * @throws IllegalArgumentException if the lease is shorter than a second
     * @throws com.berryfi.vmsync.port.UnavailableException if the database cannot be reached
     */
    public static JdbcWorkCoordinator of(DataSource database, Duration lease) {
        return of(database, lease, System::nanoTime);
    }

    /**
     * The same, with {@code azure.status.sync.jdbc.lease.seconds}, by default 60; other keys are passed over.
     *
     * @param database which has {@code vmsync_lock}, see {@link VmsyncSchema}
     * @param properties settings by their whole names; empty gives the defaults
     * @return a coordinator like that of {@link #of(DataSource, Duration)}
     * @throws IllegalArgumentException if it is no number of seconds; the message names the key
     */
    public static JdbcWorkCoordinator from(DataSource database, Map<String, String> properties) {
        return of(
                database,
                SettingMap.of(HostTables.PREFIX, properties, HostTables.KEYS, Set.of())
                        .seconds("lease.seconds", LEASE));
    }

    static JdbcWorkCoordinator of(DataSource database, Duration lease, LongSupplier nanoTime) {
        if (lease.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    HostTables.PREFIX + "lease.seconds: must be at least a second, is " + lease);
        }
        // As people know processes, and no two alike.
        String holder = ManagementFactory.getRuntimeMXBean().getName() + "/" + UUID.randomUUID();
        return new JdbcWorkCoordinator(Transactions.of(database), holder, lease, nanoTime);
    }

    /**
     * Takes a seat, if no replica that has one was built otherwise; the lease itself is compared too. A name that only one of them knows
     * is of another release, and does not count. A replica that has died counts until its lease is over.
     */
    @Override
    public void join(Map<String, String> setup) {
        Map<String, String> whole = new HashMap<>(setup);
        whole.put(HostTables.PREFIX + "lease.seconds", String.valueOf(lease.toSeconds()));
        seat.join(whole);
    }

    @Override
    public Optional<Lease> claim(Work work, Duration atMost) {
        String name = name(work);
        if (!seat.owns(name)) {
            return Optional.empty();
        }
        Duration lent = atMost.compareTo(lease) < 0 ? atMost : lease;
        return locks.lock(new LockConfiguration(Instant.now(), name, lent, Duration.ZERO))
                .map(lock -> new LockLease(name, lock, nanoTime.getAsLong() + lent.toNanos()));
    }

    /** Gives up this replica's seat; the next claim takes one again. */
    @Override
    public void close() {
        try {
            seat.leave();
        } catch (PortException e) {
            LOG.warn("the seat is not given up, it runs out by itself: {}", e.getMessage());
        }
    }

    private static String name(Work work) {
        if (work instanceof ScopeWork ofScope) {
            Scope scope = ofScope.scope();
            return brief(ofScope.kind().name().toLowerCase(Locale.ROOT) + "/" + scope.cloud() + "/" + scope.tenant()
                    + "/" + scope.principal() + "/" + scope.subscription());
        }
        return ((SharedWork) work).name().toLowerCase(Locale.ROOT);
    }

    /** As it is, if the column can take it; else its end stands for itself in a hash. */
    private static String brief(String name) {
        return name.length() <= LONGEST
                ? name
                : name.substring(0, LONGEST / 2) + "/" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private static final class Locks extends StorageBasedLockProvider {
        Locks(LockTable table) {
            super(table);
        }
    }

    private final class LockLease implements Lease {

        private final String name;
        private final SimpleLock lock;
        private final long until;

        LockLease(String name, SimpleLock lock, long until) {
            this.name = name;
            this.lock = lock;
            this.until = until;
        }

        @Override
        public boolean isHeld() {
            return until - nanoTime.getAsLong() > 0;
        }

        @Override
        public void close() {
            try {
                lock.unlock();
            } catch (PortException e) {
                LOG.warn("{} is not given back, its lock runs out by itself: {}", name, e.getMessage());
            }
        }
    }
}
