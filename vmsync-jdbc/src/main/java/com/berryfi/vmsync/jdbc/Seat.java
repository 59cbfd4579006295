package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.port.RejectedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * This replica's seat among the others, a lock that it extends as long as it claims work: who has a seat takes part. Seats are numbered,
 * so that a replica that is started again takes the seat, and so the work, that it had. Thread-safe.
 */
final class Seat {

    /** Renewed three times in its length: a claim that comes late is not too late. */
    private static final int RENEWALS = 3;

    private final SeatTable table;
    private final Duration lease;
    private final LongSupplier nanoTime;
    private Map<String, String> settings = Map.of();
    private Optional<String> own = Optional.empty();
    private Optional<String> refusal = Optional.empty();
    private OptionalLong lookedAt = OptionalLong.empty();
    private Set<String> taken = Set.of();

    Seat(SeatTable table, Duration lease, LongSupplier nanoTime) {
        this.table = table;
        this.lease = lease;
        this.nanoTime = nanoTime;
    }

    /**
     * Sits down, told what this replica was built with.
     *
     * @throws RejectedException if another was built otherwise, or another {@code VmSync} of this process that shares this seat
     */
    synchronized void join(Map<String, String> built) {
        if (isSeated()) {
            List<String> differences = SettingTable.differences(built, settings);
            if (!differences.isEmpty()) {
                throw new RejectedException("another VmSync that works through this coordinator was built otherwise: "
                        + String.join("; ", differences) + ". Close the coordinator first, or build both alike");
            }
        }
        if (isSeated() && built.equals(settings)) {
            return;
        }
        leave();
        settings = Map.copyOf(built);
        own = table.take(settings);
    }

    private boolean isSeated() {
        own = own.filter(table::extend);
        return own.isPresent();
    }

    /**
     * Whether a piece of work falls to this replica, of all that have a seat.
     *
     * @throws RejectedException if this one has lost its seat, and another that was built otherwise has come meanwhile
     */
    synchronized boolean owns(String work) {
        long now = nanoTime.getAsLong();
        boolean due = lookedAt.isEmpty() || now - lookedAt.getAsLong() >= lease.toNanos() / RENEWALS;
        if (due || (own.isEmpty() && refusal.isEmpty())) {
            look();
            lookedAt = OptionalLong.of(now);
        }
        if (refusal.isPresent()) {
            throw new RejectedException(refusal.get());
        }
        return own.isPresent()
                && Rendezvous.owner(work, taken).filter(own.get()::equals).isPresent();
    }

    private void look() {
        refusal = Optional.empty();
        try {
            if (!isSeated()) {
                own = table.take(settings);
            }
        } catch (RejectedException e) {
            refusal = Optional.of(String.valueOf(e.getMessage()));
        }
        taken = table.taken();
    }

    /** Leaves, so that the others need not wait for the lease to run out. */
    synchronized void leave() {
        Optional<String> left = own;
        own = Optional.empty();
        refusal = Optional.empty();
        lookedAt = OptionalLong.empty();
        left.ifPresent(table::leave);
    }
}
