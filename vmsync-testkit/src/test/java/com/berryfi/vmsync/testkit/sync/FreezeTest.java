package com.berryfi.vmsync.testkit.sync;

import static com.berryfi.vmsync.testkit.sync.Backend.SCOPE;
import static com.berryfi.vmsync.testkit.sync.Backend.address;
import static com.berryfi.vmsync.testkit.sync.Backend.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Standing;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.VmPowerPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** When nothing but findings may follow. */
class FreezeTest {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
    private static final Scope TWO = new Scope("azure", "tenant-1", "client-2", "sub-2");
    private static final Observation.Unknown DOWN = new Observation.Unknown(UnknownCause.SERVER_ERROR, "500");

    private final Backend backend = new Backend();

    private static Optional<Held.Reason> held(SyncReport report, String vm) {
        return outcome(report, vm).decision().held().map(Held::reason);
    }

    @Test
    void aProcessThatHasNotReadAScopeWholeChangesNothingThere() {
        backend.inUse("a").inUse("b").vm("c", VmStatus.STOPPED, PowerState.RUNNING);
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.cloud.breakLists(SCOPE, 1, DOWN);

        for (int i = 0; i < 5; i++) {
            backend.time.pass(HALF_A_MINUTE);
            assertThat(held(backend.full(), "a")).contains(Held.Reason.FREEZE);
            assertThat(backend.sync.syncVmStatus(new VmId("c")).decision().held())
                    .map(Held::reason)
                    .contains(Held.Reason.FREEZE);
        }
        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
        assertThat(backend.believed("c")).isEqualTo(VmStatus.STOPPED);

        backend.cloud.heal(SCOPE);
        backend.time.pass(HALF_A_MINUTE);
        backend.full();
        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
        assertThat(backend.believed("c")).isEqualTo(VmStatus.RUNNING);
    }

    @Test
    void afterAnOutageEveryGraceStartsAfresh() {
        backend.inUse("a");
        backend.quick();
        backend.cloud.stop(SCOPE, address("a"));
        backend.quickAfter(HALF_A_MINUTE);
        backend.cloud.fail(SCOPE, DOWN, Optional.empty());
        for (int i = 0; i < 20; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }
        backend.cloud.heal(SCOPE);

        backend.quickAfter(HALF_A_MINUTE);
        assertThat(backend.status("a")).as("one direct read since").isEqualTo(SessionStatus.ACTIVE);
        backend.quickAfter(HALF_A_MINUTE);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
        assertThat(backend.row("a").session().endTime()).contains(Backend.START);
    }

    @Test
    void afterAShortSilenceWhatWasSeenStillCounts() {
        backend.inUse("a");
        backend.quick();
        backend.cloud.stop(SCOPE, address("a"));
        backend.quickAfter(HALF_A_MINUTE);
        backend.cloud.fail(SCOPE, DOWN, Optional.empty());
        backend.quickAfter(HALF_A_MINUTE);
        backend.cloud.heal(SCOPE);

        backend.quickAfter(HALF_A_MINUTE);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
    }

    @Test
    void aRunIsReadAcrossARestart() {
        backend.inUse("a");
        backend.quick();
        backend.cloud.stop(SCOPE, address("a"));
        backend.quickAfter(HALF_A_MINUTE);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);

        backend.start(UnaryOperator.identity());
        backend.quickAfter(HALF_A_MINUTE);

        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
        assertThat(backend.row("a").billed()).contains(Duration.ofHours(1));
    }

    @Test
    void afterAnOutageEndingsRamp() {
        for (int i = 0; i < 50; i++) {
            backend.inUse("vm-" + i);
        }
        backend.quick();
        backend.cloud.fail(SCOPE, DOWN, Optional.empty());
        for (int i = 0; i < 10; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }
        backend.cloud.heal(SCOPE);
        for (int i = 0; i < 5; i++) {
            backend.cloud.deallocate(SCOPE, address("vm-" + i));
        }

        SyncReport report = backend.quickAfter(HALF_A_MINUTE);
        assertThat(report.outcomes().stream()
                        .filter(outcome ->
                                outcome.decision().held().map(Held::reason).equals(Optional.of(Held.Reason.BRAKE))))
                .as("a tenth of 50 would pass, were it not for the ramp")
                .hasSize(2);
    }

    @Test
    void oneDeadCredentialFreezesItselfAndNobodyElse() {
        backend.inUse("a").vm(TWO, "b", VmStatus.RUNNING, PowerState.RUNNING).session("b", SessionStatus.ACTIVE);
        backend.full();
        backend.cloud.fail(SCOPE, new Observation.Unknown(UnknownCause.UNAUTHENTICATED, "401"), Optional.empty());
        for (int i = 0; i < 10; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }
        backend.cloud.deallocate(TWO, address("b"));
        backend.quickAfter(HALF_A_MINUTE);

        assertThat(backend.status("b")).isEqualTo(SessionStatus.TERMINATED);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
        backend.cloud.heal(SCOPE);
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.cloud.breakLists(SCOPE, 1, DOWN);
        assertThat(held(backend.quickAfter(HALF_A_MINUTE), "a")).contains(Held.Reason.FREEZE);
    }

    @Test
    void anEmptyListProvesNothingAndFreezes() {
        backend.inUse("a").inUse("b").vm("c", VmStatus.STOPPED, PowerState.RUNNING);
        backend.full();
        backend.cloud.listNothing(SCOPE);
        for (int i = 0; i < 12; i++) {
            SyncReport report = backend.quickAfter(HALF_A_MINUTE);
            assertThat(report.scopes().get(0).failure()).isPresent();
        }
        backend.time.pass(HALF_A_MINUTE);
        backend.full();

        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
        assertThat(backend.status("b")).isEqualTo(SessionStatus.ACTIVE);
        backend.cloud.stop(SCOPE, address("a"));
        assertThat(held(backend.quickAfter(HALF_A_MINUTE), "a")).contains(Held.Reason.FREEZE);
    }

    @Test
    void machinesThatAreReallyGoneExplainAShrunkList() {
        for (int i = 0; i < 8; i++) {
            backend.inUse("vm-" + i);
        }
        backend.full();
        for (int i = 0; i < 6; i++) {
            backend.cloud.vanish(SCOPE, address("vm-" + i));
        }
        for (int i = 0; i < 4; i++) {
            assertThat(backend.quickAfter(HALF_A_MINUTE).scopes().get(0).failure())
                    .as("not proven yet")
                    .isPresent();
        }
        for (int i = 0; i < 6; i++) {
            assertThat(backend.quickAfter(HALF_A_MINUTE).scopes().get(0).failure())
                    .isEmpty();
        }
        assertThat(backend.status("vm-0")).isEqualTo(SessionStatus.TERMINATED);
        assertThat(backend.believed("vm-0")).isEqualTo(VmStatus.ERROR);
    }

    @Test
    void underAFreezeTheOrphanSweepDoesNothing() {
        List<CloudAddress> deallocated = new ArrayList<>();
        VmPowerPort power = (scope, address, atMost) -> {
            deallocated.add(address);
            return Optional.empty();
        };
        backend.vm("a", VmStatus.AVAILABLE, PowerState.RUNNING).vm("b", VmStatus.AVAILABLE, PowerState.RUNNING);
        backend.start(builder -> builder.withPower(power)
                .withSettings(SyncSettings.from(Map.of(
                        "azure.status.sync.retry.attempts", "1",
                        "azure.status.sync.orphan.quarantine.seconds", "2400"))));
        for (int i = 0; i < 5; i++) {
            backend.full();
            backend.time.pass(Duration.ofMinutes(5));
        }
        backend.cloud.breakLists(SCOPE, 2, DOWN);
        for (int i = 0; i < 10; i++) {
            SyncReport report = backend.full();
            if (i > 3) {
                assertThat(report.findings())
                        .extracting(Standing::kind)
                        .containsExactly(FindingKind.ORPHAN, FindingKind.ORPHAN);
            }
            if (i > 6) {
                assertThat(held(report, "a")).contains(Held.Reason.FREEZE);
            }
            backend.time.pass(Duration.ofMinutes(5));
        }
        assertThat(deallocated).isEmpty();

        backend.cloud.heal(SCOPE);
        for (int i = 0; i < 12; i++) {
            backend.full();
            backend.time.pass(Duration.ofMinutes(5));
        }
        assertThat(deallocated).contains(address("a"), address("b"));
    }

    @Test
    void whileOurOwnDatabaseFailsNothingIsTrusted() {
        backend.inUse("a");
        backend.quick();
        backend.store.goDown();
        backend.quickAfter(HALF_A_MINUTE);
        backend.store.comeBack();
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.cloud.breakLists(SCOPE, 1, DOWN);

        assertThat(held(backend.quickAfter(HALF_A_MINUTE), "a")).contains(Held.Reason.FREEZE);
        backend.cloud.heal(SCOPE);
        backend.quickAfter(HALF_A_MINUTE);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
    }

    @Test
    void aClockThatJumpsIsNotTrusted() {
        AtomicLong nanos = new AtomicLong();
        backend.inUse("a");
        VmSync sync = backend.start(builder -> builder.withTicker(nanos::get));
        sync.runOnce(SyncKind.QUICK);
        nanos.addAndGet(HALF_A_MINUTE.toNanos());
        backend.time.pass(Duration.ofMinutes(45));
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.cloud.breakLists(SCOPE, 1, DOWN);

        assertThat(held(backend.quick(), "a")).contains(Held.Reason.FREEZE);
    }

    @Test
    void whatWasSeenByAClockThatJumpedIsForgotten() {
        AtomicLong nanos = new AtomicLong();
        backend.vm("b", VmStatus.STOPPED, PowerState.STOPPED);
        VmSync sync = backend.start(builder -> builder.withTicker(nanos::get));
        sync.runOnce(SyncKind.FULL);
        assertThat(sync.view().lastKnown(new VmId("b"))).isPresent();

        nanos.addAndGet(Duration.ofMinutes(45).toNanos());
        sync.runOnce(SyncKind.QUICK);
        assertThat(sync.view().lastKnown(new VmId("b"))).isEmpty();
    }

    @Test
    void anOperatorPausesEverythingButFindings() {
        backend.inUse("a").vm("b", VmStatus.STOPPED, PowerState.RUNNING);
        backend.full();
        backend.sync.operator().pause(Optional.of(SCOPE), Optional.of(Duration.ofMinutes(3)), "migration");
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.cloud.stop(SCOPE, address("b"));
        SyncReport report = backend.quickAfter(HALF_A_MINUTE);

        assertThat(held(report, "a")).contains(Held.Reason.FREEZE);
        assertThat(outcome(report, "a").decision().because()).contains("paused by an operator: migration");
        backend.quickAfter(Duration.ofMinutes(3));
        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
    }

    @Test
    void whatCannotBeIsRefusedByItsName() {
        assertThatThrownBy(() -> SyncSettings.from(Map.of("azure.status.sync.brake.share.percent", "101")))
                .hasMessageContaining("azure.status.sync.brake.share.percent")
                .hasMessageContaining("101");
        assertThatThrownBy(() -> SyncSettings.from(Map.of("azure.status.sync.start-grace.seconds", "-1")))
                .hasMessageContaining("azure.status.sync.start-grace.seconds");
        assertThatThrownBy(() -> backend.sync.operator().override(Optional.empty(), backend.time.instant(), "no end"))
                .hasMessageContaining("override")
                .hasMessageContaining("until");
        assertThatThrownBy(() -> backend.start(builder -> builder.withSettings(
                        SyncSettings.from(Map.of("azure.status.sync.orphan.quarantine.seconds", "600")))))
                .hasMessageContaining("orphan.quarantine.seconds")
                .hasMessageContaining("withPower");
    }
}
