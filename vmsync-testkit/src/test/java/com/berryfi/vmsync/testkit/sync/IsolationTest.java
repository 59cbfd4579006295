package com.berryfi.vmsync.testkit.sync;

import static com.berryfi.vmsync.testkit.sync.Backend.SCOPE;
import static com.berryfi.vmsync.testkit.sync.Backend.address;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome.Result;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.port.UnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What hangs, throws or is refused costs itself and nobody else; on real threads where that is the point. */
class IsolationTest {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
    private static final Scope TWO = new Scope("azure", "tenant-1", "client-2", "sub-1");

    private final Backend backend = new Backend();

    @Test
    void aDirectReadThatHangsKeepsNobodyElseWaiting() {
        backend.inUse("gone").vm("b", VmStatus.ASSIGNED, PowerState.RUNNING).session("b", SessionStatus.STARTING);
        backend.cloud.vanish(SCOPE, address("gone"));
        backend.cloud.beforeEachRead(request -> {
            if (request.kind() == ReadKind.DIRECT) {
                backend.time.pass(request.atMost().plusSeconds(1));
            }
        });
        for (int i = 0; i < 30; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }
        assertThat(backend.believed("b")).isEqualTo(VmStatus.RUNNING);
    }

    @Test
    void anErrorInOneScopeStopsNeitherTheOthersNorTheBilling() {
        backend.inUse("a").vm(TWO, "b", VmStatus.RUNNING, PowerState.RUNNING).session("b", SessionStatus.ACTIVE);
        backend.quick();
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.cloud.beforeEachRead(request -> {
            if (request.scope().equals(TWO)) {
                throw new NoClassDefFoundError("netty");
            }
        });
        for (int i = 0; i < 5; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }
        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
        assertThat(backend.billing.applied()).hasSize(1);
    }

    @Test
    void machinesThatDoNotAnswerAreAskedLastTheNextTime() {
        for (int i = 0; i < 8; i++) {
            backend.inUse("hung-" + i);
            backend.cloud.deallocate(SCOPE, address("hung-" + i));
        }
        backend.inUse("z");
        backend.cloud.deallocate(SCOPE, address("z"));
        CloudStatusPort slow = request -> {
            boolean hung = request.kind() == ReadKind.DIRECT
                    && (request.addresses().stream()
                                    .anyMatch(each -> each.name().startsWith("hung"))
                            || request.atMost().compareTo(Duration.ofSeconds(1)) < 0);
            if (hung) {
                backend.time.pass(request.atMost());
                return Reading.incomplete(
                        Map.of(), 0, new Observation.Unknown(UnknownCause.TIMED_OUT, ""), Optional.empty());
            }
            return backend.cloud.read(request);
        };
        VmSync sync = VmSync.builder(backend.store, slow, backend.billing)
                .withSettings(SyncSettings.from(
                        Map.of("azure.status.sync.batch.size", "1", "azure.status.sync.retry.attempts", "1")))
                .withClock(backend.time)
                .withScopesExecutor(Runnable::run)
                .build();

        sync.runOnce(SyncKind.QUICK);
        backend.time.pass(HALF_A_MINUTE);
        sync.runOnce(SyncKind.QUICK);

        assertThat(backend.status("z")).isEqualTo(SessionStatus.TERMINATED);
    }

    @Test
    void twinsAreNamedAndLeftAlone() {
        backend.vm("a", VmStatus.RUNNING, PowerState.STOPPED).vm("b", VmStatus.RUNNING, PowerState.STOPPED);
        backend.store.updateVm(
                new VmId("b"),
                vm -> new Vm(vm.id(), vm.scope(), address("a"), vm.believed(), vm.currentSession(), vm.lastStarted()));
        backend.vm("c", VmStatus.RUNNING, PowerState.STOPPED);

        SyncReport report = backend.full();

        assertThat(report.problems())
                .extracting(RowProblem::toString)
                .anyMatch(problem -> problem.startsWith("VM a: ") && problem.contains("VMs [a, b]"))
                .anyMatch(problem -> problem.startsWith("VM b: "));
        assertThat(backend.believed("a")).isEqualTo(VmStatus.RUNNING);
        assertThat(backend.believed("b")).isEqualTo(VmStatus.RUNNING);
        assertThat(backend.believed("c")).isEqualTo(VmStatus.STOPPED);
    }

    @Test
    void attemptsAreTriesInAllAndOnlyWhatFailedIsAskedAgain() {
        backend.inUse("a").inUse("b");
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.cloud.deallocate(SCOPE, address("b"));
        Map<String, AtomicInteger> asked = Map.of("a", new AtomicInteger(), "b", new AtomicInteger());
        CloudStatusPort flaky = request -> {
            if (request.kind() == ReadKind.DIRECT) {
                request.addresses()
                        .forEach(each ->
                                Objects.requireNonNull(asked.get(each.name())).incrementAndGet());
                if (Objects.requireNonNull(asked.get("a")).get() < 3) {
                    backend.cloud.failDirect(
                            SCOPE, address("a"), new Observation.Unknown(UnknownCause.SERVER_ERROR, "500"));
                } else {
                    backend.cloud.heal(SCOPE);
                }
            }
            return backend.cloud.read(request);
        };

        SyncReport report = onTheSameThread(flaky, 3).runOnce(SyncKind.QUICK);

        assertThat(asked.get("a")).hasValue(3);
        assertThat(asked.get("b")).hasValue(1);
        assertThat(report.count(Result.DONE)).isEqualTo(2);
    }

    @Test
    void aFailureThatWillNotPassIsNotTriedAgain() {
        backend.inUse("a");
        AtomicInteger calls = new AtomicInteger();
        CloudStatusPort forbidden = request -> {
            calls.incrementAndGet();
            return Reading.incomplete(
                    Map.of(), 0, new Observation.Unknown(UnknownCause.FORBIDDEN, "403"), Optional.empty());
        };

        SyncReport report = onTheSameThread(forbidden, 3).runOnce(SyncKind.QUICK);

        assertThat(calls).hasValue(1);
        assertThat(report.scopes())
                .singleElement()
                .satisfies(scope -> assertThat(scope.failure()).isPresent());
    }

    @Test
    void whatAnAdapterThrowsIsAnUnknownThatDoesNotTellItsMessage() {
        backend.inUse("a");
        CloudStatusPort throwing = request -> {
            throw new IllegalStateException("with a secret in it");
        };

        SyncReport report = onTheSameThread(throwing, 1).runOnce(SyncKind.QUICK);

        assertThat(report.toString()).contains("IllegalStateException").doesNotContain("a secret in it");
        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
    }

    @Test
    void aTryThatHangsIsGivenUpAndTheCycleEnds() {
        backend.inUse("a");
        CountDownLatch never = new CountDownLatch(1);
        CloudStatusPort hanging = request -> {
            awaitOrBeInterrupted(never);
            throw new UnavailableException("interrupted");
        };
        VmSync sync = VmSync.builder(backend.store, hanging, backend.billing)
                .withSettings(SyncSettings.from(
                        Map.of("azure.status.sync.timeout.seconds", "1", "azure.status.sync.retry.attempts", "1")))
                .withClock(backend.time)
                .build();

        SyncReport report = sync.runOnce(SyncKind.QUICK);
        sync.close();

        assertThat(report.scopes())
                .singleElement()
                .satisfies(scope ->
                        assertThat(scope.failure().orElseThrow().cause()).isEqualTo(UnknownCause.TIMED_OUT));
    }

    @Test
    void scopesBesideOneAnotherAreAllSynchronised() {
        for (int i = 0; i < 40; i++) {
            Scope scope = new Scope("azure", "tenant", "client-" + i, "sub");
            backend.vm(scope, "vm-" + i, VmStatus.RUNNING, PowerState.STOPPED);
        }
        try (VmSync sync = VmSync.builder(backend.store, backend.cloud, backend.billing)
                .withClock(backend.time)
                .build()) {
            SyncReport report = sync.runOnce(SyncKind.FULL);

            assertThat(report.scopes()).hasSize(40);
            assertThat(report.count(Result.DONE)).isEqualTo(40);
        }
    }

    @Test
    void closingWhileScopesHangEndsTheCycleThatWaitsForThem() throws InterruptedException {
        for (int i = 0; i < 9; i++) {
            Scope scope = new Scope("azure", "tenant", "client-" + i, "sub");
            backend.vm(scope, "vm-" + i, VmStatus.RUNNING, PowerState.RUNNING).session("vm-" + i, SessionStatus.ACTIVE);
        }
        CountDownLatch reading = new CountDownLatch(8);
        CountDownLatch never = new CountDownLatch(1);
        backend.cloud.beforeEachRead(any -> {
            reading.countDown();
            awaitOrBeInterrupted(never);
        });
        VmSync sync = VmSync.builder(backend.store, backend.cloud, backend.billing)
                .withSettings(SyncSettings.from(Map.of("azure.status.sync.timeout.seconds", "1")))
                .build();
        Thread host = new Thread(() -> sync.runOnce(SyncKind.QUICK), "host");
        host.setDaemon(true);
        host.start();
        assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();

        sync.close();
        host.join(10_000);

        assertThat(host.isAlive()).isFalse();
    }

    @Test
    void twinsThatAFullSyncHasFoundAreLeftAloneByTheQuickOne() {
        backend.inUse("a");
        backend.store.putVm(
                new Vm(new VmId("b"), SCOPE, address("a"), VmStatus.AVAILABLE, Optional.empty(), Optional.empty()));
        backend.full();
        backend.time.pass(HALF_A_MINUTE);
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.full();
        assertThat(backend.status("a")).as("full").isEqualTo(SessionStatus.ACTIVE);
        backend.quickAfter(HALF_A_MINUTE);
        assertThat(backend.status("a")).as("quick").isEqualTo(SessionStatus.ACTIVE);
    }

    @Test
    void twinsThatAFullSyncHasFoundAreLeftAloneByADirectOne() {
        backend.inUse("a");
        backend.store.putVm(
                new Vm(new VmId("b"), SCOPE, address("a"), VmStatus.AVAILABLE, Optional.empty(), Optional.empty()));
        backend.full();
        backend.time.pass(HALF_A_MINUTE);
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.sync.syncVmStatus(new VmId("a"));
        assertThat(backend.status("a")).as("direct").isEqualTo(SessionStatus.ACTIVE);
    }

    private VmSync onTheSameThread(CloudStatusPort cloud, int attempts) {
        return VmSync.builder(backend.store, cloud, backend.billing)
                .withSettings(SyncSettings.from(Map.of("azure.status.sync.retry.attempts", String.valueOf(attempts))))
                .withClock(backend.time)
                .withScopesExecutor(Runnable::run)
                .withBackoff(Duration.ofMillis(1))
                .build();
    }

    private static void awaitOrBeInterrupted(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
