package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Makes a VM or a session of one row of the host's. Stateless. */
final class RowReader {

    private final HostSchema schema;

    RowReader(HostSchema schema) {
        this.schema = schema;
    }

    VmRead vm(ResultSet row) throws SQLException {
        VmId id = new VmId(row.getString(VmColumn.ID.label()));
        HostCells cells = new HostCells(row, schema, schema.vmRow(id.value()));
        try {
            Scope scope = new Scope(
                    schema.tables().cloud(),
                    cells.text(VmColumn.TENANT).orElse(""),
                    cells.text(VmColumn.CLIENT).orElse(""),
                    cells.required(VmColumn.SUBSCRIPTION));
            Optional<String> resourceId = cells.text(VmColumn.RESOURCE_ID);
            Optional<String> name = cells.text(VmColumn.NAME);
            if (resourceId.isEmpty() && name.isEmpty()) {
                return new VmRead(
                        id,
                        Optional.empty(),
                        Optional.of(cells.problem(
                                VmColumn.RESOURCE_ID, "is missing, and so is the name: the VM has no address")),
                        0);
            }
            CloudAddress address = new CloudAddress(
                    resourceId.orElse(""), cells.text(VmColumn.RESOURCE_GROUP).orElse(""), name.orElse(""));
            return new VmRead(
                    id,
                    Optional.of(new Vm(
                            id,
                            scope,
                            address,
                            cells.status(VmColumn.STATUS, schema.vmStatuses()),
                            cells.text(VmColumn.CURRENT_SESSION).map(SessionId::new),
                            cells.time(VmColumn.LAST_STARTED))),
                    Optional.empty(),
                    cells.number(VmColumn.VERSION));
        } catch (BadRow e) {
            return new VmRead(id, Optional.empty(), Optional.of(e.problem()), 0);
        }
    }

    SessionRead session(ResultSet row) throws SQLException {
        VmId vm = new VmId(row.getString(SessionColumn.VM.label()));
        String key =
                Optional.ofNullable(row.getString(SessionColumn.ID.label())).orElse("");
        String name = schema.sessionRow(key);
        HostCells cells = new HostCells(row, schema, name);
        try {
            return new SessionRead(
                    vm, name, Optional.of(session(cells, vm)), Optional.empty(), cells.number(SessionColumn.VERSION));
        } catch (BadRow e) {
            return new SessionRead(vm, name, Optional.empty(), Optional.of(e.problem()), 0);
        }
    }

    Session session(HostCells cells, VmId vm) throws SQLException, BadRow {
        return new Session(
                new SessionId(cells.required(SessionColumn.ID)),
                vm,
                cells.status(SessionColumn.STATUS, schema.sessionStatuses()),
                cells.time(SessionColumn.START_TIME),
                cells.time(SessionColumn.END_TIME),
                cells.time(SessionColumn.LAST_HEARTBEAT));
    }

    /** A VM's row, or what is wrong with it. */
    record VmRead(VmId id, Optional<Vm> vm, Optional<RowProblem> problem, long version) {}

    /** A session's row, or what is wrong with it. */
    record SessionRead(VmId vm, String row, Optional<Session> session, Optional<RowProblem> problem, long version) {}
}
