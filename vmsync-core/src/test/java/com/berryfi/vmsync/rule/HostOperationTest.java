package com.berryfi.vmsync.rule;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.rule.Rulings.ago;
import static com.berryfi.vmsync.rule.Rulings.effects;
import static com.berryfi.vmsync.rule.Rulings.held;
import static com.berryfi.vmsync.rule.Rulings.minutes;
import static com.berryfi.vmsync.rule.Rulings.ruleOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.Story;
import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ProvisioningState;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is under way: {@link AwaitHostOperation} and {@link AwaitProvisioning}. */
class HostOperationTest {

    @Test
    void whatTheHostHasChangedIsGivenTime() {
        Story story = Story.of(VmStatus.RUNNING, SessionStatus.ACTIVE, PowerState.DEALLOCATED)
                .changedByHost(minutes(5).minusMillis(1));

        assertThat(Rulings.of(story))
                .isEqualTo(Decision.held(
                        "await-host-operation",
                        "the host changed the rows, first seen "
                                + ago(minutes(5).minusMillis(1)) + "; the cloud says DEALLOCATED",
                        fence(NOW.plusMillis(1))));
        assertThat(ruleOf(story.changedByHost(minutes(5)))).isEqualTo("end-when-deallocated");
    }

    @Test
    void whatAgreesNeedsNoTime() {
        assertThat(ruleOf(Story.of(VmStatus.RUNNING, SessionStatus.ACTIVE, PowerState.RUNNING)
                        .changedByHost(minutes(1))))
                .isEqualTo("agree-in-step");
    }

    @Test
    void aBillThatIsProvenToGoOnGoesOnBehindTheFence() {
        Story story = Story.of(VmStatus.STOPPED, SessionStatus.ACTIVE, PowerState.RUNNING)
                .changedByHost(minutes(1))
                .suspended(minutes(9));

        assertThat(ruleOf(story)).isEqualTo("await-host-operation");
        assertThat(effects(story))
                .containsExactly(new Effect.ResumeMetering(NOW, "Auto-resumed: VM found running in Azure"));
        assertThat(held(story)).isEqualTo(fence(NOW.plus(minutes(4))));
        assertThat(effects(story.byList())).isEmpty();
        assertThat(held(story)).isEqualTo(new Held(Held.Reason.FENCE, Optional.empty(), Held.ReleasedBy.DIRECT_READ));
    }

    @Test
    void noOtherBillDoes() {
        Story beginning = Story.of(VmStatus.STOPPED, SessionStatus.STARTING, PowerState.RUNNING)
                .changedByHost(minutes(1))
                .suspended(minutes(9));
        Story off = Story.of(VmStatus.RUNNING, SessionStatus.ACTIVE, PowerState.STOPPED)
                .changedByHost(minutes(1))
                .suspended(minutes(9));
        Story billed = Story.of(VmStatus.STOPPED, SessionStatus.ACTIVE, PowerState.RUNNING)
                .changedByHost(minutes(1))
                .byList();

        assertThat(Stream.of(beginning, off, billed)).allSatisfy(story -> {
            assertThat(effects(story)).isEmpty();
            assertThat(held(story)).isEqualTo(fence(NOW.plus(minutes(4))));
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = PowerState.class,
            names = {"STOPPED", "DEALLOCATED", "STOPPING", "DEALLOCATING"})
    void offWhileTheCloudIsStillAtItIsNotOff(PowerState power) {
        for (ProvisioningState state : List.of(
                ProvisioningState.CREATING,
                ProvisioningState.UPDATING,
                ProvisioningState.DELETING,
                ProvisioningState.UNKNOWN)) {
            Story story = unsettled(power, state).seenFor(minutes(5).minusMillis(1));

            assertThat(Rulings.of(story))
                    .isEqualTo(Decision.held(
                            "await-provisioning",
                            "the cloud has not settled: " + power + " (" + state + ")",
                            new Held(Held.Reason.PROVISIONING, Optional.of(NOW.plusMillis(1)), Held.ReleasedBy.CLOUD)));
            assertThat(ruleOf(story.seenFor(minutes(5)))).isNotEqualTo("await-provisioning");
        }
    }

    @Test
    void whatHasSettledOrTurnsOnIsNotWaitedFor() {
        assertThat(ruleOf(
                        unsettled(PowerState.STOPPED, ProvisioningState.FAILED).justNow()))
                .isEqualTo("end-when-stopped");
        assertThat(ruleOf(unsettled(PowerState.RUNNING, ProvisioningState.UPDATING)
                        .justNow()))
                .isEqualTo("agree-in-step");
        assertThat(ruleOf(unsettled(PowerState.STARTING, ProvisioningState.UPDATING)
                        .justNow()))
                .isEqualTo("follow-transition");
        assertThat(ruleOf(Story.of(
                                VmStatus.AVAILABLE,
                                new Observation.Seen(PowerState.STOPPED, ProvisioningState.UPDATING, Optional.empty()))
                        .justNow()))
                .isEqualTo("watch-stopped");
    }

    private static Held fence(Instant until) {
        return new Held(Held.Reason.FENCE, Optional.of(until), Held.ReleasedBy.TIME);
    }

    private static Story unsettled(PowerState power, ProvisioningState state) {
        return Story.of(VmStatus.RUNNING, SessionStatus.ACTIVE, new Observation.Seen(power, state, Optional.empty()));
    }
}
