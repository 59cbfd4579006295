package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.VmId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code vmsync_pass}: the last complete pass of each scope. */
final class PassTable {

    static final String COLUMNS = "scope_key, " + ScopeColumns.COLUMNS + ", passed_at, except_vms, listed";

    private PassTable() {}

    static Optional<Pass> read(Connection connection, Scope scope) throws SQLException {
        return Statements.query(
                        connection,
                        "SELECT passed_at, except_vms, listed FROM vmsync_pass WHERE scope_key = ?",
                        List.of(ScopeColumns.key(scope)),
                        cells -> new OwnRow(cells, "vmsync_pass " + scope).whole(row -> pass(scope, row)))
                .stream()
                .findFirst();
    }

    /** Writes a pass unless a later one is there; fails with a duplicate key if another inserts the scope meanwhile. */
    static void write(Connection connection, Pass pass) throws SQLException {
        List<Object> values = new ArrayList<>(List.of(Times.utc(pass.at()), except(pass), pass.listed()));
        values.add(ScopeColumns.key(pass.scope()));
        values.add(Times.utc(pass.at()));
        int updated = Statements.update(
                connection,
                "UPDATE vmsync_pass SET passed_at = ?, except_vms = ?, listed = ? WHERE scope_key = ?"
                        + " AND passed_at < ?",
                values);
        if (updated == 0 && read(connection, pass.scope()).isEmpty()) {
            List<@Nullable Object> first = new ArrayList<>();
            first.add(ScopeColumns.key(pass.scope()));
            first.addAll(ScopeColumns.values(pass.scope()));
            first.addAll(List.of(Times.utc(pass.at()), except(pass), pass.listed()));
            RowWrite write = RowWrite.insert("vmsync_pass " + pass.scope(), "vmsync_pass", COLUMNS, first);
            Statements.update(connection, write.sql(), write.values());
        }
    }

    private static String except(Pass pass) {
        return Lines.ofProofs(new TreeMap<>(pass.except()));
    }

    private static Pass pass(Scope scope, OwnRow row) throws SQLException {
        Map<VmId, Optional<Instant>> except = new HashMap<>();
        row.lines("except_vms", Lines::proof).forEach(proof -> except.put(proof.getKey(), proof.getValue()));
        return new Pass(scope, row.instant("passed_at"), except, (int) row.number("listed"));
    }
}
