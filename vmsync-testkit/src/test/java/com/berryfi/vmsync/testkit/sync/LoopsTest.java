package com.berryfi.vmsync.testkit.sync;

import static com.berryfi.vmsync.testkit.sync.Backend.SCOPE;
import static com.berryfi.vmsync.testkit.sync.Backend.address;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.event.CycleEnded;
import com.berryfi.vmsync.event.CycleOverrun;
import com.berryfi.vmsync.event.SyncListener;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The loops on a clock that stands still until it is told to move. */
class LoopsTest {

    private final Backend backend = new Backend();
    private final List<SyncKind> cycles = new ArrayList<>();
    private final List<CycleOverrun> overruns = new ArrayList<>();
    private final SyncListener listener = new SyncListener() {
        @Override
        public void onCycle(CycleEnded event) {
            cycles.add(event.report().kind());
        }

        @Override
        public void onOverrun(CycleOverrun event) {
            overruns.add(event);
        }
    };

    @Test
    void tickHalfAMinuteExpectAQuickSyncTickFiveMinutesExpectAFullOne() {
        backend.start(builder -> builder.withListener(listener)).start();

        backend.time.tick(Duration.ZERO);
        assertThat(cycles).containsExactly(SyncKind.QUICK, SyncKind.FULL);

        backend.time.tick(Duration.ofSeconds(30));
        assertThat(cycles).containsExactly(SyncKind.QUICK, SyncKind.FULL, SyncKind.QUICK);

        backend.time.tick(Duration.ofSeconds(270));
        assertThat(cycles).hasSize(13).filteredOn(SyncKind.FULL::equals).hasSize(2);
    }

    @Test
    void aMachineThatGoesDownIsDealtWithByTheLoopsAlone() {
        backend.inUse("a").start(builder -> builder).start();
        backend.time.tick(Duration.ofSeconds(30));
        backend.cloud.stop(SCOPE, address("a"));

        backend.time.tick(Duration.ofSeconds(30));
        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
        assertThat(backend.billing.applied()).hasSize(1);

        backend.time.tick(Duration.ofSeconds(30));
        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
    }

    @Test
    void aStepThatTakesTooLongIsReportedAndCostsTheSlotsItCovers() {
        backend.inUse("a").cloud.beforeEachRead(any -> {
            if (overruns.isEmpty()) {
                backend.time.pass(Duration.ofSeconds(75));
            }
        });
        backend.start(builder -> builder.withListener(listener)).start();

        backend.time.tick(Duration.ZERO);
        assertThat(overruns).singleElement().satisfies(overrun -> {
            assertThat(overrun.kind()).isEqualTo(SyncKind.QUICK);
            assertThat(overrun.missed()).isEqualTo(2);
            assertThat(overrun.took()).isEqualTo(Duration.ofSeconds(75));
        });
        cycles.clear();
        backend.time.tick(Duration.ofSeconds(15));
        assertThat(cycles).as("the slot at 90 s, once").containsExactly(SyncKind.QUICK);
    }

    @Test
    void aCycleNeverOverlapsItself() {
        List<String> skipped = new ArrayList<>();
        backend.inUse("a").cloud.beforeEachRead(any -> backend.quick().skipped().ifPresent(skipped::add));

        backend.quick();

        assertThat(skipped).isNotEmpty().containsOnly("a cycle of this kind is under way");
    }

    @Test
    void switchedOffMeansNoThreadAndNoCall() {
        backend.inUse("a")
                .start(builder ->
                        builder.withSettings(SyncSettings.from(Map.of("azure.status.sync.enabled", "false"))));
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.sync.start();

        assertThat(backend.time.waiting()).isZero();
        assertThat(backend.quick().skipped()).contains("azure.status.sync.enabled is false");
        assertThat(backend.sync.actualStatus(new VmId("a")).observation().toString())
                .contains("DISABLED");
        assertThat(backend.sync.syncVmStatus(new VmId("a")).decision().effects())
                .isEmpty();
        assertThat(backend.cloud.requests()).isEmpty();
        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
    }

    @Test
    void afterCloseNothingMoreIsStarted() {
        backend.inUse("a").start(builder -> builder.withListener(listener)).start();
        backend.sync.close();
        backend.sync.close();

        backend.time.tick(Duration.ofHours(1));

        assertThat(cycles).isEmpty();
        assertThat(backend.quick().skipped()).contains("closed");
    }

    @Test
    void closingLetsTheCycleUnderWayComeToItsEnd() throws InterruptedException {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        backend.inUse("a").vm("b", VmStatus.RUNNING, PowerState.RUNNING);
        backend.cloud.beforeEachRead(any -> {
            reading.countDown();
            awaitUninterruptibly(mayGoOn);
        });
        VmSync onItsOwnThreads = VmSync.builder(backend.store, backend.cloud, backend.billing)
                .withJitter(() -> 0)
                .withListener(new SyncListener() {
                    @Override
                    public void onCycle(CycleEnded event) {
                        ended.countDown();
                    }
                })
                .build();
        onItsOwnThreads.start();
        assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();
        Thread closer = new Thread(onItsOwnThreads::close, "closer");
        closer.start();
        mayGoOn.countDown();
        closer.join(10_000);

        assertThat(closer.isAlive()).isFalse();
        assertThat(ended.getCount()).isZero();
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("vmsync-"))
                .allMatch(Thread::isDaemon);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
