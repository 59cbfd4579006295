package com.berryfi.vmsync.jdbc;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static com.berryfi.vmsync.testkit.Samples.change;
import static com.berryfi.vmsync.testkit.Samples.inUse;
import static com.berryfi.vmsync.testkit.Samples.metering;
import static com.berryfi.vmsync.testkit.Samples.remembering;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.model.Amendment;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.SyncJournal.Settlement;
import com.berryfi.vmsync.port.UnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host whose billing takes part in the transaction of the change, and what becomes of a change that it does not take. */
@OnEachDatabase
class BillingInTransactionTest {

    private static final CommitOutcome COMMITTED = new CommitOutcome.Committed();

    @AutoClose
    private final TestDatabase database;

    private final Bills bills;
    private final JdbcSessionStore store;
    private TransactionalBilling ofFirst;
    private final ManagedVm first = inUse("vm-1");
    private final ManagedVm second = inUse("vm-2");

    BillingInTransactionTest(Connecting on) {
        database = on.filled();
        bills = Bills.in(database);
        ofFirst = bills::book;
        store = builder()
                .withBillingInTransaction((connection, instruction) -> {
                    boolean isFirst = instruction.vm().equals(first.id());
                    (isFirst ? ofFirst : (TransactionalBilling) bills::book).apply(connection, instruction);
                })
                .build();
    }

    private JdbcSessionStore.Builder builder() {
        return JdbcSessionStore.builder(database.dataSource(), HostTables.berryFi(ZoneOffset.UTC));
    }

    @BeforeEach
    void twoInUse() {
        JdbcHostRows host = new JdbcHostRows(database, ZoneOffset.UTC);
        Stream.of(first, second).forEach(each -> {
            host.put(each.vm());
            host.put(each.session().orElseThrow());
        });
    }

    @Test
    void whatIsBookedIsWrittenDownAsDeliveredAndNeverDeliveredAgain() {
        assertThat(store.commit(List.of(ending(first), ending(second)))).containsExactly(COMMITTED, COMMITTED);

        assertThat(bills.booked()).containsExactly(key(first, 1) + " Stop", key(second, 1) + " Stop");
        assertThat(database.text("SELECT COUNT(*) FROM vmsync_billing WHERE state = 'DELIVERED'"))
                .isEqualTo("2");
        assertThat(store.journal().undelivered(10)).isEmpty();
    }

    @Test
    void whatTheBillingRefusesIsTheRowsOwnFailure() {
        ofFirst = (connection, instruction) -> {
            bills.book(connection, instruction);
            throw new RejectedException("no such account");
        };

        assertOnlyTheFirstSuffers(
                new CommitOutcome.Refused("the host's billing of " + key(first, 1) + ": no such account"));
    }

    @Test
    void whatTheDatabaseRefusesToBookIsTheRowsOwnFailure() {
        database.run("INSERT INTO bills VALUES ('s-vm-1', 1, 'already there', 0)");

        List<CommitOutcome> outcomes = store.commit(List.of(ending(first), ending(second)));

        assertThat(outcomes.get(0))
                .isInstanceOfSatisfying(
                        CommitOutcome.Refused.class,
                        refused ->
                                assertThat(refused.why()).contains(key(first, 1).toString(), "SQLState 23"));
        assertThat(outcomes.get(1)).isEqualTo(COMMITTED);
        assertThat(status(first)).isEqualTo("ACTIVE");
    }

    @Test
    void aFrameworksExceptionIsUnderstoodByItsCause() {
        ofFirst = (connection, instruction) -> {
            throw new IllegalStateException("translated", new SQLException("too long", "22001"));
        };

        assertOnlyTheFirstSuffers(
                new CommitOutcome.Refused("the host's billing of " + key(first, 1) + ": too long [SQLState 22001]"));
    }

    @Test
    void aMistakeOfTheBillingIsTheRowsOwnFailure() {
        ofFirst = (connection, instruction) -> {
            throw new UnsupportedOperationException("secret");
        };

        assertOnlyTheFirstSuffers(new CommitOutcome.Refused(
                "the host's billing of " + key(first, 1) + ": threw java.lang.UnsupportedOperationException"));
    }

    @Test
    void aBillingThatIsBusyIsAskedAgainInTheNextCycle() {
        ofFirst = (connection, instruction) -> {
            throw new UnavailableException("ledger closed for the night");
        };

        assertOnlyTheFirstSuffers(new CommitOutcome.Conflict(
                "the host's billing of " + key(first, 1) + " is to be tried again: ledger closed for the night"));
        ofFirst = bills::book;
        assertThat(store.commit(List.of(ending(first)))).containsExactly(COMMITTED);
    }

    @Test
    void aBillThatSomebodyKeepsLockedIsAConflictOfItsOwn() throws SQLException {
        database.run("INSERT INTO bills VALUES ('locked', 0, '', 0)");
        // By the whole key: by a part of it, MariaDB would lock the gap behind too.
        ofFirst = (connection, instruction) -> {
            TestDatabase.run(connection, "UPDATE bills SET seconds = 1 WHERE session_id = 'locked' AND counter = 0");
            bills.book(connection, instruction);
        };
        try (Connection other = database.dataSource().getConnection()) {
            other.setAutoCommit(false);
            TestDatabase.run(other, "UPDATE bills SET seconds = 2 WHERE session_id = 'locked' AND counter = 0");

            List<CommitOutcome> outcomes = store.commit(List.of(ending(first), ending(second)));

            assertThat(outcomes.get(0)).isInstanceOf(CommitOutcome.Conflict.class);
            assertThat(outcomes.get(1)).isEqualTo(COMMITTED);
            other.rollback();
        }
        assertThat(bills.booked()).containsExactly("locked#0 ", key(second, 1) + " Stop");
    }

    @Test
    void aDatabaseThatFailsWritesNothingAtAll() {
        ofFirst = (connection, instruction) -> {
            throw new SQLException("gone", "08006");
        };

        assertThatThrownBy(() -> store.commit(List.of(ending(second), ending(first))))
                .isInstanceOf(UnavailableException.class);
        assertThat(bills.booked()).isEmpty();
        assertThat(status(second)).isEqualTo("ACTIVE");
    }

    @Test
    void whatWasStagedBeforeComesFirst() {
        BillingInstruction staged = suspend(first, 1);
        assertThat(builder().build().commit(List.of(change(first, staged)))).containsExactly(COMMITTED);

        assertThat(store.commit(List.of(change(first, suspend(first, 2)), change(second, suspend(second, 1)))))
                .containsExactly(COMMITTED, COMMITTED);
        assertThat(bills.booked()).containsExactly(key(second, 1) + " Suspend");
        assertThat(store.journal().undelivered(10)).containsExactly(staged, suspend(first, 2));

        store.journal().settle(key(first, 1), Settlement.DELIVERED, "");
        store.journal().settle(key(first, 2), Settlement.DELIVERED, "");
        assertThat(store.commit(List.of(change(first, suspend(first, 3))))).containsExactly(COMMITTED);
        assertThat(bills.booked()).containsExactly(key(first, 3) + " Suspend", key(second, 1) + " Suspend");
    }

    @Test
    void anAmendmentThatIsRefusedLeavesNothingBehind() {
        Amendment amendment = new Amendment(
                NOON, first.id(), Memory.EMPTY, remembering(metering(first, 1)), List.of(suspend(first, 1)), List.of());
        ofFirst = (connection, instruction) -> {
            bills.book(connection, instruction);
            throw new RejectedException("no such account");
        };

        assertThat(store.journal().amend(amendment))
                .isEqualTo(new CommitOutcome.Refused("the host's billing of " + key(first, 1) + ": no such account"));
        assertThat(bills.booked()).isEmpty();
        assertThat(store.journal().metering(first.sessionId().orElseThrow())).isEmpty();

        ofFirst = bills::book;
        assertThat(store.journal().amend(amendment)).isEqualTo(COMMITTED);
        assertThat(bills.booked()).containsExactly(key(first, 1) + " Suspend");
    }

    private void assertOnlyTheFirstSuffers(CommitOutcome outcome) {
        assertThat(store.commit(List.of(ending(first), ending(second)))).containsExactly(outcome, COMMITTED);
        assertThat(bills.booked()).containsExactly(key(second, 1) + " Stop");
        assertThat(status(first)).isEqualTo("ACTIVE");
        assertThat(status(second)).isEqualTo("TERMINATED");
        assertThat(database.text("SELECT COUNT(*) FROM vmsync_billing WHERE session_id = 's-vm-1'"))
                .isEqualTo("0");
    }

    private String status(ManagedVm of) {
        return String.valueOf(database.text(
                "SELECT status FROM vm_sessions WHERE id = ?",
                of.sessionId().orElseThrow().value()));
    }

    private static Change ending(ManagedVm of) {
        return new Change(
                NOON,
                of,
                new Transition(
                        Optional.of(VmStatus.AVAILABLE),
                        true,
                        Optional.of(new Transition.SessionEnd(
                                SessionStatus.TERMINATED, NOON, Duration.ofMinutes(59), "off", true))),
                Memory.EMPTY,
                Memory.EMPTY,
                List.of(new BillingInstruction.Stop(key(of, 1), of.id(), NOON, List.of(), "off")),
                List.of());
    }

    private static BillingInstruction suspend(ManagedVm of, long counter) {
        return new BillingInstruction.Suspend(key(of, counter), of.id(), NOON, "off");
    }

    private static BillingKey key(ManagedVm of, long counter) {
        return new BillingKey(of.sessionId().orElseThrow(), counter);
    }
}
