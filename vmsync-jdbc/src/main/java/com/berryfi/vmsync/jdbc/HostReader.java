package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.jdbc.RowReader.SessionRead;
import com.berryfi.vmsync.jdbc.RowReader.VmRead;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.RejectedException;
import java.sql.Connection;
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
    private final RowReader rows;
    private final String selectVms;
    private final String selectSessions;
    private final String selectSessionIds;

    HostReader(HostSchema schema) {
        this.schema = schema;
        this.conditions = new HostConditions(schema);
        this.rows = new RowReader(schema);
        this.selectVms = "SELECT " + schema.list(VM_COLUMNS) + " FROM " + schema.vmTable() + " v WHERE ";
        String fromSessions = " FROM " + schema.sessionTable() + " s WHERE ";
        this.selectSessions = "SELECT " + schema.list(SESSION_COLUMNS) + fromSessions;
        this.selectSessionIds = "SELECT " + schema.list(List.of(SessionColumn.ID)) + fromSessions;
    }

    /**
     * Reads the VMs that a condition names, in its order.
     *
     * @param lock whether the rows stay locked until the end of the transaction
     */
    Map<VmId, HostRow> read(Connection connection, Condition which, boolean lock) throws SQLException {
        String forUpdate = lock ? " FOR UPDATE" : "";
        List<VmRead> vms = Statements.query(connection, selectVms + which.sql() + forUpdate, which.values(), rows::vm);
        Map<VmId, List<SessionRead>> sessions = new HashMap<>();
        List<SessionRead> found = new ArrayList<>();
        for (List<VmRead> chunk : Statements.chunks(vms)) {
            Condition notEnded =
                    conditions.notEndedOf(chunk.stream().map(VmRead::id).toList());
            Condition theirs = lock && !schema.isOneTable() ? keyed(connection, notEnded) : notEnded;
            Statements.query(
                            connection,
                            selectSessions + theirs.sql() + " ORDER BY s." + schema.column(SessionColumn.ID)
                                    + forUpdate,
                            theirs.values(),
                            rows::session)
                    .forEach(found::add);
        }
        Set<VmId> read = vms.stream().map(VmRead::id).collect(Collectors.toSet());
        for (SessionRead session : found) {
            SessionRead ofRead = read.contains(session.vm()) ? session : misspelt(connection, session);
            sessions.computeIfAbsent(ofRead.vm(), vm -> new ArrayList<>()).add(ofRead);
        }
        Map<VmId, HostRow> joined = new LinkedHashMap<>();
        vms.forEach(vm -> joined.put(vm.id(), join(vm, sessions.getOrDefault(vm.id(), List.of()))));
        return joined;
    }

    /**
     * Reads a session by its own key, ended or not.
     *
     * @return empty if there is no such row
     * @throws RejectedException if the row cannot be worked with
     */
    Optional<Session> session(Connection connection, SessionId id) throws SQLException {
        Condition which = conditions.ofSession(id);
        return Statements.query(connection, selectSessions + which.sql(), which.values(), row -> {
                    HostCells cells = new HostCells(row, schema, schema.sessionRow(id.value()));
                    try {
                        return rows.session(cells, new VmId(cells.required(SessionColumn.VM)));
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
                selectSessionIds + which.sql(),
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
}
