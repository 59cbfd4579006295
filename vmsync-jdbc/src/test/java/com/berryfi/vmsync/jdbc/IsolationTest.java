package com.berryfi.vmsync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A transaction that compares and writes has the isolation it needs, on a connection that the host has given another. */
@ParameterizedClass
@EnumSource(
        value = Connecting.class,
        names = {"MARIADB", "MYSQL", "POSTGRESQL"})
class IsolationTest {

    private static final String INSERT =
            "INSERT INTO vmsync_pass VALUES ('key', 'azure', '', '', 'sub-1', TIMESTAMP '2026-11-01 12:00:00', '', 0)";

    @AutoClose
    private final TestDatabase database;

    private Connection pooled;
    private Transactions transactions;

    IsolationTest(Connecting on) {
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
    void workThatComparesAndWritesSeesWhatOthersHaveCommittedSince() throws SQLException {
        pooled.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        database.run(INSERT);
        for (String listed : List.of("7", "8")) {
            assertThat(transactions.<List<String>>attempt("listing", connection -> {
                        listed(connection);
                        database.run("UPDATE vmsync_pass SET listed = " + listed);
                        return listed(connection);
                    }))
                    .containsExactly(listed);
        }
        assertThat(pooled.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
    }

    private static List<String> listed(Connection connection) throws SQLException {
        return Statements.query(connection, "SELECT listed FROM vmsync_pass", List.of(), row -> row.getString(1));
    }
}
