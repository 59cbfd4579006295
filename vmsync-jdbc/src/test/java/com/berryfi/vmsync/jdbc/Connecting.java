package com.berryfi.vmsync.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.h2.jdbcx.JdbcDataSource;

/**
 * A way to reach a database: a driver with its settings, and a pool with autocommit on or off. Databases with all tables are used
 * again by the next test, unless it has changed a table's shape.
 */
enum Connecting {
    /** Without a pool. */
    H2(TestServer.H2, "", true),
    H2_MANUAL_COMMIT(TestServer.H2, "", false),
    MARIADB(TestServer.MARIADB, "mariadb", "", true),
    MARIADB_AFFECTED(TestServer.MARIADB, "mariadb", "&useAffectedRows=true", false),
    MARIADB_BULK(TestServer.MARIADB, "mariadb", "&useBulkStmts=true", false),
    MARIADB_BULK_AFFECTED(TestServer.MARIADB, "mariadb", "&useBulkStmts=true&useAffectedRows=true", true),
    MARIADB_REWRITE(TestServer.MARIADB, "mariadb", "&useBulkStmtsForInserts=false&rewriteBatchedStatements=true", true),
    MYSQL(TestServer.MARIADB, "mysql", "", true),
    MYSQL_AFFECTED(TestServer.MARIADB, "mysql", "&useAffectedRows=true", false),
    MYSQL_REWRITE(TestServer.MARIADB, "mysql", "&rewriteBatchedStatements=true", false),
    MYSQL_REWRITE_AFFECTED(TestServer.MARIADB, "mysql", "&rewriteBatchedStatements=true&useAffectedRows=true", true),
    POSTGRESQL(TestServer.POSTGRESQL, "", true),
    POSTGRESQL_REWRITE(TestServer.POSTGRESQL, "&reWriteBatchedInserts=true", false);

    private static final Map<Connecting, Queue<TestDatabase>> IDLE = new ConcurrentHashMap<>();

    private final TestServer server;
    private final String driver;
    private final String options;
    private final boolean autoCommit;

    Connecting(TestServer server, String options, boolean autoCommit) {
        this(server, "", options, autoCommit);
    }

    Connecting(TestServer server, String driver, String options, boolean autoCommit) {
        this.server = server;
        this.driver = driver;
        this.options = options;
        this.autoCommit = autoCommit;
    }

    /** A database with both sets of tables, empty. */
    TestDatabase filled() {
        Queue<TestDatabase> idle = IDLE.computeIfAbsent(this, key -> new ConcurrentLinkedQueue<>());
        TestDatabase used = idle.poll();
        if (used != null) {
            used.clear();
            return used;
        }
        return open(this == H2 ? TestDatabase::drop : idle::add).fill();
    }

    /** A database without any table. */
    TestDatabase empty() {
        return open(TestDatabase::drop);
    }

    private TestDatabase open(Consumer<TestDatabase> whenClosed) {
        try {
            String url = server.create(driver, options);
            if (this == H2) {
                JdbcDataSource h2 = new JdbcDataSource();
                h2.setURL(url);
                return new TestDatabase(server, url, h2, whenClosed);
            }
            HikariConfig pool = new HikariConfig();
            pool.setJdbcUrl(url);
            pool.setAutoCommit(autoCommit);
            pool.setMaximumPoolSize(8);
            pool.setMinimumIdle(1);
            return new TestDatabase(server, url, new HikariDataSource(pool), whenClosed);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
