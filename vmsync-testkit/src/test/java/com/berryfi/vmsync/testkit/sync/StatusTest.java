package com.berryfi.vmsync.testkit.sync;

import static com.berryfi.vmsync.testkit.sync.Backend.SCOPE;
import static com.berryfi.vmsync.testkit.sync.Backend.START;
import static com.berryfi.vmsync.testkit.sync.Backend.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.model.BillingStatus;
import com.berryfi.vmsync.model.Corrected;
import com.berryfi.vmsync.model.CycleFigures;
import com.berryfi.vmsync.model.DriftPoint;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ScopeStatus;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncStatus;
import com.berryfi.vmsync.model.SyncStatus.Trend;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.model.Wait;
import com.berryfi.vmsync.port.WorkCoordinator;
import com.berryfi.vmsync.port.WorkCoordinator.SharedWork;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** How synchronisation fares, told in figures. */
class StatusTest {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private final Backend backend = new Backend();

    private SyncStatus status() {
        return backend.sync.view().status();
    }

    private ScopeStatus scope() {
        return status().scopes().get(0);
    }

    @Test
    void aProcessThatHasDoneNothingKnowsNothing() {
        SyncStatus status = status();
        assertThat(status.asOf()).isEqualTo(START);
        assertThat(status.enabled()).isTrue();
        assertThat(status.scopes()).isEmpty();
        assertThat(status.loop(SyncKind.QUICK).last()).isEmpty();
        assertThat(status.billing()).isEqualTo(BillingStatus.NOTHING);
        assertThat(status.oldestUnverified()).isEmpty();
        assertThat(backend.sync.view().alerts()).isEmpty();
    }

    @Test
    void afterADriftTheFiguresSayWhatWasDone() {
        backend.inUse("a").inUse("b").vm("c", VmStatus.STOPPED, PowerState.RUNNING);
        backend.vm("d", VmStatus.AVAILABLE, PowerState.DEALLOCATED);
        backend.cloud.quotaLeft(SCOPE, Map.of("reads", 11_999L));
        backend.cloud.stop(SCOPE, address("a"));
        backend.full();

        CycleFigures full = status().loop(SyncKind.FULL).last().orElseThrow();
        assertThat(full.checked()).isEqualTo(4);
        assertThat(full.inStep()).isEqualTo(2);
        assertThat(full.corrected()).as("c's status, a's billing").isEqualTo(2);
        assertThat(full.directReads()).isEqualTo(1);
        assertThat(full.scopes()).isEqualTo(1);
        assertThat(scope().live()).isEqualTo(2);
        assertThat(scope().quotaLeft()).containsEntry("reads", 11_999L);
        assertThat(scope().wholeAt()).contains(START);
        assertThat(scope().frozen()).isEmpty();
        assertThat(status().loop(SyncKind.QUICK).last()).isEmpty();

        backend.quickAfter(HALF_A_MINUTE);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
        backend.quickAfter(HALF_A_MINUTE);
        assertThat(scope().live()).isEqualTo(1);
        assertThat(status().loop(SyncKind.QUICK).last().orElseThrow().checked()).isEqualTo(1);
        assertThat(status().held()).isEmpty();
    }

    @Test
    void whatWaitsIsCountedByWhatItWaitsForUntilItDoesNotWait() {
        backend.inUse("a").inUse("b").inUse("c");
        backend.full();
        backend.hostSays("c", VmStatus.STOPPING);
        backend.cloud.deallocate(SCOPE, address("c"));
        backend.sync.operator().hold(new VmId("b"), "a guest of the house");
        backend.cloud.deallocate(SCOPE, address("b"));
        backend.quickAfter(HALF_A_MINUTE);
        assertThat(status().held()).isEqualTo(Map.of(Held.Reason.FENCE, 1, Held.Reason.HOLD, 1));
        backend.full();
        assertThat(status().held())
                .as("no one is counted twice")
                .isEqualTo(Map.of(Held.Reason.FENCE, 1, Held.Reason.HOLD, 1));

        backend.quickAfter(Duration.ofMinutes(6));
        assertThat(status().held()).isEqualTo(Map.of(Held.Reason.HOLD, 1));
    }

    @Test
    void eachThatWaitsSaysForWhatSinceWhenAndWhatReleasesIt() {
        backend.inUse("b").inUse("c");
        backend.full();
        backend.sync.operator().hold(new VmId("b"), "a guest of the house");
        backend.cloud.deallocate(SCOPE, address("b"));
        backend.quickAfter(HALF_A_MINUTE);
        backend.hostSays("c", VmStatus.STOPPING);
        backend.cloud.deallocate(SCOPE, address("c"));
        backend.quickAfter(HALF_A_MINUTE);
        backend.full();

        assertThat(status().waits())
                .extracting(
                        wait -> wait.vm().value(),
                        Wait::since,
                        Wait::rule,
                        wait -> wait.held().reason(),
                        wait -> wait.held().releasedBy())
                .containsExactly(
                        tuple("b", START.plusSeconds(30), "leave-on-hold", Held.Reason.HOLD, Held.ReleasedBy.OPERATOR),
                        tuple(
                                "c",
                                START.plusSeconds(60),
                                "await-host-operation",
                                Held.Reason.FENCE,
                                Held.ReleasedBy.TIME));
        assertThat(status().waits()).extracting(Wait::session).contains(Optional.of(Backend.sessionOf("b")));
    }

    @Test
    void driftIsCountedByRuleUntilItIsCorrectedAndItsCorrectionIsTold() {
        backend.inUse("a").vm("b", VmStatus.STOPPED, PowerState.RUNNING);
        backend.full();
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.quickAfter(HALF_A_MINUTE);
        backend.time.pass(Duration.ofMinutes(5));
        backend.full();

        Trend trend = status().trend();
        assertThat(trend.drift()).extracting(DriftPoint::at).containsExactly(START, backend.time.instant());
        assertThat(trend.drift()).extracting(DriftPoint::checked).containsOnly(2);
        assertThat(trend.drift())
                .extracting(DriftPoint::corrected)
                .containsExactly(Map.of("follow-power", 1), Map.of("end-when-deallocated", 1));
        assertThat(trend.recent())
                .extracting(each -> each.vm().value(), Corrected::rule, Corrected::at)
                .containsExactly(
                        tuple("a", "end-when-deallocated", START.plusSeconds(30)), tuple("b", "follow-power", START));
    }

    @Test
    void aDryRunShowsWhatItWouldCorrectAsDriftAndCorrectsNothing() {
        backend.start(builder -> builder.withSettings(SyncSettings.from(Map.of("azure.status.sync.mode", "dry-run"))));
        backend.vm("b", VmStatus.STOPPED, PowerState.RUNNING);
        backend.full();
        backend.time.pass(Duration.ofMinutes(5));
        backend.full();

        Trend trend = status().trend();
        assertThat(trend.drift())
                .extracting(DriftPoint::outOfStep)
                .containsExactly(Map.of("follow-power", 1), Map.of("follow-power", 1));
        assertThat(trend.drift()).extracting(DriftPoint::corrected).containsOnly(Map.of());
        assertThat(trend.recent()).isEmpty();
    }

    @Test
    void ofWhatCouldNotBeReadAPointSaysThatNobodyKnows() {
        backend.inUse("a");
        backend.cloud.fail(SCOPE, new Observation.Unknown(UnknownCause.TIMED_OUT, "late"), Optional.empty());
        backend.full();
        assertThat(status().trend().drift()).containsExactly(new DriftPoint(START, 1, 1, Map.of(), Map.of()));
    }

    @Test
    void theSessionThatNobodyKnowsOfForTheLongestTime() {
        backend.inUse("a").inUse("b");
        backend.quick();
        assertThat(status().oldestUnverified().orElseThrow().since()).isEqualTo(START);
        for (int i = 0; i < 3; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }
        backend.cloud.forgetPower(SCOPE, address("b"));
        for (int i = 0; i < 4; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }
        assertThat(status().oldestUnverified()).hasValueSatisfying(oldest -> {
            assertThat(oldest.session()).isEqualTo(Backend.sessionOf("b"));
            assertThat(oldest.since()).isEqualTo(START.plusSeconds(90));
        });
        backend.cloud.start(SCOPE, address("b"));
        backend.quickAfter(HALF_A_MINUTE);
        assertThat(status().oldestUnverified().orElseThrow().since()).isEqualTo(backend.time.instant());
    }

    @Test
    void aSessionThatThisProcessNeverHeardOfIsAsOldAsItsLastProofOrTheProcess() {
        backend.inUse("a").inUse("b");
        backend.cloud.fail(SCOPE, new Observation.Unknown(UnknownCause.TIMED_OUT, "late"), Optional.empty());
        backend.quickAfter(HALF_A_MINUTE);
        assertThat(status().oldestUnverified().orElseThrow().since()).isEqualTo(START);
        backend.cloud.heal(SCOPE);
        backend.quickAfter(HALF_A_MINUTE);

        backend.time.pass(Duration.ofHours(1));
        backend.start(UnaryOperator.identity());
        backend.cloud.fail(SCOPE, new Observation.Unknown(UnknownCause.TIMED_OUT, "late"), Optional.empty());
        backend.quick();
        assertThat(status().oldestUnverified().orElseThrow().since()).isEqualTo(START.plusSeconds(60));
    }

    @Test
    void aScopeWithoutSessionsHasNoneToVerify() {
        backend.inUse("a");
        backend.full();
        assertThat(status().oldestUnverified()).isPresent();
        backend.hostSays("a", SessionStatus.COMPLETED);
        backend.quickAfter(HALF_A_MINUTE);
        assertThat(status().oldestUnverified()).isEmpty();
        assertThat(scope().live()).isZero();
    }

    @Test
    void theNextCycleIsDueAtItsSlot() {
        backend.inUse("a");
        backend.sync.start();
        assertThat(status().startedAt()).contains(START);
        assertThat(status().loop(SyncKind.QUICK).due()).contains(START);
        backend.time.tick(Duration.ofSeconds(70));
        assertThat(status().loop(SyncKind.QUICK).due()).contains(START.plusSeconds(90));
        assertThat(status().loop(SyncKind.FULL).due()).contains(START.plusSeconds(300));
    }

    @Test
    void whatAnotherReplicaDeliversIsNotToldHere() {
        backend.start(builder -> builder.withCoordinator((work, atMost) -> work == SharedWork.BILLING
                ? Optional.empty()
                : WorkCoordinator.alone().claim(work, atMost)));
        backend.inUse("a");
        backend.quick();
        assertThat(status().billing()).isEqualTo(BillingStatus.ELSEWHERE);
    }
}
