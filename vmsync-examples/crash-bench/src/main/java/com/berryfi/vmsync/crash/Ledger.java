package com.berryfi.vmsync.crash;

import com.berryfi.vmsync.crash.Booking.Booked;
import com.berryfi.vmsync.model.Interval;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the tables say in the end.
 *
 * @param staged vmsync's outbox, in the order of the keys
 * @param arrivals each call of the host's billing, in the order of their arrival
 * @param meterings by session
 * @param sessions the host's rows
 */
record Ledger(List<Staged> staged, List<Arrival> arrivals, Map<String, Metered> meterings, List<SessionRow> sessions) {

    /** By which an instruction is known. */
    record Key(String session, long counter) {}

    /**
     * A row of the outbox.
     *
     * @param stagedAt when it was decided, by the word of who did
     */
    record Staged(Key key, Booked booked, String state, Instant stagedAt) {}

    /** A call of the billing. */
    record Arrival(Key key, Booked booked, boolean hasEffect, Instant bookedAt) {}

    /**
     * What vmsync remembers of a bill.
     *
     * @param gaps what is not billed; the last may end with the instant that was asked for, for it is open
     * @param buried whether vmsync has ended the session
     */
    record Metered(long counter, List<Interval> gaps, boolean stopped, boolean buried) {}

    /** A session of the host's. */
    record SessionRow(String id, String vm, String status, Optional<Instant> start, Optional<Instant> end) {

        boolean isOver() {
            return List.of("COMPLETED", "TERMINATED", "FAILED").contains(status);
        }
    }

    /**
     * Reads them.
     *
     * @param now where a gap that is open ends
     */
    static Ledger read(Connection connection, Instant now) throws SQLException {
        return new Ledger(
                Bookkeeping.query(
                                connection,
                                "SELECT o.payload, o.decided_at, COALESCE(d.state, 'DELIVERED') AS state FROM vmsync_outbox o"
                                        + " LEFT JOIN vmsync_delivery d ON d.event_id = o.id ORDER BY o.seq",
                                row -> {
                                    Event event = Event.of(row.getString("payload"));
                                    return new Staged(
                                            new Key(event.session(), event.counter()),
                                            event.booked(),
                                            row.getString("state"),
                                            Bookkeeping.instant(row, "decided_at")
                                                    .orElseThrow());
                                })
                        .stream()
                        .sorted(Comparator.comparing(
                                each -> each.key(),
                                Comparator.comparing(Key::session).thenComparing(Key::counter)))
                        .toList(),
                Bookkeeping.query(
                        connection,
                        "SELECT session_id, counter, kind, effective_at, intervals, has_effect, booked_at"
                                + " FROM bench_bookings ORDER BY arrival",
                        row -> new Arrival(
                                new Key(row.getString("session_id"), row.getLong("counter")),
                                new Booked(
                                        row.getString("kind"),
                                        Bookkeeping.instant(row, "effective_at"),
                                        intervals(row.getString("intervals"), now)),
                                row.getInt("has_effect") == 1,
                                Bookkeeping.instant(row, "booked_at").orElseThrow())),
                Bookkeeping.query(
                                connection,
                                "SELECT session_id, counter, gaps, stopped, ended_as FROM vmsync_metering",
                                row -> Map.entry(
                                        row.getString("session_id"),
                                        new Metered(
                                                row.getLong("counter"),
                                                intervals(row.getString("gaps"), now),
                                                row.getBoolean("stopped"),
                                                row.getString("ended_as") != null)))
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                Bookkeeping.query(
                        connection,
                        "SELECT id, vm_instance_id, status, start_time, end_time FROM vm_sessions ORDER BY id",
                        row -> new SessionRow(
                                row.getString("id"),
                                row.getString("vm_instance_id"),
                                row.getString("status"),
                                Bookkeeping.instant(row, "start_time"),
                                Bookkeeping.instant(row, "end_time"))));
    }

    private static List<Interval> intervals(String lines, Instant now) {
        return lines.lines()
                .map(line -> {
                    String[] ends = line.split("/", -1);
                    Instant from = Instant.parse(ends[0]);
                    return new Interval(from, ends[1].equals("..") ? Spans.later(from, now) : Instant.parse(ends[1]));
                })
                .toList();
    }

    /** The first arrival of each key. */
    Map<Key, Arrival> firstArrivals() {
        return arrivals.stream().collect(Collectors.toMap(Arrival::key, Function.identity(), (first, again) -> first));
    }

    /** What is staged of a session, in order. */
    List<Staged> stagedOf(String session) {
        return staged.stream()
                .filter(each -> each.key().session().equals(session))
                .toList();
    }

    /** When a bill was closed: as it was decided, but not later than it was booked. */
    Instant closedAt(Arrival stop) {
        return staged.stream()
                .filter(each -> each.key().equals(stop.key()))
                .map(each -> Spans.earlier(each.stagedAt(), stop.bookedAt()))
                .findFirst()
                .orElse(stop.bookedAt());
    }

    /** What the host's billing was first told of a session, by this kind of instruction; empty if it was not. */
    Optional<Arrival> booked(String session, String kind) {
        return arrivals.stream()
                .filter(each -> each.key().session().equals(session)
                        && Objects.equals(each.booked().kind(), kind))
                .findFirst();
    }
}
