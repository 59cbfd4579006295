package com.berryfi.vmsync.crash;

import com.berryfi.vmsync.jdbc.AuditReport;
import com.berryfi.vmsync.jdbc.JdbcAudit;
import com.berryfi.vmsync.jdbc.VmsyncSchema;
import com.berryfi.vmsync.testkit.BerryFiSchema;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;

/** The host's tables, vmsync's own, and those of the host's billing. */
final class BenchTables {

    private BenchTables() {}

    private static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(1);
        return new HikariDataSource(config);
    }

    /** Verifies the chains of vmsync's audit. */
    static AuditReport audit(String url) {
        try (HikariDataSource database = pool(url)) {
            return JdbcAudit.of(database).verifyAll();
        }
    }

    /** Makes them all in an empty database, with a row for each machine. */
    static void create(String url, List<Machine> machines) throws SQLException {
        try (HikariDataSource database = pool(url)) {
            BerryFiSchema.create(database);
            VmsyncSchema.create(database);
            try (Connection connection = database.getConnection()) {
                boolean mariaDb = url.startsWith("jdbc:mariadb:");
                for (String ddl : List.of(
                        "CREATE TABLE bench_billing (is_open INTEGER NOT NULL)",
                        "INSERT INTO bench_billing (is_open) VALUES (1)",
                        "CREATE TABLE bench_bills (session_id VARCHAR(255) NOT NULL, counter BIGINT NOT NULL,"
                                + " PRIMARY KEY (session_id, counter))",
                        "CREATE TABLE bench_bookings (arrival BIGINT "
                                + (mariaDb ? "AUTO_INCREMENT" : "GENERATED ALWAYS AS IDENTITY")
                                + " PRIMARY KEY, session_id VARCHAR(255) NOT NULL, counter BIGINT NOT NULL,"
                                + " kind VARCHAR(16) NOT NULL, effective_at "
                                + (mariaDb ? "DATETIME(6)" : "TIMESTAMP(6)")
                                + ", intervals TEXT NOT NULL, has_effect INTEGER NOT NULL, replica VARCHAR(255) NOT NULL,"
                                + " booked_at "
                                + (mariaDb
                                        ? "DATETIME(6) DEFAULT (UTC_TIMESTAMP(6))"
                                        : "TIMESTAMP(6) DEFAULT (CURRENT_TIMESTAMP AT TIME ZONE 'UTC')")
                                + " NOT NULL)")) {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute(ddl);
                    }
                }
                for (Machine machine : machines) {
                    Bookkeeping.update(
                            connection,
                            "INSERT INTO vm_instances (id, vm_name, status, azure_subscription_id, azure_tenant_id,"
                                    + " azure_client_id, azure_resource_group, azure_resource_id, created_at, updated_at)"
                                    + " VALUES (?, ?, 'AVAILABLE', ?, 'tenant', 'client', ?, ?, ?, ?)",
                            machine.id(),
                            machine.id(),
                            machine.subscription(),
                            Fleet.GROUP,
                            machine.resourceId(),
                            Bookkeeping.utc(Instant.now()),
                            Bookkeeping.utc(Instant.now()));
                }
            }
        }
    }
}
