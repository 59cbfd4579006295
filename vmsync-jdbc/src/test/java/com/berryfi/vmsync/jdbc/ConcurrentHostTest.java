package com.berryfi.vmsync.jdbc;

import static com.berryfi.vmsync.testkit.Samples.change;
import static com.berryfi.vmsync.testkit.Samples.inUse;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.testkit.Samples;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The host writes on a connection of its own, between our read and our write or while we write. */
@OnEachDatabase
class ConcurrentHostTest {

    private static final String TO_MAINTENANCE = "UPDATE vm_instances SET status = 'MAINTENANCE' WHERE id = 'vm-1'";
    private static final String TO_IDLE = "UPDATE vm_sessions SET status = 'IDLE' WHERE id = 's-vm-1'";
    private static final String HEARTBEAT =
            "UPDATE vm_sessions SET last_heartbeat = CURRENT_TIMESTAMP, updated_at = CURRENT_TIMESTAMP WHERE id = 's-vm-1'";

    @AutoClose
    private final TestDatabase database;

    private final JdbcHostRows host;
    private final JdbcSessionStore store;

    ConcurrentHostTest(Connecting on) {
        database = on.filled();
        host = new JdbcHostRows(database, ZoneOffset.UTC);
        store = JdbcSessionStore.builder(database.dataSource(), HostTables.berryFi(ZoneOffset.UTC))
                .build();
    }

    @Test
    void aChangeBetweenReadAndWriteWins() throws SQLException {
        Change ours = stopping(given("vm-1"));
        try (Connection theirs = database.dataSource().getConnection()) {
            TestDatabase.run(theirs, TO_MAINTENANCE);
        }

        assertThat(store.commit(List.of(ours))).singleElement().isInstanceOf(CommitOutcome.Conflict.class);
        assertThat(database.text("SELECT status FROM vm_instances")).isEqualTo("MAINTENANCE");
    }

    @Test
    void aChangeThatIsCommittedWhileWeWaitForItsLockWins() throws Exception {
        for (String change : List.of(TO_MAINTENANCE, TO_IDLE)) {
            Change ours = stopping(given("vm-1"));
            try (Connection theirs = database.dataSource().getConnection()) {
                theirs.setAutoCommit(false);
                TestDatabase.run(theirs, change);
                CompletableFuture<List<CommitOutcome>> outcome =
                        CompletableFuture.supplyAsync(() -> store.commit(List.of(ours)));
                theirs.commit();

                assertThat(outcome.get(10, TimeUnit.SECONDS))
                        .singleElement()
                        .isInstanceOf(CommitOutcome.Conflict.class);
            }
            assertThat(database.text("SELECT status FROM vm_instances")).isNotEqualTo("STOPPING");
        }
    }

    @Test
    void aHeartbeatBetweenReadAndWriteIsNoConflict() throws SQLException {
        Change ours = stopping(given("vm-1"));
        try (Connection theirs = database.dataSource().getConnection()) {
            TestDatabase.run(theirs, HEARTBEAT);
        }

        assertThat(store.commit(List.of(ours))).containsExactly(new CommitOutcome.Committed());
    }

    @Test
    void aRowThatTheHostKeepsLockedDoesNotCostItsBatch() throws SQLException {
        Change first = stopping(given("vm-1"));
        Change second = stopping(given("vm-2"));
        Change third = stopping(given("vm-3"));
        try (Connection theirs = database.dataSource().getConnection()) {
            theirs.setAutoCommit(false);
            TestDatabase.run(theirs, TO_IDLE);

            assertThat(store.commit(List.of(second, first, third)))
                    .containsExactly(
                            new CommitOutcome.Committed(),
                            new CommitOutcome.Conflict(
                                    "vm_instances vm-1, its session or what is remembered of it is locked by another"
                                            + " transaction"),
                            new CommitOutcome.Committed());
            theirs.rollback();
        }

        assertThat(host.vm(first.expected().id()).believed()).isEqualTo(VmStatus.RUNNING);
        assertThat(host.vm(second.expected().id()).believed()).isEqualTo(VmStatus.STOPPING);
        assertThat(database.run("UPDATE vm_instances SET vm_type = 'free to write'"))
                .isEqualTo(3);
        assertThat(store.commit(List.of(first))).containsExactly(new CommitOutcome.Committed());
    }

    @Test
    void theOnlyRowOfABatchThatStaysLockedIsAConflictToo() throws SQLException {
        Change ours = stopping(given("vm-1"));
        try (Connection theirs = database.dataSource().getConnection()) {
            theirs.setAutoCommit(false);
            TestDatabase.run(theirs, TO_MAINTENANCE);

            assertThat(store.commit(List.of(ours)))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            CommitOutcome.Conflict.class,
                            conflict -> assertThat(conflict.what()).contains("vm-1", "locked"));
            theirs.rollback();
        }
    }

    @Test
    void aLockIsKnownByTheStatesOfAllVendors() {
        for (String state : List.of("40001", "40P01", "55P03", "HYT00")) {
            assertThat(SqlFailures.isOfLock(new SQLException("locked", state))).isTrue();
        }
        for (int code : List.of(1020, 1205, 3572)) {
            assertThat(SqlFailures.isOfLock(new SQLException("of a lock", "HY000", code)))
                    .isTrue();
        }
        assertThat(SqlFailures.isOfLock(new SQLException("anything", "HY000", 1)))
                .isFalse();
        assertThat(SqlFailures.isOfLock(new SQLException("gone", "08006"))).isFalse();
    }

    @Test
    void twoReplicasDecideAndOneIsFirst() throws Exception {
        ManagedVm read = given("vm-1");
        CompletableFuture<List<CommitOutcome>> one =
                CompletableFuture.supplyAsync(() -> store.commit(List.of(stopping(read))));
        CompletableFuture<List<CommitOutcome>> other =
                CompletableFuture.supplyAsync(() -> store.commit(List.of(stopping(read))));

        List<CommitOutcome> outcomes = List.of(
                one.get(10, TimeUnit.SECONDS).get(0),
                other.get(10, TimeUnit.SECONDS).get(0));
        assertThat(outcomes)
                .filteredOn(CommitOutcome.Committed.class::isInstance)
                .hasSize(1);
        assertThat(outcomes)
                .filteredOn(CommitOutcome.Conflict.class::isInstance)
                .hasSize(1);
    }

    @Test
    void replicasThatCommitDifferentVmsAtOnceDoNotLockOneAnotherOut() throws Exception {
        List<List<Change>> halves = List.of(remembering(0), remembering(1));
        List<CompletableFuture<List<CommitOutcome>>> replicas = halves.stream()
                .map(half -> CompletableFuture.supplyAsync(() -> half.stream()
                        .flatMap(change -> store.commit(List.of(change)).stream())
                        .toList()))
                .toList();

        for (CompletableFuture<List<CommitOutcome>> replica : replicas) {
            assertThat(replica.get(30, TimeUnit.SECONDS)).hasSize(20).containsOnly(new CommitOutcome.Committed());
        }
    }

    private List<Change> remembering(int replica) {
        return IntStream.range(0, 20)
                .mapToObj(i -> given("vm-" + (2 * i + replica)))
                .map(read -> change(
                        read,
                        Memory.EMPTY,
                        new Memory(
                                Optional.of(Samples.tracking(read.id(), 1)),
                                Optional.of(Samples.metering(read, 1)),
                                Optional.empty())))
                .toList();
    }

    private ManagedVm given(String vm) {
        host.put(inUse(vm).vm());
        host.put(inUse(vm).session().orElseThrow());
        return store.find(inUse(vm).id()).orElseThrow();
    }

    private static Change stopping(ManagedVm read) {
        return change(read, new Transition(Optional.of(VmStatus.STOPPING), false, Optional.empty()));
    }
}
