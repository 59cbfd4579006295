package com.berryfi.vmsync.backend;

import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.testkit.arm.ArmFault;
import com.berryfi.vmsync.testkit.arm.ArmSimulator;
import com.berryfi.vmsync.testkit.arm.ArmSubscription;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;

/** A database of the backend's and an Azure, and the drift between them; lasts as long as it is open. */
final class World implements AutoCloseable {

    static final String ALIVE = "alive";
    static final String DEAD = "dead";
    static final String THROTTLED = "throttled";
    static final Duration USED = Duration.ofHours(1);
    private static final String TENANT = "72f988bf-0000-4000-8000-000000000001";
    private static final String CLIENT = "c11e0000-0000-4000-8000-000000000001";
    private static final String SECRET = "a-secret-of-the-simulator";
    private static final String TOKEN = "a-token";
    private static final String GROUP = "render";
    private static final String HEALTHY = "aaaaaaaa-0000-4000-8000-00000000000a";
    private static final String BUSY = "bbbbbbbb-0000-4000-8000-00000000000b";

    private final ArmSimulator arm = ArmSimulator.start(InstantSource.system());
    private final SSLContext publicTrust;
    private final String server;
    private final String name;
    private final InstantSource clock;

    /** With the clock of who will end the sessions in it. */
    World(int port, String name, InstantSource clock) throws Exception {
        this.server = "jdbc:mariadb://127.0.0.1:" + port + "/";
        this.name = name;
        this.clock = clock;
        execute(server, "CREATE DATABASE " + name);
        arm.principal(TENANT, CLIENT, SECRET, TOKEN);
        arm.subscription(HEALTHY).readableBy(TOKEN);
        arm.subscription(BUSY).readableBy(TOKEN);
        // The backend's clients trust whom this process trusts.
        publicTrust = SSLContext.getDefault();
        SSLContext.setDefault(arm.clientContext());
    }

    /** What the backend is started with. */
    String[] settings(String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "--spring.datasource.url=" + server + name,
                "--spring.datasource.username=root",
                "--server.port=0",
                "--backend.azure.endpoint=" + arm.endpoint() + "/"));
        settings.addAll(List.of(more));
        return settings.toArray(String[]::new);
    }

    /** Three users at work for an hour, as the backend believes; one machine is gone, and one subscription answers no questions. */
    void plantDrift() throws SQLException {
        put(ALIVE, HEALTHY, PowerState.RUNNING);
        put(DEAD, HEALTHY, PowerState.DEALLOCATED);
        put(THROTTLED, BUSY, PowerState.RUNNING);
        arm.subscription(BUSY).fails(ArmFault.throttledByCompute(Duration.ofSeconds(1)));
    }

    /** Every subscription answers. */
    void heal() {
        arm.subscription(BUSY).heal();
    }

    /** The credential may not read one subscription any more. */
    void forbid() {
        arm.subscription(BUSY).forbid(TOKEN);
    }

    void deallocate(String vm) {
        arm.subscription(HEALTHY).vm(GROUP, vm).deallocate();
    }

    void stop(String vm) {
        arm.subscription(HEALTHY).vm(GROUP, vm).stop();
    }

    PowerState power(String vm) {
        ArmSubscription subscription = arm.subscription(vm.equals(THROTTLED) ? BUSY : HEALTHY);
        return subscription.vm(GROUP, vm).power();
    }

    /** Status of the session, status of its VM, and seconds that were charged for it, in all. */
    String state(String vm) throws SQLException {
        return text(
                "SELECT CONCAT(s.status, ' ', v.status, ' ', (SELECT COALESCE(SUM(b.seconds), 'nothing') FROM billing_transactions b"
                        + " WHERE b.session_id = s.id)) FROM vm_sessions s JOIN vm_instances v ON v.id = s.vm_instance_id"
                        + " WHERE v.id = ?",
                vm);
    }

    /** Of vmsync: which rule decided of a VM last. */
    String lastRule(String vm) throws SQLException {
        return text("SELECT rule_id FROM vmsync_audit WHERE vm_id = ? ORDER BY seq DESC LIMIT 1", vm);
    }

    private void put(String vm, String subscription, PowerState power) throws SQLException {
        Instant now = clock.instant();
        arm.subscription(subscription).put(GROUP, vm, power);
        execute(
                server + name,
                "INSERT INTO vm_instances (id, vm_name, status, azure_subscription_id, azure_tenant_id, azure_client_id,"
                        + " azure_client_secret, azure_resource_group, current_session_id, last_started)"
                        + " VALUES (?, ?, 'RUNNING', ?, ?, ?, ?, ?, ?, ?)",
                vm,
                vm,
                subscription,
                TENANT,
                CLIENT,
                SECRET,
                GROUP,
                "s-" + vm,
                utc(now.minus(USED.multipliedBy(2))));
        execute(
                server + name,
                "INSERT INTO vm_sessions (id, vm_instance_id, project_id, status, start_time) VALUES (?, ?, 'film', 'ACTIVE', ?)",
                "s-" + vm,
                vm,
                utc(now.minus(USED)));
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private String text(String sql, Object... values) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server + name, "root", "");
                PreparedStatement statement = prepared(connection, sql, values);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getString(1) : "(no row)";
        }
    }

    private static void execute(String url, String sql, Object... values) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "root", "");
                PreparedStatement statement = prepared(connection, sql, values)) {
            statement.execute();
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        SSLContext.setDefault(publicTrust);
        arm.close();
        execute(server, "DROP DATABASE " + name);
    }
}
