package com.berryfi.vmsync.plan;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.Samples.SCOPE;
import static com.berryfi.vmsync.Samples.VM;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestraintTest {

    private static final Duration FULL = Duration.ofMinutes(5);
    private static final Scope OTHER = new Scope("azure", "tenant-1", "client-1", "sub-2");
    private static final Instant UNTIL = NOW.plusSeconds(60);
    private static final Health HEALTHY = Health.UNKNOWN.whole(NOW, Optional.empty(), FULL);
    private static final Effect.Report FINDING = new Effect.Report(FindingKind.ORPHAN, NOW, "runs");

    @Test
    void aScopeThatIsKnownAndUnderNoOrderIsFree() {
        assertThat(freeze(HEALTHY, List.of())).isEmpty();
    }

    @Test
    void aScopeThatIsNotKnownIsFrozenAndTheReasonSaid() {
        Restraint.Freeze freeze = freeze(Health.UNKNOWN, List.of()).orElseThrow();

        assertThat(freeze.why()).isEqualTo("frozen: the scope was not read whole yet");
        assertThat(freeze.held()).isEqualTo(new Held(Held.Reason.FREEZE, Optional.empty(), Held.ReleasedBy.CLOUD));
    }

    @Test
    void aPauseFreezesWhateverIsKnown() {
        for (Health health : List.of(HEALTHY, Health.UNKNOWN)) {
            Restraint.Freeze freeze = freeze(health, List.of(scoped(Order.Kind.PAUSE, Optional.of(SCOPE))))
                    .orElseThrow();
            assertThat(freeze.why()).isEqualTo("paused by an operator: drill");
            assertThat(freeze.held())
                    .isEqualTo(new Held(Held.Reason.FREEZE, Optional.of(UNTIL), Held.ReleasedBy.OPERATOR));
        }
    }

    @Test
    void aPauseFreezesItsScopeInItsTimeAndNothingElseDoes() {
        assertThat(freeze(HEALTHY, List.of(scoped(Order.Kind.PAUSE, Optional.empty()))))
                .isPresent();
        assertThat(freeze(HEALTHY, List.of(scoped(Order.Kind.PAUSE, Optional.of(OTHER)))))
                .isEmpty();
        assertThat(freeze(HEALTHY, List.of(scoped(Order.Kind.OVERRIDE, Optional.of(SCOPE)))))
                .isEmpty();
        assertThat(Restraint.freeze(HEALTHY, SCOPE, List.of(scoped(Order.Kind.PAUSE, Optional.empty())), UNTIL, FULL))
                .isEmpty();
    }

    @Test
    void underAFreezeNothingIsLeftButFindings() {
        Restraint.Freeze freeze = freeze(Health.UNKNOWN, List.of()).orElseThrow();
        Decision ending = Decision.act("rule", "because", List.of(new Effect.StopMetering(NOW, "end"), FINDING));

        Decision frozen = Restraint.under(Optional.of(freeze), ending);

        assertThat(frozen)
                .isEqualTo(new Decision(
                        "rule",
                        "because; frozen: the scope was not read whole yet",
                        List.of(FINDING),
                        Optional.of(freeze.held())));
        assertThat(Restraint.under(Optional.empty(), ending)).isEqualTo(ending);
    }

    @Test
    void whatChangesNothingKeepsItsOwnWaitUnderAFreeze() {
        Held confirmation = new Held(Held.Reason.CONFIRMATION, Optional.of(NOW), Held.ReleasedBy.DIRECT_READ);
        Decision waiting = Decision.held("rule", "because", confirmation);

        assertThat(Restraint.under(freeze(Health.UNKNOWN, List.of()), waiting)).isEqualTo(waiting);
    }

    @Test
    void rowsThatDisagreeAreFoundOnceTheHostHasHadTimeToWriteThem() {
        Scene scene = Scene.inUse(PowerState.RUNNING);
        scene.current = Optional.of(new SessionId("s-0"));
        scene.changed = Optional.of(NOW.minus(Duration.ofMinutes(5)));
        Decision nothing = Decision.nothing("rule", "because");

        assertThat(Restraint.noting(scene.facts(), nothing))
                .isEqualTo(nothing.reporting(new Effect.Report(
                        FindingKind.ROWS_DISAGREE,
                        NOW.minus(Duration.ofMinutes(5)),
                        "the VM's row names session s-0, the session that lives is s-1")));

        scene.changed = Optional.of(NOW.minus(Duration.ofMinutes(5)).plusMillis(1));
        assertThat(Restraint.noting(scene.facts(), nothing)).as("fenced").isEqualTo(nothing);

        scene.changed = Optional.empty();
        scene.readAt = NOW.plusMillis(1);
        assertThat(Restraint.noting(scene.facts(), nothing)).as("stale").isEqualTo(nothing);

        scene.readAt = NOW;
        scene.observation = Scene.unknown();
        assertThat(Restraint.noting(scene.facts(), nothing)).as("unknown").isEqualTo(nothing);
    }

    @Test
    void aRowThatNamesNoneIsFoundAsOfTheReadThatSawIt() {
        Scene scene = Scene.inUse(PowerState.RUNNING);
        scene.current = Optional.empty();
        scene.readAt = NOW.minusSeconds(1);
        Scene ended = Scene.idle(VmStatus.STOPPED, PowerState.STOPPED);
        ended.current = Optional.of(new SessionId("s-0"));

        assertThat(Restraint.noting(scene.facts(), Decision.nothing("rule", "because"))
                        .effects())
                .containsExactly(new Effect.Report(
                        FindingKind.ROWS_DISAGREE,
                        NOW.minusSeconds(1),
                        "the VM's row names session none, the session that lives is s-1"));
        assertThat(Restraint.noting(ended.facts(), Decision.nothing("rule", "because"))
                        .effects())
                .extracting(Effect::toString)
                .containsExactly("finding ROWS_DISAGREE");
    }

    @Test
    void rowsThatAgreeOrAreBeingMendedAreNoFinding() {
        Scene scene = Scene.inUse(PowerState.RUNNING);
        Decision nothing = Decision.nothing("rule", "because");
        assertThat(Restraint.noting(scene.facts(), nothing)).isEqualTo(nothing);

        scene.current = Optional.empty();
        for (Effect mending : List.of(
                new Effect.ReleaseVm(VmStatus.AVAILABLE),
                new Effect.EndSession(SessionStatus.TERMINATED, NOW, "end", false))) {
            Decision decision = Decision.act("rule", "because", List.of(mending));
            assertThat(Restraint.noting(scene.facts(), decision)).isEqualTo(decision);
        }
        assertThat(Restraint.noting(scene.facts(), Decision.act("rule", "because", List.of(FINDING)))
                        .effects())
                .hasSize(2);
    }

    @Test
    void aHoldIsOfItsVmInItsTime() {
        Order hold = order(Order.Kind.HOLD, Optional.empty(), Optional.of(VM));

        assertThat(Restraint.hold(VM, List.of(hold), NOW)).contains(hold);
        assertThat(Restraint.hold(new VmId("vm-2"), List.of(hold), NOW)).isEmpty();
        assertThat(Restraint.hold(VM, List.of(hold), UNTIL)).isEmpty();
        assertThat(Restraint.hold(VM, List.of(scoped(Order.Kind.PAUSE, Optional.empty())), NOW))
                .isEmpty();
    }

    @Test
    void anOverrideOrAnAnnouncementLetsEndingsPastTheBrake() {
        for (Order.Kind kind : List.of(Order.Kind.OVERRIDE, Order.Kind.ANNOUNCEMENT)) {
            assertThat(Restraint.excuses(SCOPE, List.of(scoped(kind, Optional.of(SCOPE))), NOW))
                    .isTrue();
            assertThat(Restraint.excuses(SCOPE, List.of(scoped(kind, Optional.empty())), NOW))
                    .isTrue();
            assertThat(Restraint.excuses(OTHER, List.of(scoped(kind, Optional.of(SCOPE))), NOW))
                    .isFalse();
            assertThat(Restraint.excuses(SCOPE, List.of(scoped(kind, Optional.of(SCOPE))), NOW.minusMillis(1)))
                    .isFalse();
            assertThat(Restraint.excuses(SCOPE, List.of(scoped(kind, Optional.of(SCOPE))), UNTIL))
                    .isFalse();
        }
        assertThat(Restraint.excuses(SCOPE, List.of(scoped(Order.Kind.PAUSE, Optional.empty())), NOW))
                .isFalse();
        assertThat(Restraint.excuses(SCOPE, List.of(), NOW)).isFalse();
    }

    private static Optional<Restraint.Freeze> freeze(Health health, List<Order> orders) {
        return Restraint.freeze(health, SCOPE, orders, NOW, FULL);
    }

    private static Order scoped(Order.Kind kind, Optional<Scope> scope) {
        return order(kind, scope, Optional.empty());
    }

    private static Order order(Order.Kind kind, Optional<Scope> scope, Optional<VmId> vm) {
        return new Order("o-1", kind, scope, vm, NOW, Optional.of(UNTIL), "drill");
    }
}
