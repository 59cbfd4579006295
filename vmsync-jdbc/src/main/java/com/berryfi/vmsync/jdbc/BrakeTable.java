package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.BrakeKind;
import com.berryfi.vmsync.model.Budget;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Spending;
import com.berryfi.vmsync.model.VmId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code vmsync_brake}, the one row that everybody who spends must move on, and {@code vmsync_spending}, what was spent. Before the
 * first spending there is no row, and the version is 0.
 */
final class BrakeTable {

    static final String COLUMNS = "id, version";
    static final String SPENDING_COLUMNS = "kind, " + ScopeColumns.COLUMNS + ", vm_id, session_id, spent_at";

    private static final String MOVE_ON = "UPDATE vmsync_brake SET version = version + 1 WHERE id = 1 AND version = ?";
    private static final String FIRST = "INSERT INTO vmsync_brake (" + COLUMNS + ") VALUES (1, 1)";

    private BrakeTable() {}

    /** The version is read first: what is spent after it, it does not speak of, and whoever names it then spends nothing. */
    static Budget budget(Connection connection, Instant since) throws SQLException {
        long version = version(connection);
        return new Budget(
                version,
                Statements.query(
                        connection,
                        "SELECT " + SPENDING_COLUMNS
                                + ", seq FROM vmsync_spending WHERE spent_at >= ? ORDER BY spent_at, seq",
                        List.of(Times.utc(since)),
                        BrakeTable::spending));
    }

    /**
     * Spends, unless the version is another by now. Whoever comes second waits for the first, and then finds another version, or a
     * duplicate key.
     */
    static boolean spend(Connection connection, long version, List<Spending> spent, Instant forgetBefore)
            throws SQLException {
        if (Statements.update(connection, MOVE_ON, List.of(version)) == 0) {
            if (version != 0 || version(connection) != 0) {
                return false;
            }
            Statements.update(connection, FIRST, List.of());
        }
        Statements.update(
                connection, "DELETE FROM vmsync_spending WHERE spent_at < ?", List.of(Times.utc(forgetBefore)));
        for (Spending each : spent) {
            RowWrite write = write(each);
            Statements.update(connection, write.sql(), write.values());
        }
        return true;
    }

    private static long version(Connection connection) throws SQLException {
        return Statements.query(
                        connection, "SELECT version FROM vmsync_brake WHERE id = 1", List.of(), row -> row.getLong(1))
                .stream()
                .findFirst()
                .orElse(0L);
    }

    private static RowWrite write(Spending spending) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(spending.kind().name());
        values.addAll(ScopeColumns.values(spending.scope()));
        values.add(spending.vm().value());
        values.add(spending.session().map(SessionId::value).orElse(null));
        values.add(Times.utc(spending.at()));
        return RowWrite.insert("vmsync_spending of VM " + spending.vm(), "vmsync_spending", SPENDING_COLUMNS, values);
    }

    private static Spending spending(ResultSet cells) throws SQLException {
        return new OwnRow(cells, "vmsync_spending seq " + cells.getLong("seq"))
                .whole(row -> new Spending(
                        row.constant(BrakeKind.class, "kind"),
                        ScopeColumns.scope(row),
                        new VmId(row.text("vm_id")),
                        row.optionalText("session_id").map(SessionId::new),
                        row.instant("spent_at")));
    }
}
