package com.berryfi.vmsync.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import javax.sql.DataSource;

/**
 * Makes the host's two tables, {@code vm_instances} and {@code vm_sessions}, as the BerryFi backend has them, in H2, PostgreSQL, MySQL
 * or MariaDB.
 */
public final class BerryFiSchema {

    private static final String FOLDER = "com/berryfi/vmsync/testkit/";

    private BerryFiSchema() {}

    /**
     * Makes the tables in an empty database.
     *
     * @param database an empty one; its connection is closed again, and committed if it does not commit by itself
     * @throws SQLException if the database cannot be reached, or has such tables already
     */
    public static void create(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            create(connection);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }

    /**
     * Makes the tables in an empty database; leaves the connection open, and what is to be committed to its owner.
     *
     * @param connection to an empty database
     * @throws SQLException if the database fails, or has such tables already
     */
    public static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String ddl : text(connection).replaceAll("(?m)^--.*$", "").split(";", -1)) {
                if (!ddl.isBlank()) {
                    statement.execute(ddl);
                }
            }
        }
    }

    private static String text(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
        String resource =
                FOLDER + (product.equals("mysql") || product.equals("mariadb") ? "berryfi-mysql" : "berryfi") + ".sql";
        try (InputStream in = BerryFiSchema.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
