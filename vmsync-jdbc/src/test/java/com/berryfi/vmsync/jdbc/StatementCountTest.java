package com.berryfi.vmsync.jdbc;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static com.berryfi.vmsync.testkit.Samples.SCOPE;
import static com.berryfi.vmsync.testkit.Samples.audit;
import static com.berryfi.vmsync.testkit.Samples.inUse;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.SessionStore.Selection;
import com.berryfi.vmsync.testkit.InMemoryBilling;
import com.berryfi.vmsync.testkit.InMemoryCloud;
import com.berryfi.vmsync.testkit.Samples;
import com.berryfi.vmsync.testkit.VirtualTime;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Statements go to the database in proportion to batches, and not to rows. */
@OnEachDatabase
class StatementCountTest {

    @AutoClose
    private final TestDatabase database;

    private final JdbcHostRows host;
    private final Counted counted;
    private final JdbcSessionStore store;

    StatementCountTest(Connecting on) {
        database = on.filled();
        host = new JdbcHostRows(database, ZoneOffset.UTC);
        counted = new Counted(database.dataSource());
        store = JdbcSessionStore.builder(counted.dataSource(), HostTables.berryFi(ZoneOffset.UTC))
                .build();
    }

    @Test
    void aPageTakesAsManyStatementsWhateverItHolds() {
        given(500);
        for (int rows : List.of(50, 500)) {
            counted.take();
            List<ManagedVm> page =
                    store.page(SCOPE, Selection.IN_USE, Optional.empty(), rows).vms();
            List<String> reading = counted.take();
            store.journal().recall(page);

            assertThat(page).hasSize(rows);
            assertThat(reading).as("page of %s", rows).hasSize(2);
            assertThat(counted.take()).as("recall of %s", rows).hasSize(3);
        }
    }

    @Test
    void aCommitTakesAsManyStatementsWhateverItHolds() {
        int of2 = statementsOfACommit(given(2));
        database.clear();
        int of10 = statementsOfACommit(given(10));
        database.clear();
        int of200 = statementsOfACommit(given(200));

        // To begin; rows of VMs, sessions twice, three memories, heads; two updates, two memories, a bill and its place
        // in the queue, an audit, a head.
        assertThat(of2).isEqualTo(database.server() == TestServer.H2 ? 15 : 16);
        assertThat(List.of(of10, of200)).containsOnly(of2);
    }

    @Test
    void aFleetInAgreementWritesOneRowForItsScope() {
        List<ManagedVm> fleet = given(40);
        InMemoryCloud cloud = new InMemoryCloud();
        fleet.forEach(vm -> cloud.put(SCOPE, vm.vm().address(), PowerState.RUNNING));
        VirtualTime time = VirtualTime.startingAt(NOON);
        VmSync sync = VmSync.builder(store, cloud, new InMemoryBilling())
                .withClock(time)
                .withScheduler(time)
                .withScopesExecutor(Runnable::run)
                .build();
        // It learns a machine or two each time, until it knows all.
        for (int i = 0; i < 2 * fleet.size() && store.journal().identities().size() < fleet.size(); i++) {
            time.pass(Duration.ofMinutes(1));
            sync.runOnce(i % 2 == 0 ? SyncKind.FULL : SyncKind.QUICK);
        }
        assertThat(store.journal().identities()).hasSameSizeAs(fleet);

        for (SyncKind kind : List.of(SyncKind.QUICK, SyncKind.FULL)) {
            time.pass(Duration.ofMinutes(1));
            counted.take();
            sync.runOnce(kind);

            assertThat(counted.take())
                    .as("writes of a %s sync", kind)
                    .filteredOn(sql -> !sql.isEmpty() && !sql.startsWith("SELECT"))
                    .singleElement()
                    .satisfies(sql -> assertThat(sql).startsWith("UPDATE vmsync_pass"));
        }
    }

    private List<ManagedVm> given(int vms) {
        return IntStream.range(0, vms)
                .mapToObj(i -> {
                    ManagedVm vm = inUse("vm-%03d".formatted(i));
                    host.put(vm.vm());
                    host.put(vm.session().orElseThrow());
                    return vm;
                })
                .toList();
    }

    private int statementsOfACommit(List<ManagedVm> vms) {
        counted.take();
        assertThat(store.commit(vms.stream().map(StatementCountTest::ending).toList()))
                .hasSize(vms.size())
                .containsOnly(new CommitOutcome.Committed());
        return counted.take().size();
    }

    private static Change ending(ManagedVm vm) {
        return new Change(
                NOON,
                vm,
                new Transition(
                        Optional.of(VmStatus.AVAILABLE),
                        true,
                        Optional.of(new Transition.SessionEnd(
                                SessionStatus.TERMINATED, NOON, Duration.ofMinutes(59), "found off", true))),
                Memory.EMPTY,
                new Memory(
                        Optional.of(Samples.tracking(vm.id(), 1)),
                        Optional.of(Samples.metering(vm, 1)),
                        Optional.empty()),
                List.of(new BillingInstruction.Stop(
                        new BillingKey(vm.sessionId().orElseThrow(), 1), vm.id(), NOON, List.of(), "found off")),
                List.of(audit(vm, "rule-1")));
    }
}
