package com.berryfi.vmsync.crash;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.Interval;
import com.berryfi.vmsync.port.BillingPort;
import com.berryfi.vmsync.port.UnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The host's billing: notes each call that arrives in {@code bench_bookings}, and whether it had an effect: the first of its key has,
 * by the primary key of {@code bench_bills}. While {@link BillingHours} keep it closed it is unavailable. Thread-safe.
 */
final class Booking implements BillingPort {

    private static final String FIRST = "INSERT INTO bench_bills (session_id, counter) SELECT ?, ? FROM bench_billing"
            + " WHERE NOT EXISTS (SELECT 1 FROM bench_bills b WHERE b.session_id = ? AND b.counter = ?)";
    private static final String ARRIVED = "INSERT INTO bench_bookings"
            + " (session_id, counter, kind, effective_at, intervals, has_effect, replica) VALUES (?, ?, ?, ?, ?, ?, ?)";

    private final DataSource database;
    private final String replica;
    private final boolean idempotent;
    private final Traps traps;

    /** @param idempotent what it must be, and is but for a planted fault */
    Booking(DataSource database, String replica, boolean idempotent, Traps traps) {
        this.database = database;
        this.replica = replica;
        this.idempotent = idempotent;
        this.traps = traps;
    }

    @Override
    public void apply(BillingInstruction instruction) {
        traps.reach(Place.BEFORE_BOOKING);
        try (Connection connection = database.getConnection()) {
            if (isClosed(connection)) {
                throw new UnavailableException("the billing is closed");
            }
            connection.setAutoCommit(false);
            try {
                book(connection, instruction);
                traps.reach(Place.WITHIN_BOOKING);
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw new UnavailableException("bench_bookings: " + e.getMessage(), e);
        }
        traps.reach(Place.AFTER_BOOKING);
    }

    private static boolean isClosed(Connection connection) throws SQLException {
        return Bookkeeping.query(connection, "SELECT is_open FROM bench_billing", row -> row.getInt(1))
                .equals(List.of(0));
    }

    private void book(Connection connection, BillingInstruction instruction) throws SQLException {
        String session = instruction.session().value();
        long counter = instruction.key().counter();
        int first = update(connection, FIRST, session, counter, session, counter);
        boolean hasEffect = first == 1 || !idempotent;
        Booked booked = Booked.of(instruction);
        update(
                connection,
                ARRIVED,
                session,
                counter,
                booked.kind(),
                booked.at()
                        .map(at -> LocalDateTime.ofInstant(at, ZoneOffset.UTC))
                        .orElse(null),
                booked.intervals().stream().map(Interval::toString).collect(Collectors.joining("\n")),
                hasEffect ? 1 : 0,
                replica);
    }

    private static int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    /** What an instruction says, as the outbox and the bookings both have it. */
    record Booked(String kind, Optional<Instant> at, List<Interval> intervals) {

        static Booked of(BillingInstruction instruction) {
            if (instruction instanceof BillingInstruction.Suspend suspend) {
                return new Booked("SUSPEND", Optional.of(suspend.from()), List.of());
            }
            if (instruction instanceof BillingInstruction.Resume resume) {
                return new Booked("RESUME", Optional.of(resume.at()), List.of());
            }
            if (instruction instanceof BillingInstruction.Stop stop) {
                return new Booked("STOP", Optional.of(stop.at()), stop.billed());
            }
            return new Booked("ADJUST", Optional.empty(), ((BillingInstruction.Adjust) instruction).unbilled());
        }
    }
}
