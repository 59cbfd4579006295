package com.berryfi.vmsync.testkit.sync;

import static com.berryfi.vmsync.testkit.sync.Backend.SCOPE;
import static com.berryfi.vmsync.testkit.sync.Backend.START;
import static com.berryfi.vmsync.testkit.sync.Backend.address;
import static com.berryfi.vmsync.testkit.sync.Backend.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome.Result;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.RejectedException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Races, restarts, bad rows and bad callbacks: only what is bad suffers, and nothing is lost. */
class SafetyTest {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private final Backend backend = new Backend();

    @Test
    void aChangeOfTheHostBetweenReadAndWriteWins() {
        backend.inUse("a");
        backend.quick();
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.store.beforeCommit(() -> backend.hostSays("a", SessionStatus.COMPLETED));

        SyncReport report = backend.quickAfter(HALF_A_MINUTE);

        assertThat(outcome(report, "a").result()).isEqualTo(Result.LOST_RACE);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.COMPLETED);
        assertThat(backend.billing.applied()).isEmpty();
    }

    @Test
    void aHostThatTogglesIdleAllTheTimeIsStillSynchronised() {
        backend.inUse("a");
        backend.quick();
        backend.cloud.stop(SCOPE, address("a"));
        for (int i = 0; i < 2; i++) {
            backend.hostSays("a", i % 2 == 0 ? SessionStatus.IDLE : SessionStatus.ACTIVE);
            backend.quickAfter(HALF_A_MINUTE);
        }

        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
    }

    @Test
    void whatTheHostHasJustChangedIsFencedThenPutRight() {
        backend.inUse("a");
        backend.quick();
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.hostSays("a", VmStatus.ASSIGNED);

        for (int i = 0; i < 10; i++) {
            SyncReport report = backend.quickAfter(HALF_A_MINUTE);
            assertThat(outcome(report, "a").decision().held()).map(Held::reason).contains(Held.Reason.FENCE);
        }
        backend.quickAfter(HALF_A_MINUTE);

        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
        assertThat(backend.row("a").session().endTime())
                .as("the cut is exact all the same")
                .contains(START);
    }

    @Test
    void ourOwnChangeOpensNoFence() {
        backend.vm("a", VmStatus.RUNNING, PowerState.STOPPED);
        backend.full();
        backend.cloud.start(SCOPE, address("a"));
        backend.time.pass(HALF_A_MINUTE);

        backend.full();

        assertThat(backend.believed("a")).isEqualTo(VmStatus.RUNNING);
    }

    @Test
    void aSessionGivenAnotherMachinesPastIsNotJudgedByIt() {
        backend.vm("a", VmStatus.STOPPED, PowerState.STOPPED);
        for (int i = 0; i < 5; i++) {
            backend.time.pass(Duration.ofMinutes(10));
            backend.full();
        }
        backend.hostSays("a", VmStatus.STARTING);
        backend.session("a", SessionStatus.REQUESTED);

        SyncReport report = backend.quickAfter(HALF_A_MINUTE);

        assertThat(outcome(report, "a").decision().held()).map(Held::reason).contains(Held.Reason.START_GRACE);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.REQUESTED);
    }

    @Test
    void aRunSurvivesARestart() {
        backend.inUse("a");
        backend.quick();
        backend.cloud.stop(SCOPE, address("a"));
        backend.quickAfter(HALF_A_MINUTE);
        backend.start(builder -> builder);

        backend.quickAfter(HALF_A_MINUTE);

        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
        assertThat(backend.row("a").session().endTime()).contains(START);
    }

    @Test
    void badRowsAreNamedAndOnlyTheySuffer() {
        backend.vm("a", VmStatus.RUNNING, PowerState.STOPPED).vm("b", VmStatus.RUNNING, PowerState.STOPPED);
        backend.store.plantProblem(new VmId("a"), new RowProblem("vm_instances a", "status: unknown value 'ASLEEP'"));
        backend.inUse("c");
        backend.store.putSession(new Session(
                new com.berryfi.vmsync.model.SessionId("second"),
                new VmId("c"),
                SessionStatus.ACTIVE,
                Optional.empty(),
                Optional.empty()));

        SyncReport report = backend.full();

        assertThat(report.problems())
                .extracting(RowProblem::toString)
                .anyMatch(problem -> problem.contains("ASLEEP"))
                .anyMatch(problem -> problem.contains("session-of-c") && problem.contains("second"));
        assertThat(backend.believed("a")).isEqualTo(VmStatus.RUNNING);
        assertThat(backend.believed("b")).isEqualTo(VmStatus.STOPPED);
    }

    @Test
    void oneDeadCredentialHarmsNoOtherScope() {
        Scope dead = new Scope("azure", "tenant-1", "dead", "sub-2");
        backend.vm("a", VmStatus.RUNNING, PowerState.STOPPED).vm(dead, "b", VmStatus.RUNNING, PowerState.STOPPED);
        backend.cloud.fail(dead, new Observation.Unknown(UnknownCause.UNAUTHENTICATED, "401"), Optional.empty());

        SyncReport report = backend.full();

        assertThat(backend.believed("a")).isEqualTo(VmStatus.STOPPED);
        assertThat(backend.believed("b")).isEqualTo(VmStatus.RUNNING);
        assertThat(report.scopes())
                .filteredOn(scope -> scope.failure().isPresent())
                .hasSize(1);
    }

    @Test
    void aScopeThatAsksToBeLeftAloneIsLeftAlone() {
        backend.inUse("a");
        backend.cloud.fail(
                SCOPE, new Observation.Unknown(UnknownCause.THROTTLED, "429"), Optional.of(Duration.ofSeconds(100)));
        backend.quick();
        backend.quickAfter(HALF_A_MINUTE);
        backend.quickAfter(HALF_A_MINUTE);
        backend.quickAfter(HALF_A_MINUTE);
        assertThat(backend.cloud.requests()).hasSize(1);

        backend.quickAfter(HALF_A_MINUTE);
        assertThat(backend.cloud.requests()).hasSize(2);
    }

    @Test
    void aDatabaseThatIsAwayCostsACycleAndNothingElse() {
        backend.inUse("a");
        backend.quick();
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.store.goDown();
        assertThat(backend.quickAfter(HALF_A_MINUTE).problems()).isNotEmpty();
        backend.store.comeBack();

        backend.quickAfter(HALF_A_MINUTE);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
        assertThat(backend.billing.applied()).hasSize(1);
    }

    @Test
    void aDryRunSaysWhatItWouldDoAndWritesNothing() {
        backend.start(builder -> builder.withSettings(SyncSettings.from(
                Map.of("azure.status.sync.mode", "dry-run", "azure.status.sync.retry.attempts", "1"))));
        backend.inUse("a").inUse("b").vm("c", VmStatus.RUNNING, PowerState.STOPPED);
        backend.quick();
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.cloud.stop(SCOPE, address("b"));

        backend.time.pass(HALF_A_MINUTE);
        SyncReport first = backend.full();
        backend.time.pass(HALF_A_MINUTE);
        SyncReport second = backend.full();

        assertThat(outcome(first, "a").result()).isEqualTo(Result.WOULD_DO);
        assertThat(outcome(first, "b").decision().held()).isPresent();
        assertThat(outcome(first, "c").result()).isEqualTo(Result.WOULD_DO);
        assertThat(outcome(second, "b").decision().effects()).hasSize(3);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
        assertThat(backend.status("b")).isEqualTo(SessionStatus.ACTIVE);
        assertThat(backend.believed("c")).isEqualTo(VmStatus.RUNNING);
        assertThat(backend.store.audit()).isEmpty();
        assertThat(backend.store.journal().lastPass(SCOPE)).isEmpty();
        assertThat(backend.billing.applied()).isEmpty();
    }

    @Test
    void oneVmCanBeReadAndSynchronisedAtOnce() {
        backend.inUse("a");
        backend.quick();
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.time.pass(Duration.ofSeconds(5));

        assertThat(backend.sync.actualStatus(new VmId("a")).power()).isEqualTo(PowerState.DEALLOCATED);
        assertThat(backend.status("a")).as("actualStatus changes nothing").isEqualTo(SessionStatus.ACTIVE);

        assertThat(backend.sync.syncVmStatus(new VmId("a")).decision().held())
                .as("one answer alone never ends a session")
                .isPresent();
        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
        backend.time.pass(Duration.ofSeconds(25));
        assertThat(backend.sync.syncVmStatus(new VmId("a")).result()).isEqualTo(Result.DONE);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
        assertThat(backend.billing.applied()).hasSize(2);
        assertThatThrownBy(() -> backend.sync.syncVmStatus(new VmId("nobody")))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("nobody");
    }
}
