package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.SessionStore.Scopes;
import com.berryfi.vmsync.port.SessionStore.Selection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads which scopes the host's VMs live in, and which rows belong to none. Stateless. */
final class ScopeReader {

    private final HostSchema schema;
    private final HostConditions conditions;

    ScopeReader(HostSchema schema) {
        this.schema = schema;
        this.conditions = new HostConditions(schema);
    }

    Scopes read(Connection connection, Selection selection) throws SQLException {
        List<RowProblem> problems = new ArrayList<>(withoutSubscription(connection, selection));
        problems.addAll(withoutVm(connection));
        return new Scopes(scopes(connection, selection), problems);
    }

    private List<Scope> scopes(Connection connection, Selection selection) throws SQLException {
        Condition which = conditions.selected(selection).and(conditions.withSubscription());
        return Statements.query(
                        connection,
                        "SELECT "
                                + schema.distinct(List.of(VmColumn.TENANT, VmColumn.CLIENT, VmColumn.SUBSCRIPTION))
                                + " FROM " + schema.vmTable() + " v WHERE " + which.sql(),
                        which.values(),
                        row -> {
                            HostCells cells =
                                    new HostCells(row, schema, schema.tables().vmTable());
                            return new Scope(
                                    schema.tables().cloud(),
                                    cells.text(VmColumn.TENANT).orElse(""),
                                    cells.text(VmColumn.CLIENT).orElse(""),
                                    row.getString(VmColumn.SUBSCRIPTION.label()));
                        })
                .stream()
                .distinct()
                .toList();
    }

    private List<RowProblem> withoutSubscription(Connection connection, Selection selection) throws SQLException {
        Condition which = conditions.selected(selection).and(conditions.withoutSubscription());
        return Statements.query(
                connection,
                "SELECT " + schema.list(List.of(VmColumn.ID)) + " FROM " + schema.vmTable() + " v WHERE " + which.sql(),
                which.values(),
                row -> {
                    String id = row.getString(VmColumn.ID.label());
                    return new HostCells(row, schema, schema.vmRow(id))
                            .problem(VmColumn.SUBSCRIPTION, "is missing")
                            .leavingOut(new VmId(id));
                });
    }

    private List<RowProblem> withoutVm(Connection connection) throws SQLException {
        Condition which = conditions.withoutVm();
        return Statements.query(
                connection,
                "SELECT " + schema.list(List.of(SessionColumn.ID, SessionColumn.VM)) + " FROM " + schema.sessionTable()
                        + " s WHERE " + which.sql(),
                which.values(),
                row -> new HostCells(row, schema, schema.sessionRow(row.getString(SessionColumn.ID.label())))
                        .problem(
                                SessionColumn.VM,
                                "there is no VM " + row.getString(SessionColumn.VM.label()) + " in "
                                        + schema.tables().vmTable()));
    }
}
