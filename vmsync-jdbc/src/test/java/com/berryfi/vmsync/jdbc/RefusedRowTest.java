package com.berryfi.vmsync.jdbc;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static com.berryfi.vmsync.testkit.Samples.audit;
import static com.berryfi.vmsync.testkit.Samples.inUse;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.testkit.Samples;
import com.berryfi.vmsync.testkit.SessionRow;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What the database refuses of one row stays out whole; the others of the batch go in. */
@OnEachDatabase
class RefusedRowTest {

    @AutoClose
    private final TestDatabase database;

    private final JdbcHostRows host;
    private final JdbcSessionStore store;

    RefusedRowTest(Connecting on) {
        database = on.filled();
        host = new JdbcHostRows(database, ZoneOffset.UTC);
        store = JdbcSessionStore.builder(database.dataSource(), HostTables.berryFi(ZoneOffset.UTC))
                .build();
    }

    @Test
    void aReasonThatIsTooLong() {
        assertOnlyTheSecondIsRefused("vm_sessions s-vm-2", "too long ".repeat(50));
    }

    @Test
    void aConstraintOfTheHosts() {
        database.run(
                "ALTER TABLE vm_instances ADD CONSTRAINT never_free_2 CHECK (id <> 'vm-2' OR status <> 'AVAILABLE')");

        assertOnlyTheSecondIsRefused("vm_instances vm-2", "stopped in Azure");
    }

    @Test
    void aStatusThatTheTypeOfTheHostsColumnDoesNotKnow() {
        if (database.server() != TestServer.MARIADB) {
            database.run("CREATE DOMAIN few AS VARCHAR(50) CHECK (VALUE <> 'TERMINATED')");
            database.retype("vm_sessions", "status", "few");
        } else {
            database.retype("vm_sessions", "status", "ENUM('REQUESTED', 'STARTING', 'ACTIVE', 'IDLE', 'TERMINATING')");
        }
        ManagedVm read = given("vm-1");

        assertThat(store.commit(List.of(ending(read, "stopped in Azure"))))
                .singleElement()
                .isInstanceOfSatisfying(
                        CommitOutcome.Refused.class,
                        refused -> assertThat(refused.why()).startsWith("vm_sessions s-vm-1: "));
        assertThat(host.vm(read.id())).isEqualTo(read.vm());
    }

    @Test
    void whatMySqlSaysOfARowInGeneralTerms() {
        for (int code : List.of(1364, 1366, 3819)) {
            assertThat(SqlFailures.isOfRow(new SQLException("of a row", "HY000", code)))
                    .isTrue();
        }
        assertThat(SqlFailures.isOfRow(new SQLException("Data truncated", "01000", 1265)))
                .isTrue();
        assertThat(SqlFailures.isOfRow(new SQLException("anything", "HY000", 1)))
                .isFalse();
        assertThat(SqlFailures.isOfRow(new SQLException("of something else", "42000", 1364)))
                .isFalse();
    }

    private void assertOnlyTheSecondIsRefused(String row, String reasonOfSecond) {
        ManagedVm first = given("vm-1");
        ManagedVm second = given("vm-2");
        ManagedVm third = given("vm-3");

        List<CommitOutcome> outcomes = store.commit(List.of(
                ending(first, "stopped in Azure"), ending(second, reasonOfSecond), ending(third, "stopped in Azure")));

        assertThat(outcomes.get(0)).isEqualTo(new CommitOutcome.Committed());
        assertThat(outcomes.get(1))
                .isInstanceOfSatisfying(
                        CommitOutcome.Refused.class,
                        refused -> assertThat(refused.why())
                                .startsWith(row + ": ")
                                .contains("SQLState 2")
                                .doesNotContain("top-secret", "UPDATE"));
        assertThat(outcomes.get(2)).isEqualTo(new CommitOutcome.Committed());
        assertThat(host.vm(second.id())).isEqualTo(second.vm());
        assertThat(host.session(second.sessionId().orElseThrow()))
                .isEqualTo(SessionRow.of(second.session().orElseThrow()));
        assertThat(store.journal().recall(List.of(second))).containsEntry(second.id(), Memory.EMPTY);
        assertThat(store.journal().history(second.sessionId().orElseThrow())).isEmpty();
        assertThat(store.journal().undelivered(10))
                .extracting(instruction -> instruction.vm().value())
                .containsExactly("vm-1", "vm-3");
        assertThat(store.journal().history(third.sessionId().orElseThrow())).hasSize(1);
    }

    private ManagedVm given(String vm) {
        host.put(inUse(vm).vm());
        host.put(inUse(vm).session().orElseThrow());
        return store.find(inUse(vm).id()).orElseThrow();
    }

    private static Change ending(ManagedVm read, String reason) {
        return new Change(
                NOON,
                read,
                new Transition(
                        Optional.of(VmStatus.AVAILABLE),
                        true,
                        Optional.of(new Transition.SessionEnd(
                                SessionStatus.TERMINATED, NOON, Duration.ofMinutes(5), reason, true))),
                Memory.EMPTY,
                new Memory(
                        Optional.of(Samples.tracking(read.id(), 1)),
                        Optional.of(Samples.metering(read, 1)),
                        Optional.empty()),
                List.of(new BillingInstruction.Stop(
                        new BillingKey(read.sessionId().orElseThrow(), 1), read.id(), NOON, List.of(), reason)),
                List.of(audit(read, "rule-1")));
    }
}
