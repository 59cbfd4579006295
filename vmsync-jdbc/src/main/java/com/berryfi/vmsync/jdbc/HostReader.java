package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.RejectedException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads VMs with their sessions from the host's rows. Stateless. */
final class HostReader {

    private static final List<VmColumn> VM_COLUMNS = List.of(
            VmColumn.ID,
            VmColumn.STATUS,
            VmColumn.SUBSCRIPTION,
            VmColumn.TENANT,
            VmColumn.CLIENT,
            VmColumn.RESOURCE_GROUP,
            VmColumn.NAME,
            VmColumn.RESOURCE_ID,
            VmColumn.CURRENT_SESSION,
            VmColumn.LAST_STARTED,
            VmColumn.VERSION);
    private static final List<SessionColumn> SESSION_COLUMNS = List.of(
            SessionColumn.ID,
            SessionColumn.VM,
            SessionColumn.STATUS,
            SessionColumn.START_TIME,
            SessionColumn.END_TIME,
            SessionColumn.LAST_HEARTBEAT,
            SessionColumn.VERSION);

    private final HostSchema schema;
    private final HostConditions conditions;

    HostReader(HostSchema schema) {
        this.schema = schema;
        this.conditions = new HostConditions(schema);
    }

    /**
     * Reads the VMs that a condition names, in its order.
     *
     * @param lock whether the rows stay locked until the end of the transaction
     */
    Map<VmId, HostRow> read(Connection connection, Condition which, boolean lock) throws SQLException {
        String forUpdate = lock ? " FOR UPDATE" : "";
        List<VmRead> vms = Statements.query(
                connection,
                "SELECT " + schema.list(VM_COLUMNS) + " FROM " + schema.vmTable() + " v WHERE " + which.sql()
                        + forUpdate,
                which.values(),
                this::vm);
        Map<VmId, List<SessionRead>> sessions = new HashMap<>();
        for (List<VmRead> chunk : Statements.chunks(vms)) {
            Condition theirs = conditions
                    .notEndedOf(chunk.stream().map(VmRead::id).toList())
                    .then("ORDER BY s." + schema.column(SessionColumn.ID));
            Statements.query(
                            connection,
                            "SELECT " + schema.list(SESSION_COLUMNS) + " FROM " + schema.sessionTable() + " s WHERE "
                                    + theirs.sql() + forUpdate,
                            theirs.values(),
                            this::session)
                    .forEach(session -> sessions.computeIfAbsent(session.vm(), vm -> new ArrayList<>())
                            .add(session));
        }
        Map<VmId, HostRow> rows = new LinkedHashMap<>();
        vms.forEach(vm -> rows.put(vm.id(), join(vm, sessions.getOrDefault(vm.id(), List.of()))));
        return rows;
    }

    /**
     * Reads a session by its own key, ended or not.
     *
     * @return empty if there is no such row
     * @throws RejectedException if the row cannot be worked with
     */
    Optional<Session> session(Connection connection, SessionId id) throws SQLException {
        Condition which = conditions.ofSession(id);
        return Statements.query(
                        connection,
                        "SELECT " + schema.list(SESSION_COLUMNS) + " FROM " + schema.sessionTable() + " s WHERE "
                                + which.sql(),
                        which.values(),
                        row -> {
                            HostCells cells = new HostCells(row, schema, schema.sessionRow(id.value()));
                            try {
                                return session(cells, new VmId(cells.required(SessionColumn.VM)));
                            } catch (BadRow e) {
                                throw new RejectedException(e.problem().toString());
                            }
                        })
                .stream()
                .findFirst();
    }

    private HostRow join(VmRead vm, List<SessionRead> sessions) {
        Optional<RowProblem> problem = vm.problem()
                .or(() -> sessions.stream()
                        .map(SessionRead::problem)
                        .flatMap(Optional::stream)
                        .findFirst());
        if (problem.isPresent()) {
            return new HostRow.Bad(problem.get());
        }
        if (sessions.size() > 1) {
            String column = schema.tables().column(SessionColumn.STATUS).orElseThrow();
            return new HostRow.Bad(new RowProblem(
                    schema.vmRow(vm.id().value()),
                    "more than one session of " + schema.tables().sessionTable() + " that has not ended (" + column
                            + "): "
                            + sessions.stream()
                                    .flatMap(session -> session.session().stream())
                                    .map(Session::id)
                                    .toList()));
        }
        Optional<SessionRead> open = sessions.stream().findFirst();
        return new HostRow.Good(
                new ManagedVm(vm.vm().orElseThrow(), open.flatMap(SessionRead::session)),
                vm.version(),
                open.map(SessionRead::version).orElse(0L));
    }

    private VmRead vm(ResultSet row) throws SQLException {
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

    private SessionRead session(ResultSet row) throws SQLException {
        VmId vm = new VmId(row.getString(SessionColumn.VM.label()));
        String key =
                Optional.ofNullable(row.getString(SessionColumn.ID.label())).orElse("");
        HostCells cells = new HostCells(row, schema, schema.sessionRow(key));
        try {
            return new SessionRead(
                    vm, Optional.of(session(cells, vm)), Optional.empty(), cells.number(SessionColumn.VERSION));
        } catch (BadRow e) {
            return new SessionRead(vm, Optional.empty(), Optional.of(e.problem()), 0);
        }
    }

    private Session session(HostCells cells, VmId vm) throws SQLException, BadRow {
        return new Session(
                new SessionId(cells.required(SessionColumn.ID)),
                vm,
                cells.status(SessionColumn.STATUS, schema.sessionStatuses()),
                cells.time(SessionColumn.START_TIME),
                cells.time(SessionColumn.END_TIME),
                cells.time(SessionColumn.LAST_HEARTBEAT));
    }

    /** A VM's row, or what is wrong with it. */
    private record VmRead(VmId id, Optional<Vm> vm, Optional<RowProblem> problem, long version) {}

    /** A session's row, or what is wrong with it. */
    private record SessionRead(VmId vm, Optional<Session> session, Optional<RowProblem> problem, long version) {}
}
