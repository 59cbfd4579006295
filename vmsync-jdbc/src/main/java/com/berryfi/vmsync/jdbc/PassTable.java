package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.VmId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code vmsync_pass}: the last complete pass of each scope. */
final class PassTable {

    static final String COLUMNS = "cloud, tenant, principal, subscription, passed_at, except_vms";

    private static final String KEY = "cloud = ? AND tenant = ? AND principal = ? AND subscription = ?";

    private PassTable() {}

    static Optional<Pass> read(Connection connection, Scope scope) throws SQLException {
        return Statements.query(
                        connection, "SELECT passed_at, except_vms FROM vmsync_pass WHERE " + KEY, key(scope), cells -> {
                            OwnRow row = new OwnRow(cells, "vmsync_pass " + scope);
                            return new Pass(
                                    scope,
                                    row.instant("passed_at"),
                                    Set.copyOf(row.lines("except_vms", line -> new VmId(Lines.text(line)))));
                        })
                .stream()
                .findFirst();
    }

    /** Writes a pass unless a later one is there; fails with a duplicate key if another inserts the scope meanwhile. */
    static void write(Connection connection, Pass pass) throws SQLException {
        Scope scope = pass.scope();
        int updated = Statements.update(
                connection,
                "UPDATE vmsync_pass SET passed_at = ?, except_vms = ? WHERE " + KEY + " AND passed_at < ?",
                List.of(
                        Times.utc(pass.at()),
                        except(pass),
                        scope.cloud(),
                        scope.tenant(),
                        scope.principal(),
                        scope.subscription(),
                        Times.utc(pass.at())));
        if (updated == 0 && read(connection, scope).isEmpty()) {
            Statements.update(
                    connection,
                    "INSERT INTO vmsync_pass (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?)",
                    List.of(
                            scope.cloud(),
                            scope.tenant(),
                            scope.principal(),
                            scope.subscription(),
                            Times.utc(pass.at()),
                            except(pass)));
        }
    }

    private static String except(Pass pass) {
        return Lines.ofTexts(pass.except().stream().map(VmId::value).sorted().toList());
    }

    private static List<String> key(Scope scope) {
        return List.of(scope.cloud(), scope.tenant(), scope.principal(), scope.subscription());
    }
}
