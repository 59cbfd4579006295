package com.berryfi.vmsync.testkit.sync;

import static com.berryfi.vmsync.testkit.sync.Backend.SCOPE;
import static com.berryfi.vmsync.testkit.sync.Backend.address;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.Alert.Kind;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncStatus;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Each alert of the cycles, the database and the bills is raised once, and resolved once. */
class AlertsOfCyclesTest {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private final HeardAlerts pager = new HeardAlerts();
    private final Backend backend = new Backend();

    AlertsOfCyclesTest() {
        backend.start(builder -> builder.withAlerts(pager));
    }

    private void quick(int times) {
        for (int i = 0; i < times; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }
    }

    @Test
    void aCycleThatTakesTooLong() {
        AtomicBoolean slow = new AtomicBoolean(true);
        backend.inUse("a").cloud.beforeEachRead(any -> {
            if (slow.getAndSet(false)) {
                backend.time.pass(Duration.ofSeconds(75));
            }
        });
        backend.sync.start();

        backend.time.tick(Duration.ZERO);
        assertThat(pager.news()).containsExactly("WARNING OVERRUN/quick");
        assertThat(backend.sync.view().status().loop(SyncKind.QUICK).overrun()).hasValueSatisfying(overrun -> {
            assertThat(overrun.took()).isEqualTo(Duration.ofSeconds(75));
            assertThat(overrun.slots()).isEqualTo(2);
        });
        backend.time.tick(Duration.ofSeconds(15));
        assertThat(pager.news()).containsExactly("over OVERRUN/quick");
    }

    @Test
    void aFullSyncThatHangsIsToldOfByTheQuickOne() {
        AtomicBoolean hangs = new AtomicBoolean();
        backend.inUse("a");
        VmSync sync = backend.sync;
        sync.start();
        backend.time.tick(FIVE_MINUTES.minusSeconds(1));
        assertThat(pager.news()).isEmpty();
        hangs.set(true);
        backend.cloud.beforeEachRead(request -> {
            if (request.sync() == SyncKind.FULL && hangs.getAndSet(false)) {
                backend.quick();
                for (int i = 0; i < 30; i++) {
                    backend.quickAfter(HALF_A_MINUTE);
                }
            }
        });

        backend.time.tick(Duration.ofSeconds(1));
        assertThat(pager.heard).startsWith("CRITICAL MISSED_DEADLINE/full");
        assertThat(pager.raised.get(0).since()).isEqualTo(Backend.START.plus(Duration.ofMinutes(15)));
        assertThat(pager.news())
                .containsExactly("CRITICAL MISSED_DEADLINE/full", "over MISSED_DEADLINE/full", "WARNING OVERRUN/full");
        backend.time.tick(FIVE_MINUTES);
        assertThat(pager.news(Kind.OVERRUN)).containsExactly("over OVERRUN/full");
    }

    @Test
    void whoAsksIsToldOfAMissedDeadlineThoughNoCycleEndsAtAll() {
        backend.inUse("a");
        assertThat(backend.sync.view().status().isDeadlineMissed()).isFalse();
        backend.sync.start();
        backend.time.pass(Duration.ofSeconds(90));
        assertThat(backend.sync.view().status().isDeadlineMissed()).isFalse();
        backend.time.pass(Duration.ofSeconds(1));
        SyncStatus status = backend.sync.view().status();
        assertThat(status.loop(SyncKind.QUICK).missed()).contains(Backend.START.plusSeconds(90));
        assertThat(status.loop(SyncKind.FULL).missed()).isEmpty();
        assertThat(backend.sync.view().alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.key()).isEqualTo("MISSED_DEADLINE/quick");
            assertThat(alert.text()).isEqualTo("no quick sync has ended since the start");
        });
    }

    @Test
    void aHostThatMakesItsOwnScheduleHasNoDeadlineToMiss() {
        backend.inUse("a");
        backend.quick();
        backend.time.pass(Duration.ofHours(1));
        SyncStatus status = backend.sync.view().status();
        assertThat(status.isDeadlineMissed()).isFalse();
        assertThat(status.startedAt()).isEmpty();
        assertThat(status.loop(SyncKind.QUICK).due()).isEmpty();
    }

    @Test
    void aDatabaseThatFailsIsAnotherMatterOnceItLasts() {
        backend.inUse("a");
        backend.full();
        backend.store.goDown();
        quick(2);
        assertThat(pager.news()).containsExactly("WARNING DATABASE/database");
        quick(3);
        assertThat(pager.news(Kind.DATABASE)).containsExactly("CRITICAL DATABASE/database");
        backend.store.comeBack();
        quick(1);
        assertThat(pager.news(Kind.DATABASE)).containsExactly("over DATABASE/database");
        assertThat(backend.sync.view().status().database()).isEmpty();
    }

    @Test
    void rowsThatCannotBeWorkedWith() {
        backend.inUse("a").vm("b", VmStatus.AVAILABLE, PowerState.DEALLOCATED);
        Vm good = backend.store.vm(new VmId("b")).orElseThrow();
        backend.store.plantProblem(new VmId("b"), new RowProblem("vm b", "status: ASLEEP").leavingOut(new VmId("b")));
        backend.full();
        quick(3);
        assertThat(pager.news()).containsExactly("WARNING BAD_ROWS/rows");
        assertThat(pager.raised.get(0).text()).contains("1 rows").contains("vm b");
        backend.store.putVm(good);
        backend.time.pass(FIVE_MINUTES);
        backend.full();
        assertThat(pager.news()).containsExactly("over BAD_ROWS/rows");
    }

    @Test
    void aBillThatIsRefused() {
        backend.inUse("a").inUse("b");
        backend.quick();
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.billing.reject(1);
        quick(3);
        assertThat(pager.news()).containsExactly("WARNING POISON/session-of-a#1");
        BillingInstruction parked = backend.sync.operator().parkedBilling().get(0);
        assertThat(backend.sync.view().status().billing().parked()).containsExactly(parked);
        backend.sync.operator().takeForDelivered(parked.key(), "by hand");
        quick(1);
        assertThat(pager.news()).containsExactly("over POISON/session-of-a#1");
    }

    @Test
    void billsThatWait() {
        backend.inUse("a").inUse("b");
        backend.quick();
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.billing.goDown(1_000);
        quick(11);
        assertThat(pager.news()).as("five minutes").isEmpty();
        quick(3);
        assertThat(pager.news()).containsExactly("WARNING BILLING_BACKLOG/billing");
        backend.billing.goDown(0);
        quick(1);
        assertThat(pager.news()).containsExactly("over BILLING_BACKLOG/billing");
    }
}
