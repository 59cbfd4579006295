package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.VmId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** {@code vmsync_metering}: what was said of sessions' bills. */
final class MeteringTable {

    static final String COLUMNS = "session_id, vm_id, counter, gaps, stopped";

    private static final String UPDATE = "UPDATE vmsync_metering SET vm_id = ?, counter = ?, gaps = ?, stopped = ?"
            + " WHERE session_id = ? AND counter = ?";
    private static final String DELETE = "DELETE FROM vmsync_metering WHERE session_id = ? AND counter = ?";

    private MeteringTable() {}

    /** Of which session's bill a change speaks; empty if of none. */
    static Optional<SessionId> session(Change change) {
        return change.before()
                .metering()
                .or(() -> change.after().metering())
                .map(Metering::session)
                .or(() -> change.expected().sessionId());
    }

    static OwnRows<SessionId, Metering> read(Connection connection, Collection<SessionId> sessions)
            throws SQLException {
        OwnRows<SessionId, Metering> found = new OwnRows<>();
        for (List<SessionId> chunk : Statements.chunks(sessions)) {
            String sql = "SELECT " + COLUMNS + " FROM vmsync_metering WHERE session_id IN ("
                    + Statements.marks(chunk.size()) + ")";
            Statements.query(
                    connection, sql, chunk.stream().map(SessionId::value).toList(), cells -> {
                        SessionId session = new SessionId(cells.getString("session_id"));
                        found.add(
                                session,
                                new OwnRow(cells, "vmsync_metering " + session),
                                row -> metering(session, row));
                        return session;
                    });
        }
        return found;
    }

    /** The write that a change asks for; empty if nothing new is said. */
    static Optional<RowWrite> write(Change change) {
        Optional<Metering> before = change.before().metering();
        Optional<Metering> after = change.after().metering();
        if (before.equals(after)) {
            return Optional.empty();
        }
        if (after.isEmpty()) {
            return before.map(old ->
                    new RowWrite(row(old), DELETE, Arrays.asList(old.session().value(), old.counter())));
        }
        Metering now = after.get();
        String session = now.session().value();
        String vm = now.vm().value();
        String gaps = Lines.ofGaps(now.gaps());
        return Optional.of(
                before.isEmpty()
                        ? RowWrite.insert(
                                row(now),
                                "vmsync_metering",
                                COLUMNS,
                                Arrays.asList(session, vm, now.counter(), gaps, now.stopped()))
                        : new RowWrite(
                                row(now),
                                UPDATE,
                                Arrays.asList(
                                        vm,
                                        now.counter(),
                                        gaps,
                                        now.stopped(),
                                        session,
                                        before.get().counter())));
    }

    private static String row(Metering metering) {
        return "vmsync_metering " + metering.session();
    }

    private static Metering metering(SessionId session, OwnRow row) throws SQLException {
        return new Metering(
                session,
                new VmId(row.text("vm_id")),
                row.number("counter"),
                row.lines("gaps", Lines::gap),
                row.flag("stopped"));
    }
}
