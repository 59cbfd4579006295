package com.berryfi.vmsync.testkit.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.VmStatus;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A credential whose scopes hang takes some of the threads that read, not all of them. */
class BulkheadTest {

    private static final int THREADS = 8;
    private static final int OTHERS = 30;

    private final Backend backend = new Backend();
    private volatile CountDownLatch othersUnread = new CountDownLatch(0);
    private final AtomicBoolean inVain = new AtomicBoolean();

    private void scopes(String principal, int count) {
        for (int i = 0; i < count; i++) {
            String vm = principal + "-" + i;
            backend.vm(new Scope("azure", "tenant", principal, vm), vm, VmStatus.RUNNING, PowerState.RUNNING)
                    .session(vm, SessionStatus.ACTIVE);
        }
    }

    /** Those of one credential hang, and then answer, so that nothing but their credential tells them apart. */
    private void hangUntilTheOthersAreRead() {
        backend.cloud.beforeEachRead(request -> {
            CountDownLatch unread = othersUnread;
            if (request.scope().principal().startsWith("hung")) {
                inVain.compareAndSet(false, !isOver(unread));
            } else {
                unread.countDown();
            }
        });
    }

    private static boolean isOver(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private VmSync withSettings(Map<String, String> settings) {
        return VmSync.builder(backend.store, backend.cloud, backend.billing)
                .withSettings(SyncSettings.from(settings))
                .withClock(backend.time)
                .build();
    }

    @Test
    void whereAsManyScopesOfOneCredentialHangAsThereAreThreadsTheOthersAreReadInEveryCycle() {
        scopes("hung", THREADS);
        scopes("other", OTHERS - 1);
        scopes("third", 1);
        hangUntilTheOthersAreRead();
        try (VmSync sync = withSettings(Map.of())) {
            for (int cycle = 0; cycle < 4; cycle++) {
                othersUnread = new CountDownLatch(OTHERS);

                SyncReport report = sync.runOnce(SyncKind.QUICK);

                assertThat(inVain).as("hung until the end, cycle %s", cycle).isFalse();
                assertThat(report.scopes())
                        .hasSize(THREADS + OTHERS)
                        .allSatisfy(scope -> assertThat(scope.failure()).isEmpty());
            }
        }
    }

    @Test
    void whoGivesEachCredentialOneThreadIsSafeFromAllOfThemButOne() {
        for (int credential = 1; credential < THREADS; credential++) {
            scopes("hung-" + credential, THREADS);
        }
        scopes("other", OTHERS);
        hangUntilTheOthersAreRead();
        othersUnread = new CountDownLatch(OTHERS);
        try (VmSync sync = withSettings(Map.of("azure.status.sync.credential.scopes", "1"))) {
            assertThat(sync.runOnce(SyncKind.QUICK).scopes()).hasSize((THREADS - 1) * THREADS + OTHERS);
        }
        assertThat(inVain).isFalse();
    }

    @Test
    void theOnlyCredentialMayHaveAllThreads() {
        scopes("hung", THREADS);
        CountDownLatch all = new CountDownLatch(THREADS);
        backend.cloud.beforeEachRead(request -> {
            all.countDown();
            inVain.compareAndSet(false, !isOver(all));
        });
        try (VmSync sync = withSettings(Map.of())) {
            sync.runOnce(SyncKind.QUICK);
        }
        assertThat(inVain).isFalse();
    }

    @Test
    void manyScopesOnTheCyclesOwnThreadDoNotNest() {
        scopes("one", 1_000);
        scopes("other", 1_000);
        AtomicInteger deepest = new AtomicInteger();
        backend.cloud.beforeEachRead(
                request -> deepest.accumulateAndGet(new Throwable().getStackTrace().length, Math::max));

        SyncReport report = backend.quick();

        assertThat(report.scopes()).hasSize(2_000);
        assertThat(deepest).hasValueLessThan(300);
    }

    @Test
    void anExecutorThatTakesNothingMoreAfterAWhileEndsTheCycle() {
        scopes("one", 20);
        scopes("other", 20);
        AtomicInteger taken = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (VmSync sync = VmSync.builder(backend.store, backend.cloud, backend.billing)
                .withClock(backend.time)
                .withScopesExecutor(task -> {
                    int number = taken.incrementAndGet();
                    if (number > 30) {
                        throw new IllegalStateException("no more threads");
                    }
                    if (number > 20) {
                        throw new RejectedExecutionException("full");
                    }
                    threads.execute(task);
                })
                .build()) {
            SyncReport report = sync.runOnce(SyncKind.QUICK);

            assertThat(report.scopes()).hasSize(40);
            assertThat(report.scopes())
                    .filteredOn(scope -> scope.failure().isPresent())
                    .hasSize(20)
                    .allSatisfy(
                            scope -> assertThat(scope.failure().orElseThrow().toString())
                                    .contains("the executor takes no task"));
        } finally {
            threads.shutdownNow();
        }
    }
}
