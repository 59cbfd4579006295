package com.berryfi.vmsync.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** A kind of database that tests run on, started when it is first asked for. Its clock and its sessions are not in UTC. */
enum TestServer {
    /** In this process; every database is one of its own, gone with its last connection. */
    H2 {
        @Override
        String create(String driver, String options) {
            return "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=200" + options;
        }

        @Override
        void drop(String url) throws SQLException {
            execute(url, "SHUTDOWN");
        }

        @Override
        String retype(String column, String type) {
            return "ALTER COLUMN " + column + " " + type;
        }

        @Override
        String rename(String column, String name) {
            return "ALTER COLUMN " + column + " RENAME TO " + name;
        }

        @Override
        String waiting() {
            return "SELECT COUNT(*) FROM information_schema.sessions WHERE blocker_id IS NOT NULL";
        }
    },

    MARIADB {
        @Override
        String create(String driver, String options) throws SQLException {
            String address = "//127.0.0.1:" + MariaDbServer.port() + "/";
            String name = "vmsync_" + UUID.randomUUID().toString().replace("-", "");
            execute("jdbc:mariadb:" + address + "?user=root", "CREATE DATABASE " + name);
            return "jdbc:" + driver + ":" + address + name
                    + "?user=root&sessionVariables=innodb_lock_wait_timeout=1"
                    + (driver.equals("mysql") ? "&sslMode=DISABLED" : "") + options;
        }

        @Override
        void drop(String url) throws SQLException {
            String name = url.replaceAll(".*/(vmsync_\\w+).*", "$1");
            execute("jdbc:mariadb://127.0.0.1:" + MariaDbServer.port() + "/?user=root", "DROP DATABASE " + name);
        }

        @Override
        String retype(String column, String type) {
            return "MODIFY COLUMN " + column + " " + type;
        }

        @Override
        String waiting() {
            return "SELECT variable_value FROM information_schema.global_status"
                    + " WHERE variable_name = 'INNODB_ROW_LOCK_CURRENT_WAITS'";
        }
    },

    /** Every database is a schema; the wildcard in its name fits others too. */
    POSTGRESQL {
        @Override
        String create(String driver, String options) throws SQLException {
            String name = "vmsync_" + UUID.randomUUID().toString().replace("-", "");
            String url = PostgresServer.url();
            execute(url, "CREATE SCHEMA " + name);
            return url + "&options=-c%20lock_timeout=200&currentSchema=" + name + options;
        }

        @Override
        void drop(String url) throws SQLException {
            String name = url.replaceAll(".*currentSchema=(vmsync_\\w+).*", "$1");
            execute(PostgresServer.url(), "DROP SCHEMA " + name + " CASCADE");
        }

        @Override
        String retype(String column, String type) {
            return "ALTER COLUMN " + column + " TYPE " + type + " USING NULL";
        }

        @Override
        String waiting() {
            return "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
        }
    };

    /**
     * Makes an empty database.
     *
     * @param driver the driver by the name in its addresses, where there is a choice
     * @param options what is appended to the address
     * @return its address
     */
    abstract String create(String driver, String options) throws SQLException;

    abstract void drop(String url) throws SQLException;

    /** The part of an {@code ALTER TABLE} that gives a column another type; what is in it may be lost. */
    abstract String retype(String column, String type);

    /** The part of an {@code ALTER TABLE} that gives a column another name. */
    String rename(String column, String name) {
        return "RENAME COLUMN " + column + " TO " + name;
    }

    /** Asks how many wait for a lock. */
    abstract String waiting();

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
