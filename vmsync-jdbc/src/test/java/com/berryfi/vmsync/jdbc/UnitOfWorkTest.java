package com.berryfi.vmsync.jdbc;

import static com.berryfi.vmsync.testkit.Samples.change;
import static com.berryfi.vmsync.testkit.Samples.inUse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.UnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store whose transactions a framework manages, which wraps what the database throws into exceptions of its own. */
@OnEachDatabase
class UnitOfWorkTest {

    private static final Transition STOPPING = new Transition(Optional.of(VmStatus.STOPPING), false, Optional.empty());

    @AutoClose
    private final TestDatabase database;

    private final Managed managed = new Managed();
    private final JdbcSessionStore store;

    UnitOfWorkTest(Connecting on) {
        database = on.filled();
        store = JdbcSessionStore.builder(managed, HostTables.berryFi(ZoneOffset.UTC))
                .build();
    }

    /** As frameworks do it: nothing checked comes out. */
    private final class Managed implements UnitOfWork {

        private final List<String> done = new ArrayList<>();
        private Optional<RuntimeException> atBegin = Optional.empty();
        private Optional<RuntimeException> atCommit = Optional.empty();

        @Override
        public <T> T run(String doing, Work<T> work) {
            done.add(doing);
            atBegin.ifPresent(failure -> {
                throw failure;
            });
            try {
                return UnitOfWork.of(database.dataSource()).run(doing, connection -> {
                    T result = work.run(connection);
                    atCommit.ifPresent(failure -> {
                        throw failure;
                    });
                    return result;
                });
            } catch (SQLException e) {
                throw new IllegalStateException("translated", e);
            }
        }
    }

    @BeforeEach
    void aMachineInUse() {
        JdbcHostRows host = new JdbcHostRows(database, ZoneOffset.UTC);
        host.put(inUse("vm-1").vm());
        host.put(inUse("vm-1").session().orElseThrow());
    }

    @Test
    void everythingIsDoneInItsTransactions() {
        managed.done.clear();
        ManagedVm read = store.find(inUse("vm-1").id()).orElseThrow();
        assertThat(store.commit(List.of(change(read, STOPPING)))).containsExactly(new CommitOutcome.Committed());
        store.journal().orders();

        assertThat(managed.done)
                .containsExactly("reading vm_instances vm-1", "committing changes of 1 VMs", "reading the orders");
        assertThat(database.text("SELECT status FROM vm_instances")).isEqualTo("STOPPING");
    }

    @Test
    void aLockThatItTranslatesIsStillAConflict() throws SQLException {
        ManagedVm read = store.find(inUse("vm-1").id()).orElseThrow();
        try (Connection other = database.dataSource().getConnection()) {
            other.setAutoCommit(false);
            TestDatabase.run(other, "UPDATE vm_instances SET updated_at = NULL");

            assertThat(store.commit(List.of(change(read, STOPPING))))
                    .singleElement()
                    .isInstanceOf(CommitOutcome.Conflict.class);
            other.rollback();
        }
    }

    @Test
    void aCommitThatItSaysFailedIsUnavailableAndUndone() {
        ManagedVm read = store.find(inUse("vm-1").id()).orElseThrow();
        managed.atCommit = Optional.of(new IllegalStateException("no commit", new SQLException("gone", "08006")));

        assertThatThrownBy(() -> store.commit(List.of(change(read, STOPPING))))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("08006");
        assertThat(database.text("SELECT status FROM vm_instances")).isEqualTo("RUNNING");
    }

    @Test
    void aTransactionWhoseIsolationIsSettledByAStatementOfItsOwnIsRefusedAtStart() {
        UnitOfWork nosy = new UnitOfWork() {
            @Override
            public <T> T run(String doing, Work<T> work) throws SQLException {
                return UnitOfWork.of(database.dataSource()).run(doing, connection -> {
                    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                    Statements.query(connection, "SELECT id FROM vm_instances", List.of(), row -> row);
                    return work.run(connection);
                });
            }
        };
        JdbcSessionStore.Builder builder = JdbcSessionStore.builder(nosy, HostTables.berryFi(ZoneOffset.UTC));

        if (database.server() == TestServer.H2) {
            assertThat(builder.build().find(inUse("vm-1").id())).isPresent();
        } else {
            assertThatThrownBy(builder::build)
                    .isInstanceOf(RejectedException.class)
                    .hasMessageContainingAll("25001", "UnitOfWork must run no statement");
        }
    }

    @Test
    void aTransactionThatIsNotToBeHadIsUnavailable() {
        managed.atBegin = Optional.of(new IllegalStateException("no connection"));

        assertThatThrownBy(() -> store.journal().orders())
                .isInstanceOf(UnavailableException.class)
                .hasMessageContainingAll("reading the orders", "IllegalStateException");
    }

    @Test
    void whatTheWorkItselfThrowsComesOutAsItIs() {
        database.run("UPDATE vm_instances SET status = 'HIBERNATING'");

        assertThatThrownBy(() -> Transactions.of(managed).run("failing", connection -> {
                    throw new IllegalArgumentException("mine");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mine");
        assertThatThrownBy(() -> store.find(inUse("vm-1").id()))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("HIBERNATING");
    }
}
