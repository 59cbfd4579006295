package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.UnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.javacrumbs.shedlock.core.LockConfiguration;

/** The seats of all replicas, which are locks by the database's clock, and who may sit down. Thread-safe. */
final class SeatTable {

    private static final String PREFIX = "seat/";
    private static final int SEATS = 64;

    private final Transactions transactions;
    private final LockTable locks;
    private final Duration lease;

    SeatTable(Transactions transactions, LockTable locks, Duration lease) {
        this.transactions = transactions;
        this.locks = locks;
        this.lease = lease;
    }

    /**
     * Takes the first seat that is free. One replica at a time sits down, each after a look at all that sit: of two that differ and come
     * at once, one is refused.
     *
     * @param settings what this replica was built with; if empty, nothing is compared
     * @return empty if all seats are taken
     * @throws RejectedException if one that sits was built otherwise
     * @throws UnavailableException if the database cannot be reached, or another is sitting down for too long
     */
    Optional<String> take(Map<String, String> settings) {
        String doing = "taking a seat in vmsync_lock";
        try {
            return transactions.attempt(doing, connection -> taken(connection, settings));
        } catch (SQLException e) {
            throw SqlFailures.translate(doing, e);
        }
    }

    private Optional<String> taken(Connection connection, Map<String, String> settings) throws SQLException {
        // The one row that is always there stands for the door.
        Statements.query(connection, "SELECT version FROM vmsync_schema FOR UPDATE", List.of(), row -> row.getInt(1));
        Map<String, String> holders = locks.holders(connection, PREFIX);
        compare(settings, holders, SettingTable.bySeat(connection));
        for (int number = 1; number <= SEATS; number++) {
            String seat = PREFIX + number;
            if (!holders.containsKey(seat) && locks.take(connection, lock(seat))) {
                SettingTable.put(connection, seat, settings);
                return Optional.of(seat);
            }
        }
        return Optional.empty();
    }

    private static void compare(
            Map<String, String> settings, Map<String, String> holders, Map<String, Map<String, String>> bySeat) {
        List<String> others = new ArrayList<>();
        holders.forEach((seat, holder) -> {
            List<String> differences = SettingTable.differences(settings, bySeat.getOrDefault(seat, Map.of()));
            if (!differences.isEmpty()) {
                others.add("replica " + holder + ", which is at work, was built otherwise: "
                        + String.join("; ", differences));
            }
        });
        if (!others.isEmpty()) {
            throw new RejectedException(
                    String.join(". ", others) + ". Stop the others first, or start this one with the same");
        }
    }

    /** Keeps a seat for another lease; false if it was lost. */
    boolean extend(String seat) {
        return locks.extend(lock(seat));
    }

    /** Gives a seat up. */
    void leave(String seat) {
        locks.unlock(lock(seat));
    }

    /** The seats that are taken. */
    Set<String> taken() {
        return transactions.run(
                "reading vmsync_lock",
                connection -> Set.copyOf(locks.holders(connection, PREFIX).keySet()));
    }

    private LockConfiguration lock(String seat) {
        return new LockConfiguration(Instant.now(), seat, lease, Duration.ZERO);
    }
}
