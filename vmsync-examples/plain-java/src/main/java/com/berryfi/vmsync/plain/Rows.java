package com.berryfi.vmsync.plain;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.testkit.InMemoryCloud;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/** The backend's own two tables, and the machines that they are about. */
final class Rows {

    static final Scope SCOPE = new Scope("azure", "the-tenant", "the-client", "the-subscription");
    private static final String GROUP = "render";

    private final DataSource database;
    private final InMemoryCloud cloud;
    private final Instant start;

    Rows(DataSource database, InMemoryCloud cloud, Instant start) {
        this.database = database;
        this.cloud = cloud;
        this.start = start;
    }

    static CloudAddress address(String vm) {
        return CloudAddress.ofName(GROUP, vm);
    }

    /** A VM as the backend believes it to be, and the machine as it is. */
    void put(String vm, String believed, PowerState power) {
        update(
                "INSERT INTO vm_instances (id, vm_name, status, azure_subscription_id, azure_tenant_id, azure_client_id,"
                        + " azure_resource_group, last_started) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                vm,
                vm,
                believed,
                SCOPE.subscription(),
                SCOPE.tenant(),
                SCOPE.principal(),
                GROUP,
                ago(Duration.ofHours(2)));
        cloud.put(SCOPE, address(vm), power);
    }

    /** Somebody has used it for a time. */
    void use(String vm, Duration age) {
        update(
                "INSERT INTO vm_sessions (id, vm_instance_id, status, start_time) VALUES (?, ?, 'ACTIVE', ?)",
                "s-" + vm,
                vm,
                ago(age));
        update("UPDATE vm_instances SET current_session_id = ? WHERE id = ?", "s-" + vm, vm);
    }

    /** What the backend believes now. */
    void print(PrintStream out) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT v.id, v.status, v.current_session_id, s.status, s.duration_seconds"
                                + " FROM vm_instances v LEFT JOIN vm_sessions s ON s.vm_instance_id = v.id ORDER BY v.id");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                out.println("row " + rows.getString(1) + ": " + rows.getString(2) + ", current session "
                        + rows.getString(3) + "; session " + rows.getString(4) + ", billed seconds "
                        + rows.getString(5));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the backend's own query failed", e);
        }
    }

    private LocalDateTime ago(Duration age) {
        return LocalDateTime.ofInstant(start.minus(age), ZoneOffset.UTC);
    }

    private void update(String sql, Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the backend's own statement failed: " + sql, e);
        }
    }
}
