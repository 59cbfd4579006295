package com.berryfi.vmsync.testkit.sync;

import static com.berryfi.vmsync.testkit.sync.Backend.SCOPE;
import static com.berryfi.vmsync.testkit.sync.Backend.START;
import static com.berryfi.vmsync.testkit.sync.Backend.address;
import static com.berryfi.vmsync.testkit.sync.Backend.sessionOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ProvisioningState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.port.WorkCoordinator;
import com.berryfi.vmsync.port.WorkCoordinator.ScopeWork;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What one replica's pass says to another, and what it does not. */
class ProofsOfOthersTest {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private final Backend backend = new Backend();
    private final VmSync first = backend.sync;

    /** The other one, which asks the cloud by this way. */
    private VmSync another(CloudStatusPort cloud) {
        return VmSync.builder(backend.store, cloud, backend.billing)
                .withClock(backend.time)
                .withScheduler(backend.time)
                .withScopesExecutor(Runnable::run)
                .build();
    }

    private static Reading directlyOff(CloudStatusPort.Request request) {
        Evidence off = new Evidence(
                new Observation.Seen(PowerState.DEALLOCATED, ProvisioningState.SUCCEEDED, Optional.empty()),
                ReadKind.DIRECT,
                request.askedAt(),
                Optional.empty());
        return Reading.complete(Map.of(request.addresses().iterator().next(), off), 1);
    }

    @Test
    void aListThatAnotherReadMeanwhileTakesNothingFromAProofOfOff() {
        backend.inUse("a");
        VmSync second = another(request -> {
            if (request.kind() == ReadKind.LIST) {
                return backend.cloud.read(request);
            }
            backend.time.pass(Duration.ofMillis(200));
            first.runOnce(SyncKind.QUICK);
            return directlyOff(request);
        });
        first.runOnce(SyncKind.QUICK);
        second.runOnce(SyncKind.QUICK);
        backend.time.pass(HALF_A_MINUTE);

        second.syncVmStatus(new VmId("a"));

        assertThat(backend.billing.applied(sessionOf("a")))
                .singleElement()
                .isInstanceOfSatisfying(
                        BillingInstruction.Suspend.class,
                        suspend -> assertThat(suspend.from()).isEqualTo(START));
    }

    @Test
    void aPassDoesNotSpeakForAVmThatItsReplicaFoundOffAndThatIsLeftOutLater() {
        backend.inUse("a").inUse("b");
        VmSync second = another(backend.cloud);
        first.runOnce(SyncKind.QUICK);
        second.runOnce(SyncKind.QUICK);
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.store.updateVm(
                new VmId("a"),
                v -> new Vm(v.id(), v.scope(), v.address(), v.believed(), v.currentSession(), Optional.of(START)));
        backend.time.pass(HALF_A_MINUTE);
        second.runOnce(SyncKind.QUICK);
        backend.time.pass(Duration.ofMinutes(5).minus(HALF_A_MINUTE));
        first.runOnce(SyncKind.QUICK);
        backend.time.pass(HALF_A_MINUTE);
        backend.store.beforeCommit(() -> backend.hostSays("a", SessionStatus.IDLE));
        second.runOnce(SyncKind.QUICK);
        assertThat(backend.status("a")).as("the host was quicker").isEqualTo(SessionStatus.IDLE);

        backend.time.pass(HALF_A_MINUTE);
        second.runOnce(SyncKind.QUICK);

        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
        assertThat(backend.row("a").session().endTime()).contains(START);
    }

    @Test
    void aReplicaThatReadsAScopeInUseKeepsItsProofsThoughAnotherReadsThatScopeWhole() {
        Scope others = new Scope("azure", "tenant-1", "client-1", "sub-2");
        backend.inUse("a").vm(others, "b", VmStatus.AVAILABLE, PowerState.DEALLOCATED);
        WorkCoordinator coordinator = (work, atMost) -> work.equals(new ScopeWork(SCOPE, SyncKind.FULL))
                ? Optional.empty()
                : WorkCoordinator.alone().claim(work, atMost);
        VmSync sync = backend.start(builder -> builder.withCoordinator(coordinator));
        sync.runOnce(SyncKind.FULL);
        backend.quickAfter(HALF_A_MINUTE);
        sync.runOnce(SyncKind.FULL);
        sync.runOnce(SyncKind.FULL);
        backend.cloud.deallocate(SCOPE, address("a"));

        backend.quickAfter(HALF_A_MINUTE);

        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
        assertThat(backend.row("a").session().endTime()).contains(START.plus(HALF_A_MINUTE));
    }
}
