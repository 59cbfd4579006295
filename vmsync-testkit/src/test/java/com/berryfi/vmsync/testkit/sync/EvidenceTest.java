package com.berryfi.vmsync.testkit.sync;

import static com.berryfi.vmsync.testkit.sync.Backend.SCOPE;
import static com.berryfi.vmsync.testkit.sync.Backend.START;
import static com.berryfi.vmsync.testkit.sync.Backend.address;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ProvisioningState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.CloudStatusPort;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What counts as a proof, of whom, and until when it bills. */
class EvidenceTest {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
    private static final Scope TWO = new Scope("azure", "tenant-1", "client-2", "sub-1");

    private final Backend backend = new Backend();

    @Test
    void aRowThatIsPointedAtAnotherMachineIsNotEndedByTheOldOnes() {
        backend.inUse("a");
        backend.quick();
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.cloud.put(SCOPE, address("a2"), PowerState.RUNNING);
        backend.store.beforeCommit(() -> backend.store.updateVm(
                new VmId("a"),
                v -> new Vm(v.id(), v.scope(), address("a2"), v.believed(), v.currentSession(), v.lastStarted())));
        backend.quickAfter(HALF_A_MINUTE);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
    }

    @Test
    void aPassDoesNotSpeakForAVmThatHasJustMovedIn() {
        backend.inUse("a").vm(TWO, "b", VmStatus.RUNNING, PowerState.RUNNING).session("b", SessionStatus.ACTIVE);
        backend.quick();
        backend.cloud.fail(SCOPE, new Observation.Unknown(UnknownCause.UNAUTHENTICATED, "401"), Optional.empty());
        for (int i = 0; i < 120; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }
        backend.cloud.put(TWO, address("a"), PowerState.DEALLOCATED);
        backend.store.updateVm(
                new VmId("a"),
                v -> new Vm(v.id(), TWO, v.address(), v.believed(), v.currentSession(), v.lastStarted()));
        for (int i = 0; i < 12; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }
        assertThat(backend.row("a").session().endTime()).contains(START);
    }

    @Test
    void aPassDoesNotSpeakForARowThatWasBad() {
        backend.inUse("a").inUse("b");
        backend.quick();
        backend.store.plantProblem(new VmId("a"), new RowProblem("a", "bad"));
        backend.cloud.deallocate(SCOPE, address("a"));
        for (int i = 0; i < 120; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }
        backend.store.putVm(backend.store.vm(new VmId("a")).orElseThrow());
        backend.quickAfter(HALF_A_MINUTE);
        assertThat(backend.row("a").session().endTime()).contains(START);
    }

    @Test
    void oneVmThatAlwaysLosesItsRaceKeepsNoProofFromTheOthers() {
        backend.inUse("a").inUse("b");
        backend.quick();
        backend.cloud.stop(SCOPE, address("b"));
        Instant last = START;
        for (int i = 0; i < 120; i++) {
            SessionStatus next = i % 2 == 0 ? SessionStatus.IDLE : SessionStatus.ACTIVE;
            backend.store.beforeCommit(() -> backend.hostSays("b", next));
            backend.quickAfter(HALF_A_MINUTE);
            last = backend.time.instant();
        }
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.quickAfter(HALF_A_MINUTE);
        assertThat(backend.row("a").session().endTime()).contains(last);
    }

    @Test
    void theEndRequestStaysWhenItWasFirstSeen() {
        backend.inUse("a");
        backend.quick();
        backend.time.pass(HALF_A_MINUTE);
        backend.hostSays("a", SessionStatus.TERMINATING);
        backend.quick();
        backend.cloud.deallocate(SCOPE, address("a"));
        for (int i = 0; i < 8; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }
        backend.hostSays("a", VmStatus.STOPPED);
        for (int i = 0; i < 12; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }
        assertThat(backend.row("a").session().endTime()).contains(START.plusSeconds(30));
    }

    @Test
    void afterADowntimeTheEndIsNotLaterThanTheLastProof() {
        backend.inUse("a");
        backend.quick();
        backend.time.pass(Duration.ofSeconds(10));
        backend.hostSays("a", SessionStatus.TERMINATING);
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.time.pass(Duration.ofHours(1));
        backend.start(b -> b);
        for (int i = 0; i < 12; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }
        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
        assertThat(backend.row("a").session().endTime().orElseThrow()).isBefore(START.plusSeconds(60));
    }

    @Test
    void minutesThatAreUsedBehindAFenceAreBilledAgainAtOnce() {
        backend.inUse("a");
        backend.quick();
        backend.cloud.stop(SCOPE, address("a"));
        backend.quickAfter(HALF_A_MINUTE);
        backend.cloud.start(SCOPE, address("a"));
        backend.store.updateVm(
                new VmId("a"),
                v -> new Vm(v.id(), v.scope(), v.address(), v.believed(), v.currentSession(), Optional.of(START)));
        for (int i = 0; i < 13; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }
        assertThat(backend.billing.applied())
                .last()
                .isInstanceOfSatisfying(
                        BillingInstruction.Resume.class,
                        r -> assertThat(r.at()).isBeforeOrEqualTo(START.plusSeconds(60)));
    }

    @Test
    void aReadOfAMachineThatHasNotSettledIsNoProof() {
        backend.inUse("a");
        backend.quick();
        backend.cloud.stop(SCOPE, address("a"));
        backend.cloud.provisioning(SCOPE, address("a"), ProvisioningState.UPDATING);
        backend.time.pass(Duration.ofSeconds(1));
        backend.sync.syncVmStatus(new VmId("a"));
        backend.cloud.provisioning(SCOPE, address("a"), ProvisioningState.SUCCEEDED);
        backend.quickAfter(HALF_A_MINUTE);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
    }

    @Test
    void maintenanceDoesNotPauseTheBillOfAMachineThatIsBeingUpdated() {
        backend.vm("a", VmStatus.MAINTENANCE, PowerState.STOPPED).session("a", SessionStatus.ACTIVE);
        backend.cloud.provisioning(SCOPE, address("a"), ProvisioningState.UPDATING);
        backend.quick();
        assertThat(backend.billing.applied()).isEmpty();
    }

    @Test
    void aSessionThatWasUsedAndBeginsAgainIsBilledWhenItsMachineIsLost() {
        backend.inUse("a");
        backend.quick();
        backend.quickAfter(Duration.ofHours(1));
        backend.hostSays("a", SessionStatus.STARTING);
        backend.hostSays("a", VmStatus.STARTING);
        backend.cloud.deallocate(SCOPE, address("a"));
        for (int i = 0; i < 30; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }
        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
        assertThat(backend.row("a").billed()).contains(Duration.ofHours(2));
    }

    @Test
    void afterARestartThePassDoesNotSpeakForAVmOfWhichNothingWasKnown() {
        backend.inUse("a").inUse("b");
        backend.quick();
        backend.cloud.forgetPower(SCOPE, address("a"));
        backend.quickAfter(HALF_A_MINUTE);
        backend.start(builder -> builder);
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.cloud.deallocate(SCOPE, address("b"));

        backend.quickAfter(HALF_A_MINUTE);

        assertThat(backend.row("a").session().endTime()).contains(START);
        assertThat(backend.row("b").session().endTime()).contains(START.plusSeconds(30));
    }

    @Test
    void afterARestartThePassDoesNotSpeakForARowThatWasBad() {
        backend.inUse("a").inUse("b");
        backend.store.plantProblem(new VmId("a"), new RowProblem("a", "bad"));
        backend.quick();
        backend.store.putVm(backend.store.vm(new VmId("a")).orElseThrow());
        backend.start(builder -> builder);
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.cloud.deallocate(SCOPE, address("b"));

        backend.quickAfter(HALF_A_MINUTE);

        assertThat(backend.row("a").billed()).as("never proven to run").contains(Duration.ZERO);
        assertThat(backend.row("b").session().endTime()).contains(START);
    }

    @Test
    void anAnswerFromBeforeTheRowsWereReadSpeaksOfNothing() {
        backend.inUse("a");
        backend.quick();
        backend.cloud.deallocate(SCOPE, address("a"));
        CloudStatusPort caching = request -> {
            Instant before = request.askedAt().minusSeconds(1);
            return backend.cloud.read(new CloudStatusPort.Request(
                    request.scope(), request.addresses(), request.kind(), before, request.atMost()));
        };
        VmSync sync = VmSync.builder(backend.store, caching, backend.billing)
                .withClock(backend.time)
                .withScopesExecutor(Runnable::run)
                .build();

        for (int i = 0; i < 3; i++) {
            backend.time.pass(HALF_A_MINUTE);
            sync.runOnce(SyncKind.QUICK);
        }

        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
        assertThat(backend.billing.applied()).isEmpty();
        assertThat(Backend.outcome(backend.quickAfter(HALF_A_MINUTE), "a").result())
                .isEqualTo(VmOutcome.Result.DONE);
    }

    @Test
    void afterAProofOfOffNothingIsBilledUntilADirectReadProvesThatItRuns() {
        backend.inUse("a");
        backend.quick();
        backend.cloud.stop(SCOPE, address("a"));
        backend.quickAfter(HALF_A_MINUTE);
        backend.cloud.start(SCOPE, address("a"));
        backend.cloud.fail(
                SCOPE, ReadKind.DIRECT, new Observation.Unknown(UnknownCause.SERVER_ERROR, "500"), Optional.empty());
        for (int i = 0; i < 100; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }
        backend.cloud.heal(SCOPE);
        backend.quickAfter(HALF_A_MINUTE);
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.quickAfter(HALF_A_MINUTE);
        assertThat(backend.billing.applied())
                .last()
                .isInstanceOfSatisfying(
                        BillingInstruction.Stop.class,
                        stop -> assertThat(stop.total()).isEqualTo(Duration.ofMinutes(60)));
    }

    @Test
    void aRowThatIsHomelessForAWhileKeepsItsProof() {
        backend.inUse("a");
        backend.full();
        Vm row = backend.store.vm(new VmId("a")).orElseThrow();
        backend.store.plantHomeless(new VmId("a"), new RowProblem("vm a", "subscription is missing"));
        for (int i = 0; i < 3; i++) {
            backend.time.pass(Duration.ofMinutes(5));
            backend.full();
        }
        backend.store.putVm(row);
        backend.cloud.deallocate(SCOPE, address("a"));

        backend.quickAfter(HALF_A_MINUTE);

        assertThat(backend.row("a").session().endTime()).contains(START);
    }
}
