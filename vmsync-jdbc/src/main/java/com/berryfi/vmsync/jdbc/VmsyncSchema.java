package com.berryfi.vmsync.jdbc;

import static java.util.Map.entry;

import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * vmsync's own tables. Their DDL is plain SQL in the jar, in {@link #FOLDER}, a file for each database: {@code h2.sql},
 * {@code mysql.sql} (MariaDB too) and {@code postgresql.sql}; run it with the host's migration tool, or opt in to {@link #create}.
 */
public final class VmsyncSchema {

    /** Where the DDL is on the class path. */
    public static final String FOLDER = "com/berryfi/vmsync/jdbc/schema/";

    /** The version of the tables that this release works with. */
    public static final int VERSION = 1;

    private static final Map<String, String> COLUMNS = Map.ofEntries(
            entry("vmsync_schema", "version"),
            entry("vmsync_tracking", TrackingTable.COLUMNS),
            entry("vmsync_metering", MeteringTable.COLUMNS),
            entry("vmsync_identity", IdentityTable.COLUMNS),
            entry("vmsync_pass", PassTable.COLUMNS),
            entry("vmsync_outbox", OutboxTable.COLUMNS + ", seq"),
            entry("vmsync_delivery", DeliveryTable.COLUMNS + ", failures, note"),
            entry("vmsync_brake", BrakeTable.COLUMNS),
            entry("vmsync_spending", BrakeTable.SPENDING_COLUMNS + ", seq"),
            entry("vmsync_order", OrderTable.COLUMNS),
            entry("vmsync_lock", LockTable.COLUMNS),
            entry("vmsync_setting", SettingTable.COLUMNS),
            entry("vmsync_audit", AuditTable.COLUMNS + ", " + AuditTable.LINK_COLUMNS + ", seq"),
            entry("vmsync_audit_chain", ChainTable.COLUMNS));

    private VmsyncSchema() {}

    /**
     * Makes the tables that are not there yet.
     *
     * @param database where vmsync's tables belong, beside the host's; the host's are not touched
     * @throws RejectedException if there is no DDL for this database, or it refuses it
     * @throws UnavailableException if the database cannot be reached
     */
    public static void create(DataSource database) {
        Transactions transactions = Transactions.of(database);
        String file = transactions.dialect().ddl();
        transactions.run("creating the tables of vmsync from " + file, connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String ddl : text(file).replaceAll("(?m)^--.*$", "").split(";", -1)) {
                    if (!ddl.isBlank()) {
                        statement.execute(ddl);
                    }
                }
            }
            return file;
        });
    }

    /**
     * Checks that all tables are there, with all their columns, in the version of this release.
     *
     * @param database where vmsync's tables are
     * @throws RejectedException if not; the message names what is missing and where the DDL is
     * @throws UnavailableException if the database cannot be reached
     */
    public static void check(DataSource database) {
        check(Transactions.of(database));
    }

    static void check(Transactions transactions) {
        Dialect dialect = transactions.dialect();
        transactions.run("checking the tables of vmsync", connection -> {
            check(connection, dialect);
            return dialect;
        });
    }

    private static void check(Connection connection, Dialect dialect) throws SQLException {
        List<String> problems = new ArrayList<>();
        for (String table : COLUMNS.keySet().stream().sorted().toList()) {
            Savepoint before = connection.setSavepoint();
            try {
                Statements.query(
                        connection,
                        "SELECT " + COLUMNS.get(table) + " FROM " + table + " WHERE 1 = 0",
                        List.of(),
                        row -> row);
            } catch (SQLException e) {
                if (!String.valueOf(e.getSQLState()).startsWith("42")) {
                    throw e;
                }
                problems.add(table + " (" + SqlFailures.describe(e) + ")");
                connection.rollback(before);
            }
        }
        if (!problems.isEmpty()) {
            throw new RejectedException("tables of vmsync are missing or incomplete: " + String.join("; ", problems)
                    + ". " + remedy(dialect));
        }
        List<Integer> versions =
                Statements.query(connection, "SELECT version FROM vmsync_schema", List.of(), row -> row.getInt(1));
        if (!versions.equals(List.of(VERSION))) {
            boolean newer = versions.stream().anyMatch(version -> version > VERSION);
            throw new RejectedException("vmsync_schema: version is " + versions + ", this release needs " + VERSION
                    + ". " + (newer ? "The tables belong to a later release: start that one" : remedy(dialect)));
        }
    }

    private static String remedy(Dialect dialect) {
        return "The DDL is " + dialect.ddl() + " in the jar of vmsync-jdbc: run it with your migration tool, or call"
                + " VmsyncSchema.create(dataSource)";
    }

    private static String text(String file) {
        try (InputStream in = VmsyncSchema.class.getClassLoader().getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
