package com.berryfi.vmsync.jdbc;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static com.berryfi.vmsync.testkit.Samples.SCOPE;
import static com.berryfi.vmsync.testkit.Samples.change;
import static com.berryfi.vmsync.testkit.Samples.identity;
import static com.berryfi.vmsync.testkit.Samples.inUse;
import static com.berryfi.vmsync.testkit.Samples.metering;
import static com.berryfi.vmsync.testkit.Samples.remembering;
import static com.berryfi.vmsync.testkit.Samples.tracking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.model.Amendment;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.BrakeKind;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Spending;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.port.RejectedException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows of vmsync's own that somebody has changed: they stop their own VM or session, by name, and nobody else's. */
@OnEachDatabase
class SpoiledRowsTest {

    @AutoClose
    private final TestDatabase database;

    private final JdbcHostRows host;
    private final JdbcSessionStore store;

    private final ManagedVm first = inUse("vm-1");
    private final ManagedVm second = inUse("vm-2");

    SpoiledRowsTest(Connecting on) {
        database = on.filled();
        host = new JdbcHostRows(database, ZoneOffset.UTC);
        store = JdbcSessionStore.builder(database.dataSource(), HostTables.berryFi(ZoneOffset.UTC))
                .build();
    }

    @BeforeEach
    void twoVmsWithAMemory() {
        for (ManagedVm each : List.of(first, second)) {
            host.put(each.vm());
            host.put(each.session().orElseThrow());
            assertThat(store.commit(List.of(change(each, Memory.EMPTY, memory(each, 1)))))
                    .containsExactly(new CommitOutcome.Committed());
        }
    }

    @Test
    void aTrackingThatCannotBeReadIsNoEmptyMemory() {
        database.run("UPDATE vmsync_tracking SET run_subject = 'SLEEPING' WHERE vm_id = 'vm-1'");

        assertLeftAlone("vmsync_tracking vm-1", "run_subject", "SLEEPING");
    }

    @Test
    void aRunWithoutACountIsNoRunOfNone() {
        database.run("UPDATE vmsync_tracking SET run_subject = 'OFF', run_first = CURRENT_TIMESTAMP,"
                + " run_last = CURRENT_TIMESTAMP, run_directs = 0 WHERE vm_id = 'vm-1'");

        assertLeftAlone("vmsync_tracking vm-1", "run_count", "is missing");
    }

    @Test
    void aMeteringThatCannotBeReadIsNoEmptyMemory() {
        database.run("UPDATE vmsync_metering SET gaps = 'since monday' WHERE session_id = 's-vm-1'");

        assertLeftAlone("vmsync_metering s-vm-1", "gaps", "since monday");
    }

    @Test
    void theMeteringOfAnEndedSessionThatCannotBeReadIsNoEmptyMemoryEither() {
        database.run("UPDATE vmsync_metering SET gaps = 'since monday' WHERE session_id = 's-vm-1'");
        ManagedVm ended = new ManagedVm(first.vm(), Optional.empty());

        assertThat(store.journal().recall(List.of(ended, second))).containsOnlyKeys(second.id());
    }

    @Test
    void aMeteringOfNobodyIsNoEmptyMemory() {
        database.run("UPDATE vmsync_metering SET vm_id = ' ' WHERE session_id = 's-vm-1'");

        assertLeftAlone("vmsync_metering s-vm-1", "must not be blank");
    }

    @Test
    void halfALapseIsNoLapse() {
        database.run("UPDATE vmsync_metering SET lapse_off_at = CURRENT_TIMESTAMP WHERE session_id = 's-vm-1'");

        assertLeftAlone("vmsync_metering s-vm-1", "lapse_ran_until", "is missing");
    }

    @Test
    void halfATombstoneIsNoTombstone() {
        database.run("UPDATE vmsync_metering SET ended_as = 'FAILED' WHERE session_id = 's-vm-1'");

        assertLeftAlone("vmsync_metering s-vm-1", "ended_at", "is missing");
    }

    @Test
    void aMachineThatCannotBeReadIsNoEmptyMemory() {
        database.run("UPDATE vmsync_identity SET cloud = ' ' WHERE vm_id = 'vm-1'");

        assertLeftAlone("vmsync_identity vm-1", "a scope needs a cloud");
    }

    @Test
    void whatIsReadOfManyLeavesOutTheOneThatCannotBeRead() {
        database.run("UPDATE vmsync_metering SET gaps = 'since monday' WHERE session_id = 's-vm-1'");
        database.run("UPDATE vmsync_identity SET resource_group = '', machine_name = '' WHERE vm_id = 'vm-1'");

        assertThat(store.journal().openMeterings()).containsExactly(metering(second, 1));
        assertThat(store.journal().identities()).containsExactly(identity(second, "uid-1"));
        assertThatThrownBy(() -> store.journal().metering(new SessionId("s-vm-1")))
                .isInstanceOf(RejectedException.class)
                .hasMessageContainingAll("vmsync_metering s-vm-1", "gaps", "since monday");
    }

    @Test
    void anAmendmentOfWhatCannotBeReadIsRefused() {
        database.run("UPDATE vmsync_metering SET gaps = 'since monday' WHERE session_id = 's-vm-1'");

        assertThat(store.journal().amend(amendment(remembering(metering(first, 1)), remembering(metering(first, 2)))))
                .isInstanceOfSatisfying(
                        CommitOutcome.Refused.class,
                        refused -> assertThat(refused.why()).contains("vmsync_metering s-vm-1", "gaps"));
        assertThat(store.journal()
                        .amend(amendment(remembering(tracking(first.id(), 1)), remembering(tracking(first.id(), 2)))))
                .isEqualTo(new CommitOutcome.Committed());
    }

    @Test
    void anOrderThatCannotBeReadIsNeverTakenForNone() {
        store.journal()
                .place(new Order(
                        "pause-1", Order.Kind.PAUSE, Optional.empty(), Optional.empty(), NOON, Optional.empty(), ""));
        assertThatThrownBy(() -> database.run("UPDATE vmsync_order SET kind = 'STOP'"))
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).containsIgnoringCase("vmsync_order_kinds"));
        database.run("UPDATE vmsync_order SET subscription = 'sub-1'");

        assertThatThrownBy(() -> store.journal().orders())
                .isInstanceOf(RejectedException.class)
                .hasMessageContainingAll("vmsync_order pause-1", "cloud", "is missing");
        assertThat(store.journal().withdraw("pause-1")).isTrue();
        assertThat(store.journal().orders()).isEmpty();
    }

    @Test
    void aSpendingThatCannotBeReadIsNeverTakenForNone() {
        assertThat(store.journal().spend(0, List.of(new Spending(BrakeKind.END, SCOPE, first.id(), NOON)), NOON))
                .isTrue();
        database.run("UPDATE vmsync_spending SET kind = 'STOP'");

        assertThatThrownBy(() -> store.journal().budget(NOON))
                .isInstanceOf(RejectedException.class)
                .hasMessageContainingAll("vmsync_spending seq", "kind", "STOP");
    }

    private Amendment amendment(Memory before, Memory after) {
        return new Amendment(NOON, first.id(), before, after, List.of(), List.of());
    }

    @Test
    void aBillThatCannotBeReadHoldsItsSessionFromThereOn() {
        stage(first, 1, 2, 3, 4);
        stage(second, 1, 2);
        spoil(first, 2, "payload = 'refund'");

        assertThat(store.journal().undelivered(10))
                .containsExactly(suspend(first, 1), suspend(second, 1), suspend(second, 2));
        assertThat(store.journal().undelivered(3))
                .containsExactly(suspend(first, 1), suspend(second, 1), suspend(second, 2));

        spoil(first, 1, "payload = '{}'");
        assertThat(store.journal().undelivered(1)).containsExactly(suspend(second, 1));
    }

    @Test
    void aBillThatContradictsItselfOrIsGoneHoldsItsSession() {
        for (String set : List.of(
                "type = 'STOP'",
                "aggregatetype = 'vm'",
                "aggregateid = 's-vm-2'",
                "payload = REPLACE(payload, 'SUSPEND', 'REFUND')",
                "payload = REPLACE(payload, '\"counter\"', '\"count\"')",
                "payload = REPLACE(payload, '\"vm-1\"', '[]')",
                "payload = REPLACE(payload, 'T12', ' 12')",
                "payload = REPLACE(payload, '\"session\"', '\"vm\"')",
                "payload = CONCAT(payload, '{}')")) {
            database.clear();
            twoVmsWithAMemory();
            stage(first, 1, 2);
            stage(second, 1);
            assertThat(spoil(first, 1, set)).as(set).isOne();

            assertThat(store.journal().undelivered(10)).as(set).containsExactly(suspend(second, 1));
        }

        database.run(
                "DELETE FROM vmsync_outbox WHERE id = ?",
                OutboxTable.id(suspend(first, 1).key()));
        assertThat(store.journal().undelivered(10)).containsExactly(suspend(second, 1));
    }

    @Test
    void aBillUnderTheKeyOfAnotherIsNotDelivered() {
        stage(first, 1, 2);
        database.run(
                "UPDATE vmsync_delivery SET event_id = ? WHERE counter = 2",
                OutboxTable.id(suspend(first, 1).key()));

        assertThat(store.journal().undelivered(10)).containsExactly(suspend(first, 1));
    }

    @Test
    void aStateNobodyKnowsHoldsWhatFollows() {
        stage(first, 1, 2);
        stage(second, 1);
        database.run("ALTER TABLE vmsync_delivery DROP CONSTRAINT vmsync_delivery_states");
        database.run("UPDATE vmsync_delivery SET state = 'staged' WHERE session_id = 's-vm-1' AND counter = 1");

        assertThat(store.journal().undelivered(10)).containsExactly(suspend(second, 1));
    }

    @Test
    void theDatabaseItselfRefusesAStateOrKindNobodyKnows() {
        stage(first, 1);
        for (String update :
                List.of("delivery SET state = 'staged'", "delivery SET state = 'DONE'", "outbox SET type = 'REFUND'")) {
            assertThatThrownBy(() -> database.run("UPDATE vmsync_" + update))
                    .satisfies(e -> assertThat(String.valueOf(e.getMessage()))
                            .containsIgnoringCase("vmsync_" + update.split(" ", 2)[0] + "_"));
        }
    }

    /** The first VM is left out of the answer and refused by name; the second goes on. */
    private void assertLeftAlone(String... named) {
        assertThat(store.journal().recall(List.of(first, second)))
                .containsOnlyKeys(second.id())
                .containsEntry(second.id(), memory(second, 1));
        assertThatThrownBy(() -> store.journal().recall(List.of(first)))
                .isInstanceOf(RejectedException.class)
                .hasMessageContainingAll(named);

        List<CommitOutcome> outcomes = store.commit(List.of(
                change(first, Memory.EMPTY, memory(first, 9)), change(second, memory(second, 1), memory(second, 2))));
        assertThat(outcomes.get(0))
                .isInstanceOfSatisfying(
                        CommitOutcome.Refused.class,
                        refused -> assertThat(refused.why()).contains(named));
        assertThat(outcomes.get(1)).isEqualTo(new CommitOutcome.Committed());
        assertThat(database.text("SELECT MAX(version) FROM vmsync_tracking WHERE vm_id = 'vm-1'"))
                .isEqualTo("1");
    }

    private void stage(ManagedVm of, long... counters) {
        for (long counter : counters) {
            assertThat(store.commit(List.of(new Change(
                            NOON,
                            of,
                            Transition.NONE,
                            memory(of, 1),
                            memory(of, 1),
                            List.of(suspend(of, counter)),
                            List.of()))))
                    .containsExactly(new CommitOutcome.Committed());
        }
    }

    private int spoil(ManagedVm of, long counter, String set) {
        return database.run(
                "UPDATE vmsync_outbox SET " + set + " WHERE id = ?",
                OutboxTable.id(suspend(of, counter).key()));
    }

    private static BillingInstruction suspend(ManagedVm of, long counter) {
        return new BillingInstruction.Suspend(
                new BillingKey(of.sessionId().orElseThrow(), counter), of.id(), NOON, "found off");
    }

    private static Memory memory(ManagedVm of, long version) {
        return new Memory(
                Optional.of(tracking(of.id(), version)),
                Optional.of(metering(of, version)),
                Optional.of(identity(of, "uid-" + version)));
    }
}
