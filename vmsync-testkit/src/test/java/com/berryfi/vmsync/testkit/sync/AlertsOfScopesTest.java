package com.berryfi.vmsync.testkit.sync;

import static com.berryfi.vmsync.testkit.sync.Backend.SCOPE;
import static com.berryfi.vmsync.testkit.sync.Backend.address;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.Alert;
import com.berryfi.vmsync.model.Alert.Kind;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.ScopeStatus.FreezeCause;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.WorkCoordinator;
import com.berryfi.vmsync.port.WorkCoordinator.ScopeWork;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each alert of a scope is raised once, and resolved once. */
class AlertsOfScopesTest {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
    private static final Scope TWO = new Scope("azure", "tenant-1", "client-2", "sub-2");
    private static final String ONE = SCOPE.toString();

    private final HeardAlerts pager = new HeardAlerts();
    private final Backend backend = new Backend();

    AlertsOfScopesTest() {
        backend.start(builder -> builder.withAlerts(pager));
    }

    private void fails(UnknownCause cause) {
        backend.cloud.fail(SCOPE, new Observation.Unknown(cause, "as planned"), Optional.empty());
    }

    private void quick(int times) {
        for (int i = 0; i < times; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }
    }

    @Test
    void theBrakeIsToldOfUntilItHoldsNothing() {
        for (int i = 0; i < 40; i++) {
            backend.inUse("vm-" + i);
        }
        backend.full();
        for (int i = 0; i < 20; i++) {
            backend.cloud.deallocate(SCOPE, address("vm-" + i));
        }
        quick(20);
        assertThat(pager.news()).containsExactly("CRITICAL BRAKE/" + ONE);
        assertThat(pager.raised.get(0).text())
                .startsWith("too many at once: 17 are held")
                .contains("vm-19");
        assertThat(backend.sync
                        .view()
                        .status()
                        .scopes()
                        .get(0)
                        .braked()
                        .orElseThrow()
                        .count())
                .isEqualTo(17);

        quick(2);
        assertThat(pager.news()).containsExactly("over BRAKE/" + ONE);
    }

    @Test
    void anOutageIsToldOfByWhatFollowsFromItAndEachIsOverAtOnce() {
        backend.inUse("a").inUse("b");
        backend.full();
        fails(UnknownCause.TIMED_OUT);
        quick(2);
        assertThat(pager.news()).as("it may pass").isEmpty();
        quick(2);
        assertThat(pager.news()).containsExactly("WARNING UNREADABLE_SCOPE/" + ONE, "WARNING FREEZE/" + ONE);
        fails(UnknownCause.SERVER_ERROR);
        quick(7);
        assertThat(pager.news())
                .as("the same trouble, and a session that nobody knows of")
                .containsExactly("CRITICAL UNVERIFIED_SESSION/sessions");
        assertThat(backend.sync.view().status().oldestUnverified().orElseThrow().since())
                .isEqualTo(Backend.START);
        assertThat(backend.sync.view().alerts())
                .extracting(Alert::key)
                .containsExactlyInAnyOrder("FREEZE/" + ONE, "UNREADABLE_SCOPE/" + ONE, "UNVERIFIED_SESSION/sessions");

        backend.cloud.heal(SCOPE);
        quick(1);
        assertThat(pager.news())
                .containsExactlyInAnyOrder(
                        "over FREEZE/" + ONE, "over UNREADABLE_SCOPE/" + ONE, "over UNVERIFIED_SESSION/sessions");
        assertThat(backend.sync.view().alerts()).isEmpty();
    }

    @Test
    void aCredentialIsToldOfOnceHoweverManyVmsItReadsAndAgainWhenItIsAnotherMatter() {
        for (int i = 0; i < 50; i++) {
            backend.inUse("vm-" + i);
        }
        backend.full();
        fails(UnknownCause.UNAUTHENTICATED);
        quick(1);
        assertThat(pager.news()).as("one refusal").isEmpty();
        quick(3);
        backend.full();
        assertThat(pager.news(Kind.FAILING_CREDENTIAL)).containsExactly("WARNING FAILING_CREDENTIAL/" + ONE);
        fails(UnknownCause.LEFT_ALONE);
        quick(3);
        assertThat(pager.news(Kind.FAILING_CREDENTIAL)).as("not asked").isEmpty();
        fails(UnknownCause.FORBIDDEN);
        quick(3);
        assertThat(pager.news(Kind.FAILING_CREDENTIAL)).containsExactly("WARNING FAILING_CREDENTIAL/" + ONE);
        assertThat(pager.raised)
                .filteredOn(alert -> alert.kind() == Kind.FAILING_CREDENTIAL)
                .extracting(Alert::cause)
                .containsExactly("UNAUTHENTICATED", "FORBIDDEN");

        backend.cloud.heal(SCOPE);
        quick(1);
        assertThat(pager.news(Kind.FAILING_CREDENTIAL)).containsExactly("over FAILING_CREDENTIAL/" + ONE);
    }

    @Test
    void whatComesAndGoesIsNotToldOf() {
        backend.inUse("a");
        backend.full();
        for (int i = 0; i < 20; i++) {
            fails(i % 4 == 0 ? UnknownCause.UNAUTHENTICATED : UnknownCause.THROTTLED);
            quick(1);
            backend.cloud.heal(SCOPE);
            quick(1);
        }
        assertThat(pager.news()).isEmpty();
    }

    @Test
    void aColdStartIsGivenTwoFullIntervalsBeforeItsFreezeIsToldOf() {
        backend.inUse("a").inUse("b");
        backend.cloud.breakLists(SCOPE, 1, new Observation.Unknown(UnknownCause.SERVER_ERROR, "500"));
        quick(21);
        assertThat(pager.news(Kind.FREEZE)).isEmpty();
        quick(1);
        assertThat(pager.news(Kind.FREEZE)).containsExactly("WARNING FREEZE/" + ONE);
        backend.cloud.heal(SCOPE);
        quick(1);
        assertThat(pager.news(Kind.FREEZE)).containsExactly("over FREEZE/" + ONE);
    }

    @Test
    void aPauseIsToBeKnownAndNoMoreHoweverManyScopesItFreezes() {
        backend.inUse("a").vm(TWO, "b", VmStatus.RUNNING, PowerState.RUNNING);
        backend.full();
        Order pause = backend.sync.operator().pause(Optional.empty(), Optional.empty(), "moving house");
        quick(2);
        assertThat(pager.news()).containsExactly("INFO FREEZE/everywhere");
        assertThat(backend.sync.view().status().orders()).containsExactly(pause);
        assertThat(backend.sync.view().status().scopes())
                .allSatisfy(scope ->
                        assertThat(scope.frozen().orElseThrow().cause()).isEqualTo(FreezeCause.ORDERED));
        backend.sync.operator().release(pause.id());
        quick(1);
        assertThat(pager.news()).containsExactly("over FREEZE/everywhere");
    }

    @Test
    void aScopeThatAnotherReplicaTakesOverIsDroppedWithoutAWord() {
        Set<WorkCoordinator.Work> others = new HashSet<>();
        backend.start(builder -> builder.withAlerts(pager)
                .withCoordinator((work, atMost) -> others.contains(work)
                        ? Optional.empty()
                        : WorkCoordinator.alone().claim(work, atMost)));
        backend.inUse("a").vm("o", VmStatus.STOPPED, PowerState.STOPPED);
        backend.vm(TWO, "b", VmStatus.RUNNING, PowerState.RUNNING).session("b", SessionStatus.ACTIVE);
        backend.full();
        for (int i = 0; i < 5; i++) {
            backend.time.pass(Duration.ofMinutes(5));
            backend.full();
        }
        fails(UnknownCause.FORBIDDEN);
        quick(2);
        pager.news();
        assertThat(backend.sync.view().alerts())
                .extracting(Alert::kind)
                .contains(Kind.FAILING_CREDENTIAL, Kind.STOPPED_STILL_BILLED);

        others.add(new ScopeWork(SCOPE, SyncKind.FULL));
        backend.full();
        assertThat(pager.news()).as("what the full sync alone sees").isEmpty();
        assertThat(backend.sync.view().alerts()).extracting(Alert::kind).doesNotContain(Kind.STOPPED_STILL_BILLED);
        others.add(new ScopeWork(SCOPE, SyncKind.QUICK));
        quick(1);
        assertThat(pager.news()).isEmpty();
        assertThat(backend.sync.view().alerts()).isEmpty();
        assertThat(backend.sync.view().status().elsewhere())
                .containsEntry(SCOPE, Set.of(SyncKind.QUICK, SyncKind.FULL));
        assertThat(backend.sync.view().status().scopes()).singleElement().satisfies(scope -> {
            assertThat(scope.scope()).isEqualTo(TWO);
            assertThat(scope.live()).isEqualTo(1);
        });

        others.clear();
        quick(3);
        assertThat(pager.news(Kind.FAILING_CREDENTIAL)).containsExactly("WARNING FAILING_CREDENTIAL/" + ONE);
    }

    @Test
    void aScopeWhoseRowsAreGoneIsOver() {
        backend.vm("a", VmStatus.AVAILABLE, PowerState.DEALLOCATED);
        fails(UnknownCause.SUBSCRIPTION_UNREADABLE);
        backend.full();
        backend.time.pass(Duration.ofMinutes(5));
        backend.full();
        assertThat(pager.news()).isEqualTo(List.of("WARNING FAILING_CREDENTIAL/" + ONE));
        backend.store.removeVm(new VmId("a"));
        backend.time.pass(Duration.ofMinutes(5));
        backend.full();
        assertThat(pager.news()).containsExactly("over FAILING_CREDENTIAL/" + ONE);
        assertThat(backend.sync.view().status().scopes()).isEmpty();
    }
}
