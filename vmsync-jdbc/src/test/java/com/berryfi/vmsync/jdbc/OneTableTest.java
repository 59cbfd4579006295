package com.berryfi.vmsync.jdbc;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static com.berryfi.vmsync.testkit.Samples.SCOPE;
import static com.berryfi.vmsync.testkit.Samples.change;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.SessionStore.Page;
import com.berryfi.vmsync.port.SessionStore.Selection;
import com.berryfi.vmsync.testkit.InMemoryBilling;
import com.berryfi.vmsync.testkit.InMemoryCloud;
import com.berryfi.vmsync.testkit.Samples;
import com.berryfi.vmsync.testkit.VirtualTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** One table for both, in which the rental is known by what the machine's row names as its holder. */
@OnEachDatabase
class OneTableTest {

    private static final HostTables TABLES = MachineTables.tables().withColumn(SessionColumn.ID, "holder");
    private static final VmId VM = new VmId("7");
    private static final SessionId RENTAL = new SessionId("4711");

    @AutoClose
    private final TestDatabase database;

    private final Machines host;
    private final JdbcSessionStore store;

    OneTableTest(Connecting on) {
        database = on.empty();
        host = Machines.in(database);
        store = JdbcSessionStore.builder(database.dataSource(), TABLES).build();
    }

    @Test
    void aWholeCycleEndsBillsAndFrees() {
        InMemoryCloud cloud = new InMemoryCloud();
        InMemoryBilling billing = new InMemoryBilling();
        VirtualTime time = VirtualTime.startingAt(NOON);
        VmSync sync = VmSync.builder(store, cloud, billing)
                .withSettings(SyncSettings.from(Map.of("azure.status.sync.retry.attempts", "1")))
                .withClock(time)
                .withScheduler(time)
                .withScopesExecutor(Runnable::run)
                .build();
        rented();
        cloud.put(SCOPE, Samples.vm("box").address(), PowerState.RUNNING);
        sync.runOnce(SyncKind.QUICK);
        assertThat(host.cell("vm-7", "rev")).isEqualTo("2");

        time.pass(Duration.ofSeconds(30));
        cloud.deallocate(SCOPE, Samples.vm("box").address());
        sync.runOnce(SyncKind.QUICK);

        assertThat(host.cell("vm-7", "\"Power\"")).isEqualTo(String.valueOf(MachineTables.code(VmStatus.AVAILABLE)));
        assertThat(host.cell("vm-7", "\"order\""))
                .isEqualTo(String.valueOf(MachineTables.code(SessionStatus.TERMINATED)));
        assertThat(host.cell("vm-7", "holder")).isNull();
        assertThat(host.cell("vm-7", "seconds")).isEqualTo("3600");
        assertThat(host.cell("vm-7", "rev")).isEqualTo("3");
        assertThat(billing.applied())
                .singleElement()
                .isInstanceOfSatisfying(
                        BillingInstruction.Stop.class,
                        stop -> assertThat(stop.session()).isEqualTo(RENTAL));
        assertThat(store.journal().history(RENTAL)).isNotEmpty();

        time.pass(Duration.ofMinutes(5));
        sync.runOnce(SyncKind.FULL);
        assertThat(billing.applied()).hasSize(1);
        assertThat(host.cell("vm-7", "rev")).isEqualTo("3");
    }

    @Test
    void aMachineThatNobodyHoldsHasNoSessionWhateverItsRowSaysOfOne() {
        rented();
        host.run("UPDATE \"Machines\" SET holder = NULL");

        assertThat(store.find(VM).orElseThrow().session()).isEmpty();
        assertThat(store.scopes(Selection.IN_USE).scopes()).isEmpty();
        assertThat(store.scopes(Selection.IN_USE).problems()).isEmpty();
    }

    @Test
    void aReleaseThatWouldTakeTheKeyOfALivingSessionIsRefused() {
        rented();
        ManagedVm read = store.find(VM).orElseThrow();

        assertThat(store.commit(List.of(change(read, new Transition(Optional.empty(), true, Optional.empty())))))
                .singleElement()
                .isInstanceOfSatisfying(
                        CommitOutcome.Refused.class,
                        refused -> assertThat(refused.why()).contains("Machines 7", "key of its session"));
        assertThat(store.find(VM)).contains(read);
    }

    @Test
    void aMachineHeldByAnEndedRentalIsReleased() {
        rented();
        host.run("UPDATE \"Machines\" SET \"order\" = ?", MachineTables.code(SessionStatus.COMPLETED));
        ManagedVm read = store.find(VM).orElseThrow();
        assertThat(read.vm().currentSession()).contains(RENTAL);
        assertThat(read.session()).isEmpty();

        assertThat(store.commit(List.of(change(read, new Transition(Optional.empty(), true, Optional.empty())))))
                .containsExactly(new CommitOutcome.Committed());
        assertThat(host.cell("vm-7", "holder")).isNull();
    }

    @Test
    void anEndAndAReleaseAreOneUpdateThatAVersionGuards() throws SQLException {
        rented();
        HostSchema schema;
        HostRow.Good read;
        try (Connection connection = database.dataSource().getConnection()) {
            schema = HostSchema.resolve(connection, TABLES, Dialect.of(connection));
            read = (HostRow.Good) Objects.requireNonNull(new HostReader(schema)
                    .read(connection, new HostConditions(schema).withIds(List.of(VM)), true)
                    .get(VM));
        }
        assertThat(read.version()).isEqualTo(2);
        Transition end = new Transition(
                Optional.of(VmStatus.AVAILABLE),
                true,
                Optional.of(new Transition.SessionEnd(
                        SessionStatus.TERMINATED, NOON, Duration.ofMinutes(59), "off", true)));

        List<RowWrite> writes = new HostWrites(schema).writes(change(read.managed(), end), read);
        assertThat(writes).hasSize(1);
        host.touch(VM);
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            assertThat(RowWriter.alone(connection, writes, List.of()))
                    .isEqualTo(new CommitOutcome.Conflict("Machines 7"));
        }
        assertThat(store.commit(List.of(change(read.managed(), end)))).containsExactly(new CommitOutcome.Committed());
        assertThat(host.cell("vm-7", "rev")).isEqualTo("4");
    }

    @Test
    void pagesFollowTheNumbersAndNotTheirLetters() {
        for (String no : List.of("100", "9", "10", "2000000000000")) {
            Vm sample = Samples.freeVm("box");
            host.put(new Vm(
                    new VmId(no), SCOPE, sample.address(), sample.believed(), Optional.empty(), Optional.empty()));
        }

        Page first = store.page(SCOPE, Selection.ALL, Optional.empty(), 2);
        Page second = store.page(SCOPE, Selection.ALL, first.next(), 2);

        assertThat(first.vms()).extracting(managed -> managed.id().value()).containsExactly("9", "10");
        assertThat(second.vms()).extracting(managed -> managed.id().value()).containsExactly("100", "2000000000000");
        assertThat(second.next()).isEmpty();
    }

    @Test
    void whatIsNoNumberIsNoRow() {
        rented();
        ManagedVm stranger = Samples.inUse("vm-1");

        assertThat(store.find(new VmId("seven"))).isEmpty();
        assertThat(store.find(new VmId("07"))).isEmpty();
        assertThat(store.session(new SessionId("x"))).isEmpty();
        assertThat(store.commit(List.of(
                        change(stranger, new Transition(Optional.of(VmStatus.STOPPED), false, Optional.empty())))))
                .singleElement()
                .isInstanceOf(CommitOutcome.Conflict.class);
    }

    private void rented() {
        Vm sample = Samples.vm("box");
        host.put(new Vm(VM, SCOPE, sample.address(), VmStatus.RUNNING, Optional.of(RENTAL), sample.lastStarted()));
        Session session = Samples.session("box");
        host.put(new Session(RENTAL, VM, SessionStatus.ACTIVE, session.startTime(), Optional.empty()));
    }
}
