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
import java.util.Set;
import java.util.stream.Collectors;

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
        List<SessionRead> found = new ArrayList<>();
        for (List<VmRead> chunk : Statements.chunks(vms)) {
            Condition notEnded =
                    conditions.notEndedOf(chunk.stream().map(VmRead::id).toList());
            Condition theirs = lock && !schema.isOneTable() ? keyed(connection, notEnded) : notEnded;
            Statements.query(
                            connection,
                            "SELECT " + schema.list(SESSION_COLUMNS) + " FROM " + schema.sessionTable() + " s WHERE "
                                    + theirs.sql() + " ORDER BY s." + schema.column(SessionColumn.ID) + forUpdate,
                            theirs.values(),
                            this::session)
                    .forEach(found::add);
        }
        Set<VmId> read = vms.stream().map(VmRead::id).collect(Collectors.toSet());
        for (SessionRead session : found) {
            SessionRead ofRead = read.contains(session.vm()) ? session : misspelt(connection, session);
            sessions.computeIfAbsent(ofRead.vm(), vm -> new ArrayList<>()).add(ofRead);
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
                // The database may find other spellings too.
                .filter(session -> session.id().equals(id))
                .findFirst();
    }

    /** The same sessions, named by their keys besides: MySQL locks every row that it looks at, and without a key those are many. */
    private Condition keyed(Connection connection, Condition which) throws SQLException {
        List<Optional<String>> keys = Statements.query(
                connection,
                "SELECT " + schema.list(List.of(SessionColumn.ID)) + " FROM " + schema.sessionTable() + " s WHERE "
                        + which.sql(),
                which.values(),
                row -> Optional.ofNullable(row.getString(SessionColumn.ID.label())));
        // One that has lost its key is found without it, whatever is locked besides.
        return keys.contains(Optional.<String>empty())
                ? which
                : which.and(conditions.withSessionIds(
                        keys.stream().flatMap(Optional::stream).toList()));
    }

    /**
     * A session that names its VM in a spelling of its own, which the database takes for the VM's: that VM is not without a session,
     * and what the host makes of it nobody knows.
     */
    private SessionRead misspelt(Connection connection, SessionRead session) throws SQLException {
        Condition which = conditions.withIds(List.of(session.vm()));
        VmId meant = Statements.query(
                        connection,
                        "SELECT " + schema.list(List.of(VmColumn.ID)) + " FROM " + schema.vmTable() + " v WHERE "
                                + which.sql(),
                        which.values(),
                        row -> new VmId(row.getString(VmColumn.ID.label())))
                .stream()
                .findFirst()
                .orElse(session.vm());
        String column = schema.tables().column(SessionColumn.VM).orElseThrow();
        return new SessionRead(
                meant,
                session.row(),
                Optional.empty(),
                Optional.of(new RowProblem(
                        session.row(), column + ": names the VM '" + meant + "' as '" + session.vm() + "'")),
                0);
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
        String name = schema.sessionRow(key);
        HostCells cells = new HostCells(row, schema, name);
        try {
            return new SessionRead(
                    vm, name, Optional.of(session(cells, vm)), Optional.empty(), cells.number(SessionColumn.VERSION));
        } catch (BadRow e) {
            return new SessionRead(vm, name, Optional.empty(), Optional.of(e.problem()), 0);
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
    private record SessionRead(
            VmId vm, String row, Optional<Session> session, Optional<RowProblem> problem, long version) {}
}
