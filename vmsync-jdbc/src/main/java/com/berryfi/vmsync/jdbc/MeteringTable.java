package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.Lapse;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Tombstone;
import com.berryfi.vmsync.model.VmId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code vmsync_metering}: what was said of sessions' bills, after their end too. */
final class MeteringTable {

    static final String COLUMNS =
            "session_id, vm_id, version, counter, lapse_ran_until, lapse_off_at, back_at, gaps, stopped,"
                    + " asked, ended_as, ended_at, end_reason, end_cleanup";

    private static final String INSERT = RowWrite.insert("vmsync_metering", COLUMNS);
    private static final String UPDATE = "UPDATE vmsync_metering SET vm_id = ?, version = ?, counter = ?,"
            + " lapse_ran_until = ?, lapse_off_at = ?, back_at = ?, gaps = ?, stopped = ?, asked = ?, ended_as = ?, ended_at = ?,"
            + " end_reason = ?, end_cleanup = ? WHERE session_id = ? AND version = ?";
    private static final String DELETE = "DELETE FROM vmsync_metering WHERE session_id = ? AND version = ?";

    private MeteringTable() {}

    /** @param lock whether the rows stay locked until the end of the transaction */
    static OwnRows<SessionId, Metering> read(Connection connection, Collection<SessionId> sessions, boolean lock)
            throws SQLException {
        return OwnRows.read(
                connection,
                "SELECT " + COLUMNS + " FROM vmsync_metering",
                "session_id",
                sessions.stream().map(SessionId::value).toList(),
                lock,
                MeteringTable::add);
    }

    /** Those that are not closed, in the order of their sessions. */
    static OwnRows<SessionId, Metering> open(Connection connection) throws SQLException {
        OwnRows<SessionId, Metering> found = new OwnRows<>();
        Statements.query(
                connection,
                "SELECT " + COLUMNS + " FROM vmsync_metering WHERE stopped = FALSE ORDER BY session_id",
                List.of(),
                cells -> {
                    add(found, cells);
                    return found;
                });
        return found;
    }

    /** The write that leads from what was said to what is said now; empty if that is the same. */
    static Optional<RowWrite> write(Optional<Metering> before, Optional<Metering> after) {
        if (before.equals(after)) {
            return Optional.empty();
        }
        if (after.isEmpty()) {
            return before.map(old ->
                    new RowWrite(row(old), DELETE, Arrays.asList(old.session().value(), old.version())));
        }
        Metering now = after.get();
        List<@Nullable Object> values = new ArrayList<>(values(now));
        if (before.isEmpty()) {
            values.add(0, now.session().value());
            return Optional.of(new RowWrite(row(now), INSERT, values).unlessThere());
        }
        values.add(now.session().value());
        values.add(before.get().version());
        return Optional.of(new RowWrite(row(now), UPDATE, values));
    }

    private static String row(Metering metering) {
        return "vmsync_metering " + metering.session();
    }

    private static List<@Nullable Object> values(Metering metering) {
        Optional<Lapse> lapse = metering.lapse();
        Optional<Tombstone> tombstone = metering.tombstone();
        return Arrays.asList(
                metering.vm().value(),
                metering.version(),
                metering.counter(),
                Times.utc(lapse.map(Lapse::ranUntil)),
                Times.utc(lapse.map(Lapse::offAt)),
                Times.utc(metering.backAt()),
                Lines.ofGaps(metering.gaps()),
                metering.stopped(),
                metering.asked(),
                tombstone.map(end -> end.endedAs().name()).orElse(null),
                Times.utc(tombstone.map(Tombstone::at)),
                tombstone.map(Tombstone::reason).orElse(null),
                tombstone.map(Tombstone::cleanup).orElse(null));
    }

    private static void add(OwnRows<SessionId, Metering> found, ResultSet cells) throws SQLException {
        SessionId session = new SessionId(cells.getString("session_id"));
        found.add(session, new OwnRow(cells, "vmsync_metering " + session), row -> metering(session, row));
    }

    private static Metering metering(SessionId session, OwnRow row) throws SQLException {
        return new Metering(
                session,
                new VmId(row.text("vm_id")),
                row.number("version"),
                row.number("counter"),
                lapse(row),
                row.optionalInstant("back_at"),
                row.lines("gaps", Lines::gap),
                row.flag("stopped"),
                row.flag("asked"),
                tombstone(row));
    }

    private static Optional<Lapse> lapse(OwnRow row) throws SQLException {
        return row.optionalInstant("lapse_off_at").isEmpty()
                        && row.optionalInstant("lapse_ran_until").isEmpty()
                ? Optional.empty()
                : Optional.of(new Lapse(row.instant("lapse_ran_until"), row.instant("lapse_off_at")));
    }

    private static Optional<Tombstone> tombstone(OwnRow row) throws SQLException {
        Optional<SessionStatus> endedAs = row.optionalConstant(SessionStatus.class, "ended_as");
        return endedAs.isEmpty()
                ? Optional.empty()
                : Optional.of(new Tombstone(
                        endedAs.get(), row.instant("ended_at"), row.text("end_reason"), row.flag("end_cleanup")));
    }
}
