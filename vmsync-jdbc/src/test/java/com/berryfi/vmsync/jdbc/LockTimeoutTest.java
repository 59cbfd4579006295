package com.berryfi.vmsync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** PostgreSQL would wait for a lock without end, if the host has not said how long. */
@ParameterizedClass
@EnumSource(
        value = Connecting.class,
        names = {"POSTGRESQL"})
class LockTimeoutTest {

    @AutoClose
    private final TestDatabase database;

    private Connection pooled;
    private Transactions transactions;

    LockTimeoutTest(Connecting on) {
        database = on.filled();
    }

    @BeforeEach
    void open() throws SQLException {
        pooled = database.dataSource().getConnection();
        transactions = Transactions.of(TransactionsTest.poolOf(pooled));
    }

    @AfterEach
    void close() throws SQLException {
        pooled.close();
    }

    @Test
    void workThatComparesAndWritesWaitsForNoLockWithoutEnd() throws SQLException {
        String timeout = "SELECT current_setting('lock_timeout')";
        for (Map.Entry<String, String> ofHost : Map.of("0", "10s", "3s", "3s").entrySet()) {
            TestDatabase.run(pooled, "SET lock_timeout = '" + ofHost.getKey() + "'");

            assertThat(transactions.<List<String>>attempt(
                            "asking",
                            connection -> Statements.query(connection, timeout, List.of(), row -> row.getString(1))))
                    .containsExactly(ofHost.getValue());
            assertThat(Statements.query(pooled, timeout, List.of(), row -> row.getString(1)))
                    .containsExactly(ofHost.getKey());
        }
    }
}
