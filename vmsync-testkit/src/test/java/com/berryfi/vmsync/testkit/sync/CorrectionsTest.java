package com.berryfi.vmsync.testkit.sync;

import static com.berryfi.vmsync.testkit.sync.Backend.SCOPE;
import static com.berryfi.vmsync.testkit.sync.Backend.START;
import static com.berryfi.vmsync.testkit.sync.Backend.address;
import static com.berryfi.vmsync.testkit.sync.Backend.outcome;
import static com.berryfi.vmsync.testkit.sync.Backend.sessionOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Interval;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ProvisioningState;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmOutcome.Result;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The main job, told as it happens. */
class CorrectionsTest {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private final Backend backend = new Backend();

    @Test
    void statusesWithoutASessionFollowTheCloudWithinOneFullSync() {
        backend.vm("a", VmStatus.RUNNING, PowerState.DEALLOCATED)
                .vm("b", VmStatus.STOPPED, PowerState.RUNNING)
                .vm("free", VmStatus.AVAILABLE, PowerState.DEALLOCATED)
                .vm("given", VmStatus.ASSIGNED, PowerState.STOPPED);

        SyncReport report = backend.full();

        assertThat(backend.believed("a")).isEqualTo(VmStatus.STOPPED);
        assertThat(backend.believed("b")).isEqualTo(VmStatus.RUNNING);
        assertThat(backend.believed("free")).isEqualTo(VmStatus.AVAILABLE);
        assertThat(backend.believed("given")).isEqualTo(VmStatus.ASSIGNED);
        assertThat(report.count(Result.DONE)).isEqualTo(2);
        assertThat(backend.cloud.listCalls()).isEqualTo(1);
        assertThat(backend.cloud.directCalls()).isZero();
    }

    @Test
    void deallocatedUnderASessionInUseEndsItWithinOneQuickSync() {
        backend.inUse("a");
        backend.quick();
        backend.time.pass(HALF_A_MINUTE);
        backend.cloud.deallocate(SCOPE, address("a"));

        SyncReport report = backend.quickAfter(Duration.ZERO);

        assertThat(outcome(report, "a").result()).isEqualTo(Result.DONE);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
        assertThat(backend.row("a").connected()).isFalse();
        assertThat(backend.row("a").session().endTime()).contains(START);
        assertThat(backend.row("a").billed()).contains(Duration.ofHours(1));
        assertThat(backend.believed("a")).isEqualTo(VmStatus.AVAILABLE);
        assertThat(backend.billing.applied())
                .singleElement()
                .isInstanceOfSatisfying(BillingInstruction.Stop.class, stop -> {
                    assertThat(stop.at()).isEqualTo(START);
                    assertThat(stop.billed()).containsExactly(new Interval(START.minus(Duration.ofHours(1)), START));
                });
    }

    @Test
    void stoppedUnderASessionInUseSuspendsItsBillAtOnceAndEndsItWithTheSecondRead() {
        backend.inUse("a");
        backend.quick();
        backend.cloud.stop(SCOPE, address("a"));

        SyncReport first = backend.quickAfter(HALF_A_MINUTE);
        assertThat(outcome(first, "a").result()).isEqualTo(Result.DONE);
        assertThat(outcome(first, "a").decision().held()).map(Held::reason).contains(Held.Reason.CONFIRMATION);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
        assertThat(backend.billing.applied()).singleElement().isInstanceOf(BillingInstruction.Suspend.class);

        SyncReport second = backend.quickAfter(HALF_A_MINUTE);
        assertThat(outcome(second, "a").result()).isEqualTo(Result.DONE);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
        assertThat(backend.row("a").connected()).isTrue();
        assertThat(backend.row("a").session().endTime()).contains(START);
        assertThat(backend.billing.applied()).last().isInstanceOfSatisfying(BillingInstruction.Stop.class, stop -> {
            assertThat(stop.total()).isEqualTo(Duration.ofHours(1));
            assertThat(stop.key().counter()).isEqualTo(2);
        });
    }

    @Test
    void aStopThatTurnsOutToBeARestartEndsNothingAndLeavesTheGapFree() {
        backend.inUse("a");
        backend.quick();
        backend.cloud.stop(SCOPE, address("a"));
        backend.quickAfter(HALF_A_MINUTE);
        backend.cloud.start(SCOPE, address("a"));

        SyncReport report = backend.quickAfter(HALF_A_MINUTE);

        assertThat(outcome(report, "a").decision().rule()).isEqualTo("resume-metering");
        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
        assertThat(backend.billing.applied())
                .hasSize(2)
                .last()
                .isInstanceOfSatisfying(
                        BillingInstruction.Resume.class,
                        resume -> assertThat(resume.at()).isEqualTo(START.plusSeconds(60)));

        backend.cloud.deallocate(SCOPE, address("a"));
        backend.quickAfter(HALF_A_MINUTE);
        Instant begun = START.minus(Duration.ofHours(1));
        assertThat(backend.billing.applied()).last().isInstanceOfSatisfying(BillingInstruction.Stop.class, stop -> {
            // Proven running at 0 s and 60 s; off in between and after.
            assertThat(stop.billed()).containsExactly(new Interval(begun, START));
            assertThat(stop.at()).isEqualTo(START.plusSeconds(60));
        });
    }

    @Test
    void runningWhileBelievedStoppedIsResumedWithItsBill() {
        backend.vm("a", VmStatus.STOPPED, PowerState.RUNNING).session("a", SessionStatus.ACTIVE);

        SyncReport report = backend.quick();

        assertThat(outcome(report, "a").decision().rule()).isEqualTo("resume-when-running");
        assertThat(backend.believed("a")).isEqualTo(VmStatus.RUNNING);
        assertThat(backend.billing.applied())
                .singleElement()
                .isInstanceOfSatisfying(BillingInstruction.Resume.class, resume -> {
                    assertThat(resume.at()).isEqualTo(START);
                    assertThat(resume.reason()).isEqualTo("Auto-resumed: VM found running in Azure");
                });
    }

    @Test
    void aSessionThatBeginsOnAMachineStillOffIsLeftItsGraceThenFailsUnmetered() {
        backend.vm("a", VmStatus.STARTING, PowerState.DEALLOCATED).session("a", SessionStatus.STARTING);

        for (int elapsed = 0; elapsed < 240; elapsed += 30) {
            SyncReport report = backend.quick();
            assertThat(outcome(report, "a").decision().held()).map(Held::reason).contains(Held.Reason.START_GRACE);
            assertThat(backend.status("a")).isEqualTo(SessionStatus.STARTING);
            backend.time.pass(HALF_A_MINUTE);
        }
        backend.quick();

        assertThat(backend.status("a")).isEqualTo(SessionStatus.FAILED);
        assertThat(backend.believed("a")).isEqualTo(VmStatus.AVAILABLE);
        assertThat(backend.billing.applied()).isEmpty();
        assertThat(backend.row("a").billed()).contains(Duration.ZERO);
    }

    @Test
    void unknownTouchesNothing() {
        backend.inUse("a").vm("b", VmStatus.RUNNING, PowerState.RUNNING);
        backend.full();
        backend.cloud.stop(SCOPE, address("a"));
        backend.cloud.stop(SCOPE, address("b"));
        backend.cloud.fail(SCOPE, new Observation.Unknown(UnknownCause.THROTTLED, "429"), Optional.empty());

        for (int i = 0; i < 20; i++) {
            SyncReport report = backend.quickAfter(HALF_A_MINUTE);
            assertThat(report.scopes())
                    .singleElement()
                    .satisfies(scope -> assertThat(scope.unknown()).isEqualTo(1));
        }

        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
        assertThat(backend.believed("b")).isEqualTo(VmStatus.RUNNING);
        assertThat(backend.billing.applied()).isEmpty();
    }

    @Test
    void anUnknownBetweenDoesNotMakeThePassSpeakForTheVm() {
        backend.inUse("a").inUse("b");
        backend.quick();
        backend.cloud.forgetPower(SCOPE, address("a"));
        backend.quickAfter(HALF_A_MINUTE);
        backend.cloud.deallocate(SCOPE, address("a"));

        backend.quickAfter(HALF_A_MINUTE);

        // The list of 30 s was complete and says nothing of it: the last proof that it ran is of 0 s.
        assertThat(backend.row("a").session().endTime()).contains(START);
    }

    @Test
    void aVmThatIsNotListedIsReadDirectlyAndStaysPendingWithAnAlert() {
        backend.inUse("a");
        backend.quick();
        backend.cloud.vanish(SCOPE, address("a"));

        SyncReport report = backend.quickAfter(HALF_A_MINUTE);

        assertThat(outcome(report, "a").decision().rule()).isEqualTo("end-when-gone");
        assertThat(outcome(report, "a").evidence().isDirect()).isTrue();
        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
    }

    @Test
    void stoppedWhileTheCloudStillUpdatesIsHeld() {
        backend.inUse("a");
        backend.quick();
        backend.cloud.stop(SCOPE, address("a"));
        backend.cloud.provisioning(SCOPE, address("a"), ProvisioningState.UPDATING);

        SyncReport report = backend.quickAfter(HALF_A_MINUTE);

        assertThat(outcome(report, "a").decision().held()).map(Held::reason).contains(Held.Reason.PROVISIONING);
        assertThat(backend.billing.applied()).isEmpty();
    }

    @Test
    void aMachineInMaintenanceKeepsItsSessionAndItsBillPauses() {
        backend.vm("a", VmStatus.MAINTENANCE, PowerState.STOPPED).session("a", SessionStatus.ACTIVE);

        backend.quick();
        backend.quickAfter(HALF_A_MINUTE);
        backend.quickAfter(HALF_A_MINUTE);

        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
        assertThat(backend.believed("a")).isEqualTo(VmStatus.MAINTENANCE);
        assertThat(backend.billing.applied()).singleElement().isInstanceOf(BillingInstruction.Suspend.class);
    }

    @Test
    void aSessionTheHostDidNotFinishEndingIsEndedAsOfItsRequest() {
        backend.inUse("a");
        backend.quick();
        backend.time.pass(HALF_A_MINUTE);
        backend.hostSays("a", SessionStatus.TERMINATING);
        backend.quick();
        backend.cloud.deallocate(SCOPE, address("a"));
        for (int i = 0; i < 9; i++) {
            backend.quickAfter(HALF_A_MINUTE);
            assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATING);
        }

        backend.quickAfter(HALF_A_MINUTE);

        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
        assertThat(backend.row("a").session().endTime()).contains(START.plusSeconds(30));
    }

    @Test
    void aVmInStepIsWrittenNowhere() {
        backend.inUse("a").vm("free", VmStatus.AVAILABLE, PowerState.DEALLOCATED);

        SyncReport report = backend.full();

        assertThat(report.outcomes()).isEmpty();
        assertThat(backend.store.audit()).isEmpty();
    }

    @Test
    void oneAuditRowSaysWhyASessionEnded() {
        backend.inUse("a");
        backend.quick();
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.quickAfter(HALF_A_MINUTE);

        assertThat(backend.store.journal().history(sessionOf("a")))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.rule()).isEqualTo("end-when-deallocated");
                    assertThat(record.believed()).isEqualTo(VmStatus.RUNNING);
                    assertThat(record.evidence().power()).isEqualTo(PowerState.DEALLOCATED);
                    assertThat(record.evidence().requestId()).isPresent();
                    assertThat(record.effects()).hasSize(3);
                });
    }

    @Test
    void aVerdictThatStaysTheSameIsAuditedOnce() {
        backend.inUse("a");
        backend.quick();
        backend.cloud.vanish(SCOPE, address("a"));
        for (int i = 0; i < 4; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }

        assertThat(backend.store.journal().history(sessionOf("a"))).hasSize(1);
        assertThat(List.copyOf(backend.store.audit())).hasSize(1);
    }
}
