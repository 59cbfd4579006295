package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.testkit.SessionRow;
import com.berryfi.vmsync.testkit.contract.HostRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** BerryFi's rows, written with SQL of their own; local times in the zone it is given. */
final class JdbcHostRows implements HostRows {

    private final TestDatabase database;
    private final ZoneId zone;

    JdbcHostRows(TestDatabase database, ZoneId zone) {
        this.database = database;
        this.zone = zone;
    }

    @Override
    public void put(Vm vm) {
        Scope scope = vm.scope();
        CloudAddress address = vm.address();
        save(
                "vm_instances",
                "status, azure_subscription_id, azure_tenant_id, azure_client_id, azure_resource_group, vm_name,"
                        + " azure_resource_id, current_session_id, last_started, updated_at, azure_client_secret,"
                        + " current_project_id, id",
                vm.believed().name(),
                scope.subscription(),
                orNull(scope.tenant()),
                orNull(scope.principal()),
                orNull(address.group()),
                orNull(address.name()),
                orNull(address.resourceId()),
                vm.currentSession().map(SessionId::value).orElse(null),
                local(vm.lastStarted()),
                LocalDateTime.of(2026, 1, 1, 0, 0),
                "top-secret",
                "project-1",
                vm.id().value());
    }

    @Override
    public void put(Session session) {
        save(
                "vm_sessions",
                "vm_instance_id, status, start_time, end_time, last_heartbeat, updated_at, credits_used,"
                        + " billing_transaction_id, vm_ip_address, vm_port, connection_url, id",
                session.vm().value(),
                session.status().name(),
                local(session.startTime()),
                local(session.endTime()),
                local(session.lastHeartbeat()),
                LocalDateTime.of(2026, 1, 1, 0, 0),
                1.5,
                "tx-1",
                "10.0.0.4",
                8080,
                "wss://vm",
                session.id().value());
    }

    /** Updates the row if it is there, else inserts it; the last column is the key. */
    private void save(String table, String columns, @Nullable Object... values) {
        Object id = Objects.requireNonNull(values[values.length - 1]);
        boolean there = !"0".equals(database.text("SELECT COUNT(*) FROM " + table + " WHERE id = ?", id));
        database.run(
                there
                        ? "UPDATE " + table + " SET "
                                + columns.replaceAll(",? id$", "").replace(",", " = ?,") + " = ? WHERE id = ?"
                        : "INSERT INTO " + table + " (" + columns + ") VALUES (" + Statements.marks(values.length)
                                + ")",
                values);
    }

    @Override
    public void remove(VmId vm) {
        database.run("DELETE FROM vm_instances WHERE id = ?", vm.value());
    }

    @Override
    public void remove(SessionId session) {
        database.run("DELETE FROM vm_sessions WHERE id = ?", session.value());
    }

    @Override
    public void touch(VmId vm) {
        LocalDateTime now = LocalDateTime.of(2026, 11, 2, 3, 4);
        database.run("UPDATE vm_instances SET updated_at = ? WHERE id = ?", now, vm.value());
        database.run(
                "UPDATE vm_sessions SET updated_at = ?, last_heartbeat = ? WHERE vm_instance_id = ?",
                now,
                now,
                vm.value());
    }

    @Override
    public Vm vm(VmId vm) {
        return read(
                "SELECT * FROM vm_instances WHERE id = ?",
                vm.value(),
                row -> new Vm(
                        vm,
                        new Scope(
                                "azure",
                                orEmpty(row.getString("azure_tenant_id")),
                                orEmpty(row.getString("azure_client_id")),
                                row.getString("azure_subscription_id")),
                        new CloudAddress(
                                orEmpty(row.getString("azure_resource_id")),
                                orEmpty(row.getString("azure_resource_group")),
                                orEmpty(row.getString("vm_name"))),
                        VmStatus.valueOf(row.getString("status")),
                        Optional.ofNullable(row.getString("current_session_id")).map(SessionId::new),
                        instant(row, "last_started")));
    }

    @Override
    public SessionRow session(SessionId session) {
        return read(
                "SELECT * FROM vm_sessions WHERE id = ?",
                session.value(),
                row -> new SessionRow(
                        new Session(
                                session,
                                new VmId(row.getString("vm_instance_id")),
                                SessionStatus.valueOf(row.getString("status")),
                                instant(row, "start_time"),
                                instant(row, "end_time"),
                                instant(row, "last_heartbeat")),
                        Optional.ofNullable(row.getObject("duration_seconds", Long.class))
                                .map(Duration::ofSeconds),
                        Optional.ofNullable(row.getString("termination_reason")),
                        row.getString("vm_ip_address") != null
                                && row.getObject("vm_port") != null
                                && row.getString("connection_url") != null));
    }

    @Override
    public String spoil(VmId vm, String status) {
        database.run("UPDATE vm_instances SET status = ? WHERE id = ?", status, vm.value());
        return "status";
    }

    @Override
    public String spoil(SessionId session, String status) {
        database.run("UPDATE vm_sessions SET status = ? WHERE id = ?", status, session.value());
        return "status";
    }

    @Override
    public String putWithoutSubscription(Vm vm) {
        put(vm);
        database.run(
                "UPDATE vm_instances SET azure_subscription_id = ' ' WHERE id = ?",
                vm.id().value());
        return "azure_subscription_id";
    }

    /** Reads one row. */
    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> T read(String sql, String id, Reader<T> reader) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, id);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return reader.read(rows);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable LocalDateTime local(Optional<Instant> instant) {
        return instant.map(at -> LocalDateTime.ofInstant(at, zone)).orElse(null);
    }

    private Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, LocalDateTime.class))
                .map(time -> time.atZone(zone).toInstant());
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String orEmpty(@Nullable String text) {
        return Optional.ofNullable(text).orElse("");
    }
}
