package com.berryfi.vmsync.rule;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.rule.Rulings.DIRECT_READ;
import static com.berryfi.vmsync.rule.Rulings.ago;
import static com.berryfi.vmsync.rule.Rulings.effects;
import static com.berryfi.vmsync.rule.Rulings.held;
import static com.berryfi.vmsync.rule.Rulings.minutes;
import static com.berryfi.vmsync.rule.Rulings.report;
import static com.berryfi.vmsync.rule.Rulings.ruleOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.Story;
import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.StatusMapping;
import com.berryfi.vmsync.model.SyncPolicy;
import com.berryfi.vmsync.model.VmStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Statuses that follow the cloud: {@link FollowTransition} and {@link FollowPower}. */
class FollowTest {

    private static final StatusMapping NAMES_NOTHING = power -> VmStatus.UNKNOWN;

    @ParameterizedTest
    @CsvSource({"STARTING, STARTING", "STOPPING, STOPPING", "DEALLOCATING, STOPPING"})
    void whileTheCloudIsOnItsWayTheStatusFollowsAndTheSessionStays(PowerState power, VmStatus status) {
        Story story = Story.of(VmStatus.RUNNING, SessionStatus.ACTIVE, power)
                .seenFor(minutes(5).minusMillis(1));

        assertThat(Rulings.of(story))
                .isEqualTo(new Decision(
                        "follow-transition",
                        "the cloud says " + power + " since " + ago(minutes(5).minusMillis(1)),
                        List.of(new Effect.SetVmStatus(status)),
                        Optional.of(new Held(
                                Held.Reason.TRANSITION_UNDER_WAY,
                                Optional.of(NOW.plusMillis(1)),
                                Held.ReleasedBy.CLOUD))));
    }

    @Test
    void whatIsStuckIsToldAndNotBilled() {
        Story story = Story.of(VmStatus.RUNNING, SessionStatus.ACTIVE, PowerState.STARTING)
                .seenFor(minutes(5))
                .provenRunning(minutes(6));

        assertThat(effects(story))
                .containsExactly(
                        new Effect.SetVmStatus(VmStatus.STARTING),
                        report(FindingKind.STUCK_OPERATION, ago(minutes(5))),
                        new Effect.SuspendMetering(ago(minutes(6)), "VM neither runs nor stops in Azure"));
        assertThat(held(story))
                .isEqualTo(new Held(Held.Reason.TRANSITION_UNDER_WAY, Optional.empty(), Held.ReleasedBy.CLOUD));
        assertThat(effects(story.byList()))
                .containsExactly(
                        new Effect.SetVmStatus(VmStatus.STARTING),
                        report(FindingKind.STUCK_OPERATION, ago(minutes(5))));
        assertThat(held(story)).isEqualTo(DIRECT_READ);
    }

    @Test
    void whatIsStuckAndNotBilledAnyhowIsOnlyTold() {
        Held wait = new Held(Held.Reason.TRANSITION_UNDER_WAY, Optional.empty(), Held.ReleasedBy.CLOUD);

        assertThat(Stream.of(
                        Story.of(VmStatus.STOPPING, SessionStatus.ACTIVE, PowerState.STOPPING)
                                .suspended(minutes(9)),
                        Story.of(VmStatus.STOPPING, SessionStatus.STARTING, PowerState.STOPPING)))
                .allSatisfy(story -> {
                    assertThat(effects(story)).containsExactly(report(FindingKind.STUCK_OPERATION, ago(minutes(120))));
                    assertThat(held(story.byList())).isEqualTo(wait);
                });
    }

    @Test
    void anErrorAndAnAllocationStayAndNothingUnnamedIsWritten() {
        assertThat(effects(Story.of(VmStatus.ERROR, SessionStatus.ACTIVE, PowerState.STARTING)
                        .seenFor(minutes(1))))
                .isEmpty();
        assertThat(effects(Story.of(VmStatus.ASSIGNED, SessionStatus.ACTIVE, PowerState.STOPPING)
                        .seenFor(minutes(1))))
                .isEmpty();
        assertThat(effects(Story.of(VmStatus.RUNNING, SessionStatus.ACTIVE, PowerState.STARTING)
                        .seenFor(minutes(1))
                        .under(SyncPolicy.standard().withMapping(NAMES_NOTHING))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "STOPPED, RUNNING, RUNNING",
        "RUNNING, STOPPED, STOPPED",
        "RUNNING, DEALLOCATED, STOPPED",
        "UNKNOWN, STARTING, STARTING",
        "RUNNING, DEALLOCATING, STOPPING",
        "DEALLOCATED, RUNNING, RUNNING"
    })
    void withoutASessionAStatusThatSpeaksOfPowerFollows(VmStatus believed, PowerState power, VmStatus status) {
        assertThat(Rulings.of(Story.of(believed, power).byList().changedByHost(minutes(7))))
                .isEqualTo(Decision.act(
                        "follow-power",
                        "the VM is " + power + " and believed " + believed,
                        List.of(new Effect.SetVmStatus(status))));
    }

    @ParameterizedTest
    @EnumSource(
            value = VmStatus.class,
            names = {"STARTING", "STOPPING"})
    void anOperationThatDidNotComeTrueIsToldOf(VmStatus believed) {
        Story story = Story.of(believed, PowerState.RUNNING);

        assertThat(effects(story)).containsExactly(new Effect.SetVmStatus(VmStatus.RUNNING));
        assertThat(effects(story.changedByHost(minutes(7))))
                .containsExactly(
                        new Effect.SetVmStatus(VmStatus.RUNNING), report(FindingKind.STUCK_OPERATION, ago(minutes(7))));
    }

    @Test
    void aStatusThatTheMappingDoesNotNameIsNotWritten() {
        assertThat(Rulings.of(Story.of(VmStatus.STOPPED, PowerState.RUNNING)
                        .under(SyncPolicy.standard().withMapping(NAMES_NOTHING))))
                .isEqualTo(Decision.nothing(
                        "follow-power", "the VM is RUNNING and believed STOPPED; the mapping names no status for it"));
    }

    @Test
    void deallocatedIsToldApartWhereTheHostWantsIt() {
        Story story = Story.of(VmStatus.STOPPED, PowerState.DEALLOCATED);

        assertThat(ruleOf(story)).isEqualTo("agree-in-step");
        assertThat(effects(story.under(SyncPolicy.standard().withMapping(StatusMapping.tellingDeallocatedApart()))))
                .containsExactly(new Effect.SetVmStatus(VmStatus.DEALLOCATED));
    }
}
