package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;

/**
 * vmsync's own tables. Their DDL is plain SQL in the jar, at {@link #DDL}; run it with the host's migration tool, or opt in to
 * {@link #create}.
 */
public final class VmsyncSchema {

    /** Where the DDL for H2 is on the class path. */
    public static final String DDL = "com/berryfi/vmsync/jdbc/schema/h2.sql";

    /** The version of the tables that this release works with. */
    public static final int VERSION = 1;

    private static final Map<String, String> COLUMNS = Map.of(
            "vmsync_schema",
            "version",
            "vmsync_tracking",
            TrackingTable.COLUMNS,
            "vmsync_metering",
            MeteringTable.COLUMNS,
            "vmsync_identity",
            IdentityTable.COLUMNS,
            "vmsync_pass",
            PassTable.COLUMNS,
            "vmsync_billing",
            BillingTable.COLUMNS + ", seq, note",
            "vmsync_brake",
            BrakeTable.COLUMNS,
            "vmsync_spending",
            BrakeTable.SPENDING_COLUMNS + ", seq",
            "vmsync_order",
            OrderTable.COLUMNS,
            "vmsync_audit",
            AuditTable.COLUMNS + ", seq");

    private VmsyncSchema() {}

    /**
     * Makes the tables that are not there yet.
     *
     * @throws RejectedException if there is no DDL for this database, or it refuses it
     * @throws UnavailableException if the database cannot be reached
     */
    public static void create(DataSource database) {
        new Transactions(database).run("creating the tables of vmsync from " + DDL, connection -> {
            requireH2(connection);
            try (Statement statement = connection.createStatement()) {
                for (String ddl : text().replaceAll("(?m)^--.*$", "").split(";", -1)) {
                    if (!ddl.isBlank()) {
                        statement.execute(ddl);
                    }
                }
            }
            return DDL;
        });
    }

    /**
     * Checks that all tables are there, with all their columns, in the version of this release.
     *
     * @throws RejectedException if not; the message names what is missing and where the DDL is
     * @throws UnavailableException if the database cannot be reached
     */
    public static void check(DataSource database) {
        check(new Transactions(database));
    }

    static void check(Transactions transactions) {
        transactions.run("checking the tables of vmsync", connection -> {
            check(connection);
            return DDL;
        });
    }

    private static void check(Connection connection) throws SQLException {
        List<String> problems = new ArrayList<>();
        for (String table : COLUMNS.keySet().stream().sorted().toList()) {
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
                connection.rollback();
            }
        }
        if (!problems.isEmpty()) {
            throw new RejectedException(
                    "tables of vmsync are missing or incomplete: " + String.join("; ", problems) + ". " + remedy());
        }
        List<Integer> versions =
                Statements.query(connection, "SELECT version FROM vmsync_schema", List.of(), row -> row.getInt(1));
        if (!versions.equals(List.of(VERSION))) {
            throw new RejectedException(
                    "vmsync_schema: version is " + versions + ", this release needs " + VERSION + ". " + remedy());
        }
    }

    private static String remedy() {
        return "The DDL is " + DDL + " in the jar of vmsync-jdbc: run it with your migration tool, or call"
                + " VmsyncSchema.create(dataSource)";
    }

    private static void requireH2(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        if (!product.toLowerCase(Locale.ROOT).contains("h2")) {
            throw new RejectedException(
                    "there is no DDL for " + product + " yet; " + DDL + " says what the tables look like");
        }
    }

    private static String text() {
        try (InputStream in = VmsyncSchema.class.getClassLoader().getResourceAsStream(DDL)) {
            if (in == null) {
                throw new IllegalStateException(DDL + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
