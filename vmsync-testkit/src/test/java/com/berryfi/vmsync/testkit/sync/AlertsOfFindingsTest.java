package com.berryfi.vmsync.testkit.sync;

import static com.berryfi.vmsync.testkit.sync.Backend.SCOPE;
import static com.berryfi.vmsync.testkit.sync.Backend.address;
import static com.berryfi.vmsync.testkit.sync.Backend.sessionOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.Alert.Kind;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ProvisioningState;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each finding is told of once, and that it is over once. */
class AlertsOfFindingsTest {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private final HeardAlerts pager = new HeardAlerts();
    private final Backend backend = new Backend();

    AlertsOfFindingsTest() {
        backend.start(builder -> builder.withAlerts(pager));
    }

    private void quick(int times) {
        for (int i = 0; i < times; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }
    }

    private void full(int times) {
        for (int i = 0; i < times; i++) {
            backend.time.pass(FIVE_MINUTES);
            backend.full();
        }
    }

    @Test
    void machinesThatRunOrStandStoppedForNobody() {
        backend.vm("a", VmStatus.RUNNING, PowerState.RUNNING).vm("b", VmStatus.STOPPED, PowerState.STOPPED);
        full(6);
        quick(5);
        assertThat(pager.news()).containsExactlyInAnyOrder("WARNING ORPHAN/a", "WARNING STOPPED_STILL_BILLED/b");
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.cloud.deallocate(SCOPE, address("b"));
        full(2);
        assertThat(pager.news()).containsExactlyInAnyOrder("over ORPHAN/a", "over STOPPED_STILL_BILLED/b");
    }

    @Test
    void anOperationThatDoesNotComeToItsEnd() {
        backend.inUse("a").inUse("b");
        backend.full();
        backend.cloud.power(SCOPE, address("a"), PowerState.STOPPING);
        quick(14);
        assertThat(pager.news()).containsExactly("WARNING STUCK_OPERATION/a");
        backend.cloud.start(SCOPE, address("a"));
        quick(2);
        assertThat(pager.news()).containsExactly("over STUCK_OPERATION/a");
    }

    @Test
    void aSessionThatWasToldToEndAndWhoseMachineRunsOn() {
        backend.inUse("a").inUse("b");
        backend.full();
        backend.hostSays("a", SessionStatus.TERMINATING);
        quick(12);
        assertThat(pager.news()).containsExactly("WARNING STUCK_STOPPING/a");
        backend.cloud.deallocate(SCOPE, address("a"));
        quick(4);
        assertThat(pager.news()).containsExactly("over STUCK_STOPPING/a");
    }

    @Test
    void aVmThatIsNotThereAnyMore() {
        for (String vm : List.of("a", "b", "c", "d")) {
            backend.vm(vm, VmStatus.STOPPED, PowerState.DEALLOCATED);
        }
        backend.full();
        backend.cloud.vanish(SCOPE, address("a"));
        full(6);
        assertThat(pager.news(Kind.MISSING)).containsExactly("WARNING MISSING/a");
        backend.cloud.put(SCOPE, address("a"), PowerState.DEALLOCATED);
        full(2);
        assertThat(pager.news(Kind.MISSING)).containsExactly("over MISSING/a");
    }

    @Test
    void anotherMachineUnderTheSameAddressStandsThoughItsSessionHasEnded() {
        backend.inUse("a").inUse("b");
        machine("uid-1");
        backend.quick();
        machine("uid-2");
        backend.cloud.fail(SCOPE, new Observation.Unknown(UnknownCause.SERVER_ERROR, "500"), Optional.empty());
        quick(1);
        backend.cloud.heal(SCOPE);
        quick(4);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
        full(2);
        assertThat(pager.news()).containsExactly("CRITICAL REPLACED/a");
        machine("uid-1");
        full(2);
        assertThat(pager.news(Kind.REPLACED)).containsExactly("over REPLACED/a");
    }

    private void machine(String uid) {
        backend.cloud.put(
                SCOPE,
                address("a"),
                new Observation.Seen(PowerState.RUNNING, ProvisioningState.SUCCEEDED, Optional.of(uid)));
    }

    @Test
    void aMachineWhoseRowIsGone() {
        backend.inUse("a").inUse("b");
        backend.full();
        quick(1);
        backend.store.removeSession(sessionOf("a"));
        backend.store.removeVm(new VmId("a"));
        full(3);
        quick(2);
        assertThat(pager.news()).containsExactly("WARNING REMOVED_BUT_ALIVE/a");
        backend.cloud.vanish(SCOPE, address("a"));
        full(4);
        assertThat(pager.news()).containsExactly("over REMOVED_BUT_ALIVE/a");
    }

    @Test
    void rowsThatDisagree() {
        backend.inUse("a");
        backend.quick();
        names(Optional.empty());
        quick(13);
        assertThat(pager.news()).containsExactly("WARNING ROWS_DISAGREE/a");
        names(Optional.of(sessionOf("a")));
        quick(1);
        assertThat(pager.news()).containsExactly("over ROWS_DISAGREE/a");
    }

    private void names(Optional<SessionId> session) {
        backend.store.updateVm(
                new VmId("a"),
                vm -> new Vm(vm.id(), vm.scope(), vm.address(), vm.believed(), session, vm.lastStarted()));
    }

    @Test
    void anEndingThatTheHostSavedOver() {
        backend.inUse("a").inUse("b");
        backend.quick();
        Vm stale = backend.store.vm(new VmId("a")).orElseThrow();
        Session staleSession = backend.row("a").session();
        backend.cloud.deallocate(SCOPE, address("a"));
        quick(1);
        backend.store.putVm(stale);
        backend.store.putSession(staleSession);
        quick(3);
        assertThat(pager.news()).containsExactly("WARNING OVERWRITTEN/a");
        full(1);
        assertThat(pager.news()).containsExactly("over OVERWRITTEN/a");
    }

    @Test
    void manyAtOnceAreSummedUp() {
        for (int i = 0; i < 250; i++) {
            backend.vm("vm-" + i, VmStatus.RUNNING, PowerState.RUNNING);
        }
        full(6);
        assertThat(pager.news(Kind.ORPHAN)).hasSize(101).contains("WARNING ORPHAN/more");
        assertThat(pager.raised)
                .filteredOn(alert -> alert.subject().equals("more"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.text()).startsWith("150 more"));
        assertThat(backend.sync.view().status().findings()).hasSize(250);

        pager.raised.subList(0, 100).stream()
                .filter(alert -> !alert.subject().equals("more"))
                .limit(40)
                .forEach(alert -> backend.cloud.deallocate(SCOPE, address(alert.subject())));
        full(2);
        assertThat(pager.news()).filteredOn(line -> line.startsWith("over")).hasSize(40);
        for (int i = 0; i < 250; i++) {
            backend.cloud.deallocate(SCOPE, address("vm-" + i));
        }
        full(2);
        assertThat(pager.news()).allMatch(line -> line.startsWith("over")).hasSize(101);
    }
}
