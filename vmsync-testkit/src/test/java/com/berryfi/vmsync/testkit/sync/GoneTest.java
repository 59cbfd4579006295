package com.berryfi.vmsync.testkit.sync;

import static com.berryfi.vmsync.testkit.sync.Backend.SCOPE;
import static com.berryfi.vmsync.testkit.sync.Backend.address;
import static com.berryfi.vmsync.testkit.sync.Backend.sessionOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ProvisioningState;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Standing;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Machines that are not there any more, or are others, or are there though their rows are not. */
class GoneTest {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private final Backend backend = new Backend();

    private void machine(String vm, PowerState power, String uid) {
        backend.cloud.put(
                SCOPE, address(vm), new Observation.Seen(power, ProvisioningState.SUCCEEDED, Optional.of(uid)));
    }

    @Test
    void threeDirectNotFoundsOverTwoMinutesEndASession() {
        backend.inUse("a").inUse("b").inUse("c");
        backend.quick();
        backend.cloud.vanish(SCOPE, address("a"));
        for (int i = 0; i < 4; i++) {
            backend.quickAfter(HALF_A_MINUTE);
            assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
        }
        backend.quickAfter(HALF_A_MINUTE);

        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
        assertThat(backend.row("a").connected()).isFalse();
        assertThat(backend.row("a").session().endTime()).contains(Backend.START);
        assertThat(backend.believed("a")).isEqualTo(VmStatus.ERROR);
        assertThat(backend.status("b")).isEqualTo(SessionStatus.ACTIVE);
    }

    @Test
    void whereHalfOfAScopeIsGoneItTakesALittleLonger() {
        backend.inUse("a").inUse("b");
        backend.quick();
        backend.cloud.vanish(SCOPE, address("a"));
        for (int i = 0; i < 12; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }

        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
        assertThat(backend.status("b")).isEqualTo(SessionStatus.ACTIVE);
    }

    @Test
    void oneContraryReadBeginsTheCountAnew() {
        backend.inUse("a").inUse("b");
        backend.quick();
        for (int i = 0; i < 8; i++) {
            backend.cloud.vanish(SCOPE, address("a"));
            for (int k = 0; k < 3; k++) {
                backend.quickAfter(HALF_A_MINUTE);
            }
            backend.cloud.put(SCOPE, address("a"), PowerState.RUNNING);
            backend.quickAfter(HALF_A_MINUTE);
        }
        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
        assertThat(backend.billing.applied()).isEmpty();
    }

    @Test
    void aVmThatWeCalledLostFollowsTheCloudOnceItIsFoundAgain() {
        threeDirectNotFoundsOverTwoMinutesEndASession();
        backend.cloud.put(SCOPE, address("a"), PowerState.STOPPED);
        backend.time.pass(Duration.ofMinutes(5));
        backend.full();
        assertThat(backend.believed("a")).isEqualTo(VmStatus.STOPPED);
    }

    @Test
    void theHostsOwnErrorStays() {
        backend.vm("a", VmStatus.ERROR, PowerState.STOPPED);
        for (int i = 0; i < 3; i++) {
            backend.full();
            backend.time.pass(Duration.ofMinutes(5));
        }
        assertThat(backend.believed("a")).isEqualTo(VmStatus.ERROR);
    }

    @Test
    void aNamesakeEndsASessionAtTheSecondLookAndIsNotTakenForTheLostMachine() {
        backend.inUse("a");
        machine("a", PowerState.RUNNING, "uid-1");
        backend.quick();
        machine("a", PowerState.RUNNING, "uid-2");

        backend.cloud.fail(SCOPE, new Observation.Unknown(UnknownCause.SERVER_ERROR, "500"), Optional.empty());
        backend.quickAfter(HALF_A_MINUTE);
        backend.cloud.heal(SCOPE);
        // Lists of this cloud name the uid; no direct read would have been due otherwise.
        SyncReport first = backend.quickAfter(HALF_A_MINUTE);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
        assertThat(first.findings()).extracting(Standing::kind).containsExactly(FindingKind.REPLACED);
        backend.quickAfter(HALF_A_MINUTE);

        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
        assertThat(backend.believed("a")).isEqualTo(VmStatus.ERROR);
        backend.time.pass(Duration.ofMinutes(5));
        SyncReport later = backend.full();
        assertThat(backend.believed("a")).isEqualTo(VmStatus.ERROR);
        assertThat(later.findings()).extracting(Standing::kind).containsExactly(FindingKind.REPLACED);
    }

    @Test
    void anotherMachineThatIsOffEndsNobodyAsStopped() {
        backend.inUse("a");
        machine("a", PowerState.RUNNING, "uid-1");
        backend.quick();
        machine("a", PowerState.DEALLOCATED, "uid-2");
        backend.quickAfter(HALF_A_MINUTE);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
        machine("a", PowerState.RUNNING, "uid-1");
        for (int i = 0; i < 5; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }
        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
    }

    @Test
    void aMachineWhoseRowWasRemovedIsFoundWithItsHoursUntilTheCloudAgrees() {
        backend.inUse("a").inUse("b");
        backend.full();
        backend.quickAfter(HALF_A_MINUTE);
        backend.store.removeSession(sessionOf("a"));
        backend.store.removeVm(new VmId("a"));

        for (int i = 0; i < 13; i++) {
            backend.time.pass(Duration.ofMinutes(5));
            assertThat(backend.full().findings())
                    .extracting(Standing::kind)
                    .containsExactly(FindingKind.REMOVED_BUT_ALIVE);
        }
        assertThat(backend.full().findings().get(0).lasted()).isEqualTo(Duration.ofHours(1));

        backend.cloud.vanish(SCOPE, address("a"));
        for (int i = 0; i < 2; i++) {
            backend.time.pass(Duration.ofMinutes(5));
            assertThat(backend.full().findings())
                    .as("it may be a slip of the cloud")
                    .hasSize(1);
        }
        backend.time.pass(Duration.ofMinutes(5));
        assertThat(backend.full().findings()).isEmpty();
        assertThat(backend.store.journal().identities())
                .extracting(identity -> identity.vm().value())
                .containsExactly("b");
    }

    @Test
    void rowsThatDisagreeAreFoundOncePastTheFence() {
        backend.inUse("a");
        backend.quick();
        backend.store.updateVm(
                new VmId("a"),
                vm -> new Vm(vm.id(), vm.scope(), vm.address(), vm.believed(), Optional.empty(), vm.lastStarted()));
        assertThat(backend.quickAfter(HALF_A_MINUTE).findings()).isEmpty();
        SyncReport later = backend.quickAfter(Duration.ofMinutes(6));
        assertThat(later.findings()).extracting(Standing::kind).containsExactly(FindingKind.ROWS_DISAGREE);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
    }
}
