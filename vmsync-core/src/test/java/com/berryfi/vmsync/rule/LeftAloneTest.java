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
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people keep to themselves: {@link LeaveOnHold} and {@link LeaveMaintenance}. Only the bill may pause and go on. */
class LeftAloneTest {

    private static final Held MAINTENANCE = new Held(Held.Reason.MAINTENANCE, Optional.empty(), Held.ReleasedBy.HOST);
    private static final Held HOLD =
            new Held(Held.Reason.HOLD, Optional.of(NOW.plusSeconds(60)), Held.ReleasedBy.OPERATOR);

    @Test
    void maintenanceAndHoldSayWhoEndsThem() {
        assertThat(Rulings.of(Story.of(VmStatus.MAINTENANCE, PowerState.RUNNING)))
                .isEqualTo(Decision.held(
                        "leave-maintenance", "the VM is in maintenance, the cloud says RUNNING", MAINTENANCE));
        assertThat(Rulings.of(held(Story.of(VmStatus.RUNNING, PowerState.STOPPED))))
                .isEqualTo(Decision.held(
                        "leave-on-hold", "an operator holds the VM: an inquiry; the cloud says STOPPED", HOLD));
    }

    @Test
    void maintenanceIsTheHostsWordAndComesFirst() {
        assertThat(ruleOf(held(Story.of(VmStatus.MAINTENANCE, PowerState.STOPPED))))
                .isEqualTo("leave-maintenance");
    }

    @ParameterizedTest
    @EnumSource(
            value = PowerState.class,
            names = {"STOPPED", "DEALLOCATED"})
    void theBillPausesByADirectRead(PowerState off) {
        Story maintained =
                Story.of(VmStatus.MAINTENANCE, SessionStatus.ACTIVE, off).provenRunning(minutes(3));
        Story onHold = held(Story.of(VmStatus.RUNNING, SessionStatus.IDLE, off).provenRunning(minutes(3)));

        assertThat(effects(maintained))
                .containsExactly(new Effect.SuspendMetering(ago(minutes(3)), "VM off while it is MAINTENANCE"));
        assertThat(effects(onHold))
                .containsExactly(new Effect.SuspendMetering(ago(minutes(3)), "VM off while it is HOLD"));
        assertThat(held(List.of(maintained, onHold))).containsExactly(MAINTENANCE, HOLD);
        assertThat(effects(maintained.byList())).isEmpty();
        assertThat(effects(onHold.byList())).isEmpty();
        assertThat(held(List.of(maintained, onHold)))
                .containsExactly(
                        new Held(Held.Reason.MAINTENANCE, Optional.empty(), Held.ReleasedBy.DIRECT_READ),
                        new Held(Held.Reason.HOLD, Optional.empty(), Held.ReleasedBy.DIRECT_READ));
    }

    @Test
    void aBillThatIsPausedStaysPaused() {
        Story story = Story.of(VmStatus.MAINTENANCE, SessionStatus.ACTIVE, PowerState.STOPPED)
                .suspended(minutes(9));

        assertThat(effects(story)).isEmpty();
        assertThat(Rulings.held(story.byList())).isEqualTo(MAINTENANCE);
    }

    @Test
    void whatHasNotSettledPausesNothing() {
        Story story = Story.of(
                VmStatus.MAINTENANCE,
                SessionStatus.ACTIVE,
                new Observation.Seen(PowerState.STOPPED, ProvisioningState.UPDATING, Optional.empty()));

        assertThat(effects(story)).isEmpty();
        assertThat(Rulings.held(story)).isEqualTo(MAINTENANCE);
    }

    @Test
    void theBillGoesOnByADirectRead() {
        Story story = held(Story.of(VmStatus.STOPPED, SessionStatus.ACTIVE, PowerState.RUNNING)
                .suspended(minutes(9)));

        assertThat(effects(story)).containsExactly(new Effect.ResumeMetering(NOW, "VM runs while it is HOLD"));
        assertThat(Rulings.held(story)).isEqualTo(HOLD);
        assertThat(effects(story.byList())).isEmpty();
        assertThat(Rulings.held(story).releasedBy()).isEqualTo(Held.ReleasedBy.DIRECT_READ);
    }

    @Test
    void aLapseIsEnteredAsItGoesOn() {
        Story story = Story.of(VmStatus.MAINTENANCE, SessionStatus.ACTIVE, PowerState.RUNNING)
                .lapsed(minutes(9), minutes(8));

        assertThat(effects(story))
                .containsExactly(
                        new Effect.SuspendMetering(ago(minutes(9)), "VM was off in Azure"),
                        new Effect.ResumeMetering(NOW, "VM runs while it is MAINTENANCE"));
    }

    @Test
    void whatIsNotInUseOrRunsAsItShouldMovesNoBill() {
        assertThat(Stream.of(
                        Story.of(VmStatus.MAINTENANCE, SessionStatus.STARTING, PowerState.STOPPED),
                        Story.of(VmStatus.MAINTENANCE, SessionStatus.STARTING, PowerState.RUNNING)
                                .suspended(minutes(9)),
                        Story.of(VmStatus.MAINTENANCE, SessionStatus.TERMINATING, PowerState.STOPPED),
                        Story.of(VmStatus.MAINTENANCE, PowerState.STOPPED),
                        Story.of(VmStatus.MAINTENANCE, SessionStatus.ACTIVE, PowerState.RUNNING),
                        Story.of(VmStatus.MAINTENANCE, SessionStatus.ACTIVE, PowerState.STOPPING),
                        Story.of(
                                VmStatus.MAINTENANCE,
                                SessionStatus.ACTIVE,
                                new Observation.Missing("ResourceNotFound"))))
                .allSatisfy(story -> {
                    assertThat(effects(story)).isEmpty();
                    assertThat(Rulings.held(story.byList())).isEqualTo(MAINTENANCE);
                });
    }

    private static Story held(Story story) {
        return story.onHold(Optional.of(NOW.plusSeconds(60)));
    }

    private static List<Held> held(List<Story> stories) {
        return stories.stream().map(Rulings::held).toList();
    }
}
