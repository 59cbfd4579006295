package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.port.RejectedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Locale;

/**
 * All that differs between the databases, but for the codes of their failures, which {@link SqlFailures} knows: a failure may come
 * before there is a connection to ask.
 */
enum Dialect {
    H2("h2.sql", "CAST(CURRENT_TIMESTAMP AT TIME ZONE 'UTC' AS TIMESTAMP)", "", "TIMESTAMP WITHOUT TIME ZONE"),

    /** MySQL and MariaDB. The isolation is that of the next transaction alone, so that nothing is left to be restored. */
    MYSQL("mysql.sql", "UTC_TIMESTAMP(6)", "SET TRANSACTION ISOLATION LEVEL READ COMMITTED", "DATETIME(6)") {
        @Override
        Condition equal(String column, String value) {
            // The first finds the rows by an index, in the column's own collation; the second tells case and blanks
            // apart.
            return Condition.of(column + " = ? AND " + bytes(column) + " = " + bytes("?"), value, value);
        }

        @Override
        String exact(String column) {
            return "CONVERT(" + column + " USING utf8mb4) COLLATE utf8mb4_bin";
        }

        @Override
        boolean isZoned(int type, String name) {
            return name.equalsIgnoreCase("TIMESTAMP");
        }

        private static String bytes(String text) {
            return "CAST(CONVERT(" + text + " USING utf8mb4) AS BINARY)";
        }
    },

    /** Here a lock may be waited for without end; both settings end with the transaction. */
    POSTGRESQL(
            "postgresql.sql",
            "(CURRENT_TIMESTAMP AT TIME ZONE 'UTC')",
            "SET TRANSACTION ISOLATION LEVEL READ COMMITTED;"
                    + " SELECT set_config('lock_timeout', '10s', true) WHERE current_setting('lock_timeout') = '0'",
            "TIMESTAMP WITHOUT TIME ZONE");

    private final String ddl;
    private final String utcNow;
    private final String begin;
    private final String plainTime;

    Dialect(String ddl, String utcNow, String begin, String plainTime) {
        this.ddl = ddl;
        this.utcNow = utcNow;
        this.begin = begin;
        this.plainTime = plainTime;
    }

    /**
     * That of a connection's database.
     *
     * @throws RejectedException if vmsync does not know the database; the message names it
     */
    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product.toLowerCase(Locale.ROOT)) {
            case "h2" -> H2;
            case "mysql", "mariadb" -> MYSQL;
            case "postgresql" -> POSTGRESQL;
            default ->
                throw new RejectedException("vmsync has no tables for the database " + product
                        + ": it works on H2, MySQL, MariaDB and PostgreSQL");
        };
    }

    /** Where the DDL of vmsync's own tables is on the class path. */
    String ddl() {
        return VmsyncSchema.FOLDER + ddl;
    }

    /** The database's clock, in UTC and without a zone. */
    String utcNow() {
        return utcNow;
    }

    /** Which rows hold a text, letter by letter. */
    Condition equal(String column, String value) {
        return Condition.of(column + " = ?", value);
    }

    /** A text column in a {@code SELECT DISTINCT} that tells upper from lower case. */
    String exact(String column) {
        return column;
    }

    /** Whether a column's times depend on the time zone of whoever reads them. */
    boolean isZoned(int type, String name) {
        return type == Types.TIMESTAMP_WITH_TIMEZONE || name.equalsIgnoreCase("timestamptz");
    }

    /** The type of a column whose times are the same for all readers. */
    String plainTime() {
        return plainTime;
    }

    /**
     * Begins a transaction that compares and writes. It needs to see what others have committed while it waited for a row: under
     * REPEATABLE READ, MySQL would lock gaps besides, in which others insert, and PostgreSQL would fail.
     */
    void begin(Connection connection) throws SQLException {
        if (!begin.isEmpty()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(begin);
            }
        }
    }
}
