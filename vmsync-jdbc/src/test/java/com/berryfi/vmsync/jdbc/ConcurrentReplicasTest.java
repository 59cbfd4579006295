package com.berryfi.vmsync.jdbc;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static com.berryfi.vmsync.testkit.Samples.SCOPE;
import static com.berryfi.vmsync.testkit.Samples.change;
import static com.berryfi.vmsync.testkit.Samples.identity;
import static com.berryfi.vmsync.testkit.Samples.inUse;
import static com.berryfi.vmsync.testkit.Samples.metering;
import static com.berryfi.vmsync.testkit.Samples.tracking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.model.Amendment;
import com.berryfi.vmsync.model.BrakeKind;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Spending;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.SyncJournal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Another replica writes vmsync's own tables on a connection of its own, while we do. */
@ParameterizedClass
@EnumSource(
        value = Connecting.class,
        names = {"H2", "MARIADB", "POSTGRESQL"})
class ConcurrentReplicasTest {

    @AutoClose
    private final TestDatabase database;

    private final JdbcHostRows host;
    private final JdbcSessionStore store;
    private final SyncJournal journal;
    private final ManagedVm vm = inUse("vm-1");

    ConcurrentReplicasTest(Connecting on) {
        database = on.filled();
        host = new JdbcHostRows(database, ZoneOffset.UTC);
        store = JdbcSessionStore.builder(database.dataSource(), HostTables.berryFi(ZoneOffset.UTC))
                .build();
        journal = store.journal();
    }

    @Test
    void whoInsertsTheFirstVersionSecondSpendsNothing() throws Exception {
        try (Connection theirs = database.dataSource().getConnection()) {
            theirs.setAutoCommit(false);
            TestDatabase.run(theirs, "INSERT INTO vmsync_brake (id, version) VALUES (1, 1)");
            CompletableFuture<Boolean> ours = CompletableFuture.supplyAsync(() -> spend(0));
            database.awaitWaiting();
            theirs.commit();

            assertThat(ours.get(10, TimeUnit.SECONDS)).isFalse();
        }
        assertNothingSpent();
        assertThat(spend(1)).isTrue();
    }

    @Test
    void whoCannotMoveTheVersionOnSpendsNothing() throws SQLException {
        assertThat(spend(0)).isTrue();
        try (Connection theirs = database.dataSource().getConnection()) {
            theirs.setAutoCommit(false);
            TestDatabase.run(theirs, "UPDATE vmsync_brake SET version = 2");

            assertThat(spend(1)).isFalse();
            theirs.rollback();
        }
        assertThat(database.text("SELECT COUNT(*) FROM vmsync_spending")).isEqualTo("1");
        assertThat(spend(1)).isTrue();
    }

    @Test
    void whatIsSpentTogetherIsSpentTogetherOrNotAtAll() {
        database.run("ALTER TABLE vmsync_spending ADD CONSTRAINT not_vm_2 CHECK (vm_id <> 'vm-2')");
        List<Spending> two = List.of(
                spending(), new Spending(BrakeKind.END, SCOPE, inUse("vm-2").id(), NOON));

        assertThatThrownBy(() -> journal.spend(0, two, NOON))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("spending under the brakes");
        assertNothingSpent();
        assertThat(journal.budget(NOON).version()).isZero();
    }

    @Test
    void anAmendmentOfARowThatStaysLockedIsAConflict() throws SQLException {
        assertThat(amend(Memory.EMPTY, whole(1))).isEqualTo(new CommitOutcome.Committed());
        for (String table : List.of("vmsync_tracking", "vmsync_metering", "vmsync_identity")) {
            try (Connection theirs = database.dataSource().getConnection()) {
                theirs.setAutoCommit(false);
                TestDatabase.run(theirs, "UPDATE " + table + " SET vm_id = vm_id");

                assertThat(amend(whole(1), whole(2)))
                        .as(table)
                        .isInstanceOfSatisfying(
                                CommitOutcome.Conflict.class,
                                conflict -> assertThat(conflict.what()).contains("vm-1", "locked"));
                theirs.rollback();
            }
        }
        assertThat(amend(whole(1), whole(2))).isEqualTo(new CommitOutcome.Committed());
    }

    @Test
    void whatIsRememberedForTheFirstTimeByTwoIsRememberedByOne() throws Exception {
        host.put(vm.vm());
        host.put(vm.session().orElseThrow());
        String insertTracking = "INSERT INTO vmsync_tracking (vm_id, version, fingerprint, our_error, verdict)"
                + " VALUES ('vm-1', 5, '', FALSE, '')";
        String insertMetering =
                "INSERT INTO vmsync_metering (session_id, vm_id, version, counter, gaps, stopped, asked)"
                        + " VALUES ('s-vm-1', 'vm-1', 5, 0, '', FALSE, FALSE)";
        String insertIdentity = "INSERT INTO vmsync_identity (vm_id, cloud, tenant, principal, subscription,"
                + " resource_id, resource_group, machine_name, learned_at)"
                + " VALUES ('vm-1', 'azure', '', '', 'sub-1', '', '', 'vm-1', CURRENT_TIMESTAMP)";
        Supplier<CommitOutcome> amending = () -> amend(Memory.EMPTY, whole(1));
        Supplier<CommitOutcome> committing =
                () -> store.commit(List.of(change(vm, Memory.EMPTY, whole(1)))).get(0);
        for (String insert : List.of(insertTracking, insertMetering, insertIdentity)) {
            for (Supplier<CommitOutcome> writing : List.of(amending, committing)) {
                try (Connection theirs = database.dataSource().getConnection()) {
                    theirs.setAutoCommit(false);
                    TestDatabase.run(theirs, insert);
                    CompletableFuture<CommitOutcome> ours = CompletableFuture.supplyAsync(writing);
                    theirs.commit();

                    assertThat(ours.get(10, TimeUnit.SECONDS)).as(insert).isInstanceOf(CommitOutcome.Conflict.class);
                }
                for (String table : List.of("vmsync_tracking", "vmsync_metering", "vmsync_identity")) {
                    database.run("DELETE FROM " + table);
                }
            }
        }
    }

    @Test
    void aRowThatCameInBetweenIsAConflictAndOneThatNobodyLookedForIsRefused() throws SQLException {
        List<RowWrite> inserts = MemoryRows.writes(vm.id(), Memory.EMPTY, whole(1));
        assertThat(inserts).hasSize(3);
        assertThat(amend(Memory.EMPTY, whole(1))).isEqualTo(new CommitOutcome.Committed());
        try (Connection ours = database.dataSource().getConnection()) {
            ours.setAutoCommit(false);
            for (RowWrite insert : inserts) {
                RowWrite blind = new RowWrite(insert.row(), insert.sql(), insert.values());

                assertThat(RowWriter.alone(ours, List.of(insert), List.of()))
                        .isEqualTo(new CommitOutcome.Conflict(insert.row()));
                assertThat(RowWriter.alone(ours, List.of(blind), List.of())).isInstanceOf(CommitOutcome.Refused.class);
            }
            ours.rollback();
        }
    }

    private boolean spend(long version) {
        return journal.spend(version, List.of(spending()), NOON);
    }

    private Spending spending() {
        return new Spending(BrakeKind.END, SCOPE, vm.id(), NOON);
    }

    private void assertNothingSpent() {
        assertThat(database.text("SELECT COUNT(*) FROM vmsync_spending")).isEqualTo("0");
    }

    private CommitOutcome amend(Memory before, Memory after) {
        return journal.amend(new Amendment(NOON, vm.id(), before, after, List.of(), List.of()));
    }

    private Memory whole(long version) {
        return new Memory(
                Optional.of(tracking(vm.id(), version)),
                Optional.of(metering(vm, version)),
                Optional.of(identity(vm, "uid-" + version)));
    }
}
