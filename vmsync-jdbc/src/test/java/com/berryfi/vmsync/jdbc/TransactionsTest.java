package com.berryfi.vmsync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.port.RejectedException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a pool of one connection, whose close gives it back as it is. */
@OnEachDatabase
class TransactionsTest {

    private static final String INSERT =
            "INSERT INTO vmsync_pass VALUES ('key', 'azure', '', '', 'sub-1', TIMESTAMP '2026-11-01 12:00:00', '', 0)";

    @AutoClose
    private final TestDatabase database;

    private Connection pooled;
    private Transactions transactions;

    TransactionsTest(Connecting on) {
        database = on.filled();
    }

    @BeforeEach
    void open() throws SQLException {
        pooled = database.dataSource().getConnection();
        transactions = Transactions.of(poolOf(pooled));
    }

    @AfterEach
    void close() throws SQLException {
        pooled.close();
    }

    @Test
    void workIsCommittedAndAutocommitComesBack() throws SQLException {
        for (boolean autoCommit : List.of(true, false)) {
            pooled.setAutoCommit(autoCommit);
            database.run("DELETE FROM vmsync_pass");

            assertThat(transactions.<Integer>run("inserting", connection -> {
                        assertThat(connection.getAutoCommit()).isFalse();
                        return TestDatabase.run(connection, INSERT);
                    }))
                    .isEqualTo(1);

            assertThat(pooled.getAutoCommit()).isEqualTo(autoCommit);
            assertThat(database.text("SELECT COUNT(*) FROM vmsync_pass")).isEqualTo("1");
        }
    }

    @Test
    void workThatFailsIsUndoneAndLeavesNoTransactionOpen() throws SQLException {
        for (boolean autoCommit : List.of(true, false)) {
            pooled.setAutoCommit(autoCommit);

            assertThatThrownBy(() -> transactions.run("inserting", connection -> {
                        TestDatabase.run(connection, INSERT);
                        throw new IllegalStateException("no");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> transactions.run("inserting twice", connection -> {
                        TestDatabase.run(connection, INSERT);
                        return TestDatabase.run(connection, INSERT);
                    }))
                    .isInstanceOf(RejectedException.class)
                    .hasMessageContaining("inserting twice")
                    .hasMessageContaining("SQLState 23")
                    .hasNoCause();

            assertThat(pooled.getAutoCommit()).isEqualTo(autoCommit);
            assertThat(database.text("SELECT COUNT(*) FROM vmsync_pass")).isEqualTo("0");
            // Would wait for its key if the other were still under way.
            assertThat(database.run(INSERT)).isEqualTo(1);
            database.run("DELETE FROM vmsync_pass");
        }
    }

    static DataSource poolOf(Connection connection) {
        Connection kept = (Connection) Proxy.newProxyInstance(
                TransactionsTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return (DataSource) Proxy.newProxyInstance(
                TransactionsTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("getConnection");
                    return kept;
                });
    }
}
