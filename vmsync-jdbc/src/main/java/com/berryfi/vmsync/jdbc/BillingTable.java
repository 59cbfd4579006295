package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.SyncJournal.Settlement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code vmsync_billing}: the outbox of billing instructions. */
final class BillingTable {

    static final String COLUMNS =
            "session_id, counter, vm_id, kind, effective_at, billed, unbilled, reason, staged_at, state";

    static final String STAGED = "STAGED";
    private static final String WAITING = "SELECT " + COLUMNS + ", seq,"
            + " ROW_NUMBER() OVER (PARTITION BY session_id ORDER BY counter) AS turn"
            + " FROM vmsync_billing b WHERE state = '" + STAGED
            + "' AND NOT EXISTS (SELECT 1 FROM vmsync_billing p WHERE p.session_id = b.session_id"
            + " AND p.counter < b.counter AND p.state NOT IN ('" + STAGED + "', '" + Settlement.DELIVERED + "'))";
    private static final String UNDELIVERED = "SELECT " + COLUMNS + " FROM (%s) waiting ORDER BY turn, seq LIMIT ?";
    private static final String NOT_BEHIND = " AND NOT (session_id = ? AND counter >= ?)";
    private static final String SETTLE = "UPDATE vmsync_billing SET state = ?, note = ?"
            + " WHERE session_id = ? AND counter = ? AND state = '" + STAGED + "'";

    private static final String FAILED = "UPDATE vmsync_billing SET failures = failures + 1, note = ?"
            + " WHERE session_id = ? AND counter = ? AND state = '" + STAGED + "'";
    private static final String RELEASE = "UPDATE vmsync_billing SET state = ?, failures = 0, note = ?"
            + " WHERE session_id = ? AND counter = ? AND state = '" + Settlement.PARKED + "'";
    private static final String PARKED =
            "SELECT " + COLUMNS + " FROM vmsync_billing WHERE state = '" + Settlement.PARKED + "' ORDER BY seq";

    private enum Kind {
        SUSPEND,
        RESUME,
        STOP,
        ADJUST
    }

    private BillingTable() {}

    /**
     * The row of an instruction.
     *
     * @param stagedAt when it was decided
     * @param state where it stands
     */
    static RowWrite write(BillingInstruction instruction, Instant stagedAt, String state) {
        return RowWrite.insert(
                "vmsync_billing " + instruction.key(), "vmsync_billing", COLUMNS, values(instruction, stagedAt, state));
    }

    /** Of these sessions, those with an instruction that is not delivered. */
    static Set<SessionId> waiting(Connection connection, Collection<SessionId> sessions) throws SQLException {
        Set<SessionId> waiting = new HashSet<>();
        for (List<SessionId> chunk : Statements.chunks(sessions)) {
            waiting.addAll(Statements.query(
                    connection,
                    "SELECT DISTINCT session_id FROM vmsync_billing WHERE state <> '" + Settlement.DELIVERED
                            + "' AND session_id IN (" + Statements.marks(chunk.size()) + ")",
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
        Statements.update(
                connection,
                SETTLE,
                List.of(settlement.name(), note, key.session().value(), key.counter()));
    }

    /** How often an instruction has failed, this time included; 0 if it waits no more. */
    static int noteFailure(Connection connection, BillingKey key, String why) throws SQLException {
        List<Object> which = List.of(key.session().value(), key.counter());
        if (Statements.update(connection, FAILED, List.of(why, which.get(0), which.get(1))) == 0) {
            return 0;
        }
        return Statements.query(
                        connection,
                        "SELECT failures FROM vmsync_billing WHERE session_id = ? AND counter = ?",
                        which,
                        row -> row.getInt(1))
                .get(0);
    }

    /** Whether an instruction was parked. */
    static boolean release(Connection connection, BillingKey key, boolean again, String note) throws SQLException {
        String state = again ? STAGED : Settlement.DELIVERED.name();
        return Statements.update(
                        connection, RELEASE, List.of(state, note, key.session().value(), key.counter()))
                > 0;
    }

    static Undelivered parked(Connection connection) throws SQLException {
        List<String> problems = new ArrayList<>();
        List<Optional<BillingInstruction>> parked = Statements.query(
                connection, PARKED, List.of(), cells -> instruction(cells, new LinkedHashMap<>(), problems));
        return new Undelivered(parked.stream().flatMap(Optional::stream).toList(), problems);
    }

    private static List<@Nullable Object> values(BillingInstruction instruction, Instant stagedAt, String state) {
        Kind kind;
        Optional<Instant> at = Optional.empty();
        @Nullable String billed = null;
        @Nullable String unbilled = null;
        if (instruction instanceof BillingInstruction.Suspend suspend) {
            kind = Kind.SUSPEND;
            at = Optional.of(suspend.from());
        } else if (instruction instanceof BillingInstruction.Resume resume) {
            kind = Kind.RESUME;
            at = Optional.of(resume.at());
        } else if (instruction instanceof BillingInstruction.Stop stop) {
            kind = Kind.STOP;
            at = Optional.of(stop.at());
            billed = Lines.ofIntervals(stop.billed());
        } else {
            kind = Kind.ADJUST;
            unbilled = Lines.ofIntervals(((BillingInstruction.Adjust) instruction).unbilled());
        }
        return Arrays.asList(
                instruction.session().value(),
                instruction.key().counter(),
                instruction.vm().value(),
                kind.name(),
                Times.utc(at),
                billed,
                unbilled,
                instruction.reason(),
                Times.utc(stagedAt),
                state);
    }

    /** Reads a row, in the order of its session's; empty if it, or one before it, cannot be read. */
    private static Optional<BillingInstruction> instruction(
            ResultSet cells, Map<SessionId, Long> spoiledFrom, List<String> problems) throws SQLException {
        BillingKey key = new BillingKey(new SessionId(cells.getString("session_id")), cells.getLong("counter"));
        if (key.counter() >= spoiledFrom.getOrDefault(key.session(), Long.MAX_VALUE)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new OwnRow(cells, "vmsync_billing " + key).whole(row -> instruction(key, row)));
        } catch (RejectedException e) {
            spoiledFrom.put(key.session(), key.counter());
            problems.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static BillingInstruction instruction(BillingKey key, OwnRow row) throws SQLException {
        VmId vm = new VmId(row.text("vm_id"));
        String reason = row.text("reason");
        return switch (row.constant(Kind.class, "kind")) {
            case SUSPEND -> new BillingInstruction.Suspend(key, vm, row.instant("effective_at"), reason);
            case RESUME -> new BillingInstruction.Resume(key, vm, row.instant("effective_at"), reason);
            case STOP ->
                new BillingInstruction.Stop(
                        key, vm, row.instant("effective_at"), row.lines("billed", Lines::interval), reason);
            case ADJUST -> new BillingInstruction.Adjust(key, vm, row.lines("unbilled", Lines::interval), reason);
        };
    }
}
