package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.SyncJournal.Settlement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code vmsync_delivery}: which rows of the outbox are yet to be delivered. A row goes when its instruction is delivered; one that was
 * taken for delivered by hand stays, for its note.
 */
final class DeliveryTable {

    static final String COLUMNS = "session_id, counter, event_id, state";

    private static final String STAGED = "STAGED";
    private static final String PARKED = "PARKED";
    static final String TAKEN = "TAKEN";

    private static final String INSERT = RowWrite.insert("vmsync_delivery", COLUMNS);
    private static final String OF_KEY = " WHERE session_id = ? AND counter = ? AND state = '";
    // An event that is gone is no event that was delivered: its row stays in the answer.
    private static final String EVENTS =
            " d.session_id, d.counter, o.seq, o.id, o.aggregatetype, o.aggregateid, o.type,"
                    + " o.payload FROM vmsync_delivery d LEFT JOIN vmsync_outbox o ON o.id = d.event_id WHERE d.state = '";

    private static final String WAITING = "SELECT ROW_NUMBER() OVER (PARTITION BY d.session_id ORDER BY d.counter)"
            + " AS turn," + EVENTS + STAGED + "' AND NOT EXISTS (SELECT 1 FROM vmsync_delivery p"
            + " WHERE p.session_id = d.session_id AND p.counter < d.counter"
            + " AND p.state NOT IN ('" + STAGED + "', '" + TAKEN + "'))";
    private static final String UNDELIVERED = "SELECT * FROM (%s) waiting ORDER BY turn, seq LIMIT ?";
    private static final String NOT_BEHIND = " AND NOT (d.session_id = ? AND d.counter >= ?)";
    private static final String PARKED_EVENTS = "SELECT" + EVENTS + PARKED + "' ORDER BY seq";

    private static final String DELIVERED = "DELETE FROM vmsync_delivery" + OF_KEY + STAGED + "'";
    private static final String PARK =
            "UPDATE vmsync_delivery SET state = '" + PARKED + "', note = ?" + OF_KEY + STAGED + "'";
    private static final String FAILED =
            "UPDATE vmsync_delivery SET failures = failures + 1, note = ?" + OF_KEY + STAGED + "'";
    private static final String RELEASE =
            "UPDATE vmsync_delivery SET state = ?, failures = 0, note = ?" + OF_KEY + PARKED + "'";

    private DeliveryTable() {}

    /**
     * The row of an instruction that is to be delivered.
     *
     * @param event its id in the outbox
     */
    static RowWrite write(BillingKey key, String event) {
        return new RowWrite(
                "vmsync_delivery " + key, INSERT, List.of(key.session().value(), key.counter(), event, STAGED));
    }

    /** Of these sessions, those with an instruction that is not delivered. */
    static Set<SessionId> waiting(Connection connection, Collection<SessionId> sessions) throws SQLException {
        Set<SessionId> waiting = new HashSet<>();
        for (List<SessionId> chunk : Statements.chunks(sessions)) {
            waiting.addAll(Statements.query(
                    connection,
                    "SELECT DISTINCT session_id FROM vmsync_delivery WHERE state <> '" + TAKEN + "' AND session_id IN ("
                            + Statements.marks(chunk.size()) + ")",
                    chunk.stream().map(SessionId::value).toList(),
                    row -> new SessionId(row.getString("session_id"))));
        }
        return waiting;
    }

    /**
     * What is to be delivered.
     *
     * @param problems the rows that cannot be read, each with its name; they and those behind them are left out
     */
    record Undelivered(List<BillingInstruction> instructions, List<String> problems) {}

    static Undelivered undelivered(Connection connection, int limit) throws SQLException {
        Map<SessionId, Long> spoiledFrom = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        while (true) {
            List<Object> values = new ArrayList<>();
            spoiledFrom.forEach((session, counter) -> {
                values.add(session.value());
                values.add(counter);
            });
            values.add(limit);
            String sql = UNDELIVERED.formatted(WAITING + NOT_BEHIND.repeat(spoiledFrom.size()));
            int known = problems.size();
            List<Optional<BillingInstruction>> page =
                    Statements.query(connection, sql, values, cells -> instruction(cells, spoiledFrom, problems));
            // A full page may have left somebody out in favour of rows that cannot be read: look again without these.
            if (problems.size() == known || page.size() < limit) {
                return new Undelivered(page.stream().flatMap(Optional::stream).toList(), problems);
            }
        }
    }

    static void settle(Connection connection, BillingKey key, Settlement settlement, String note) throws SQLException {
        String session = key.session().value();
        switch (settlement) {
            case DELIVERED -> Statements.update(connection, DELIVERED, List.of(session, key.counter()));
            case PARKED -> Statements.update(connection, PARK, List.of(note, session, key.counter()));
        }
    }

    /** How often an instruction has failed, this time included; 0 if it waits no more. */
    static int noteFailure(Connection connection, BillingKey key, String why) throws SQLException {
        List<Object> which = List.of(key.session().value(), key.counter());
        if (Statements.update(connection, FAILED, List.of(why, which.get(0), which.get(1))) == 0) {
            return 0;
        }
        return Statements.query(
                        connection,
                        "SELECT failures FROM vmsync_delivery WHERE session_id = ? AND counter = ?",
                        which,
                        row -> row.getInt(1))
                .get(0);
    }

    /** Whether an instruction was parked. */
    static boolean release(Connection connection, BillingKey key, boolean again, String note) throws SQLException {
        return Statements.update(
                        connection,
                        RELEASE,
                        List.of(again ? STAGED : TAKEN, note, key.session().value(), key.counter()))
                > 0;
    }

    static Undelivered parked(Connection connection) throws SQLException {
        List<String> problems = new ArrayList<>();
        List<Optional<BillingInstruction>> parked = Statements.query(
                connection, PARKED_EVENTS, List.of(), cells -> instruction(cells, new LinkedHashMap<>(), problems));
        return new Undelivered(parked.stream().flatMap(Optional::stream).toList(), problems);
    }

    /** Reads a row, in the order of its session's; empty if it, or one before it, cannot be read. */
    private static Optional<BillingInstruction> instruction(
            ResultSet cells, Map<SessionId, Long> spoiledFrom, List<String> problems) throws SQLException {
        BillingKey key = new BillingKey(new SessionId(cells.getString("session_id")), cells.getLong("counter"));
        if (key.counter() >= spoiledFrom.getOrDefault(key.session(), Long.MAX_VALUE)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new OwnRow(cells, OutboxTable.name(key)).whole(row -> OutboxTable.instruction(key, row)));
        } catch (RejectedException e) {
            spoiledFrom.put(key.session(), key.counter());
            problems.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
