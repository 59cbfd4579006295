package com.berryfi.vmsync.rule;

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
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FinishTerminatingTest {

    private static final String REASON = "Auto-terminated: VM off in Azure after the end request";
    private static final Held UNDER_WAY =
            new Held(Held.Reason.TRANSITION_UNDER_WAY, Optional.empty(), Held.ReleasedBy.CLOUD);

    @ParameterizedTest
    @CsvSource({"STOPPED, false", "DEALLOCATED, true"})
    void onceOffTheSessionEndsAsOfItsRequest(PowerState off, boolean cleanup) {
        Instant request = ago(minutes(8));
        Story story =
                terminating(off).seenFor(minutes(6)).endRequested(minutes(8)).provenRunning(minutes(7));

        assertThat(Rulings.of(story))
                .isEqualTo(Decision.act(
                        "finish-terminating",
                        "the session was told to end and its VM is " + off,
                        List.of(
                                new Effect.EndSession(SessionStatus.TERMINATED, request, REASON, cleanup),
                                new Effect.StopMetering(request, REASON),
                                new Effect.ReleaseVm(VmStatus.AVAILABLE))));
    }

    @Test
    void offIsProvenAsEver() {
        Story story = terminating(PowerState.DEALLOCATED).byList();

        assertThat(effects(story)).isEmpty();
        assertThat(held(story)).isEqualTo(DIRECT_READ);
    }

    @ParameterizedTest
    @EnumSource(
            value = PowerState.class,
            names = {"RUNNING", "STARTING"})
    void aMachineThatRunsOnIsStuck(PowerState power) {
        Story story = terminating(power).seenFor(minutes(6));

        assertThat(effects(story)).containsExactly(report(FindingKind.STUCK_STOPPING, ago(minutes(6))));
        assertThat(effects(story.endRequested(minutes(8))))
                .containsExactly(report(FindingKind.STUCK_STOPPING, ago(minutes(8))));
        assertThat(held(story)).isEqualTo(UNDER_WAY);
        assertThat(Rulings.of(story).because()).isEqualTo("the session was told to end and its VM is " + power);
    }

    @ParameterizedTest
    @EnumSource(
            value = PowerState.class,
            names = {"STOPPING", "DEALLOCATING"})
    void aMachineOnItsWayOffIsWaitedFor(PowerState power) {
        Story story = terminating(power);

        assertThat(effects(story)).isEmpty();
        assertThat(held(story)).isEqualTo(UNDER_WAY);
    }

    @Test
    void theHostsFenceComesFirst() {
        assertThat(ruleOf(terminating(PowerState.RUNNING).changedByHost(minutes(4))))
                .isEqualTo("await-host-operation");
        assertThat(ruleOf(terminating(PowerState.RUNNING).changedByHost(minutes(5))))
                .isEqualTo("finish-terminating");
    }

    @Test
    void aMachineThatIsGoneEndsTheSessionAsOfItsRequestAndIsInError() {
        Observation missing = new Observation.Missing("ResourceNotFound");
        Instant request = ago(minutes(8));
        Story story = Story.of(VmStatus.STOPPING, SessionStatus.TERMINATING, missing)
                .seenFor(minutes(2))
                .endRequested(minutes(8))
                .provenRunning(minutes(3))
                .answers(3, 2);

        assertThat(effects(story)).containsExactly(report(FindingKind.MISSING, ago(minutes(2))));
        assertThat(held(story).reason()).isEqualTo(Held.Reason.MISSING);
        assertThat(Rulings.of(story.answers(3, 3)).because())
                .isEqualTo("the session was told to end and the cloud does not find the VM (ResourceNotFound) since "
                        + ago(minutes(2)));
        assertThat(effects(story))
                .containsExactly(
                        report(FindingKind.MISSING, ago(minutes(2))),
                        new Effect.EndSession(SessionStatus.TERMINATED, request, REASON, true),
                        new Effect.StopMetering(request, REASON),
                        new Effect.ReleaseVm(VmStatus.ERROR));
        assertThat(Rulings.of(story).held()).isEmpty();
    }

    @Test
    void aMachineThatIsReplacedIsGone() {
        Story story = terminating(PowerState.RUNNING).replaced();

        assertThat(effects(story))
                .contains(report(FindingKind.REPLACED, ago(minutes(120))), new Effect.ReleaseVm(VmStatus.ERROR));
    }

    private static Story terminating(PowerState power) {
        return Story.of(VmStatus.STOPPING, SessionStatus.TERMINATING, power);
    }
}
