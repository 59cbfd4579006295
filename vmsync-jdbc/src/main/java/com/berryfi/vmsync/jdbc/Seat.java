package com.berryfi.vmsync.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.core.SimpleLock;

/**
 * This replica's seat among the others, a lock that it extends as long as it claims work: who has a seat takes part. Seats are numbered,
 * so that a replica that is started again takes the seat, and so the work, that it had. Thread-safe.
 */
final class Seat {

    private static final String PREFIX = "seat/";
    private static final int SEATS = 64;

    /** Renewed three times in its length: a claim that comes late is not too late. */
    private static final int RENEWALS = 3;

    private final LockTable table;
    private final LockProvider locks;
    private final Duration lease;
    private final LongSupplier nanoTime;
    private Optional<SimpleLock> lock = Optional.empty();
    private String own = "";
    private long renewedAt;
    private Set<String> taken = Set.of();

    Seat(LockTable table, LockProvider locks, Duration lease, LongSupplier nanoTime) {
        this.table = table;
        this.locks = locks;
        this.lease = lease;
        this.nanoTime = nanoTime;
    }

    /** Whether a piece of work falls to this replica, of all that have a seat. */
    synchronized boolean owns(String work) {
        long now = nanoTime.getAsLong();
        if (lock.isEmpty() || now - renewedAt >= lease.toNanos() / RENEWALS) {
            renew();
            taken = table.held(PREFIX);
            renewedAt = now;
        }
        return lock.isPresent()
                && Rendezvous.owner(work, taken).filter(own::equals).isPresent();
    }

    /** Leaves, so that the others need not wait for the lease to run out. */
    synchronized void leave() {
        lock.ifPresent(SimpleLock::unlock);
        lock = Optional.empty();
    }

    private void renew() {
        lock = lock.flatMap(held -> held.extend(lease, Duration.ZERO));
        if (lock.isPresent()) {
            return;
        }
        Set<String> others = table.held(PREFIX);
        for (int number = 1; number <= SEATS && lock.isEmpty(); number++) {
            own = PREFIX + number;
            if (!others.contains(own)) {
                lock = locks.lock(new LockConfiguration(Instant.now(), own, lease, Duration.ZERO));
            }
        }
    }
}
