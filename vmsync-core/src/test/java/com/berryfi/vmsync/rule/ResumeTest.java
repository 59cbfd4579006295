package com.berryfi.vmsync.rule;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.rule.Rulings.DIRECT_READ;
import static com.berryfi.vmsync.rule.Rulings.ago;
import static com.berryfi.vmsync.rule.Rulings.effects;
import static com.berryfi.vmsync.rule.Rulings.minutes;
import static com.berryfi.vmsync.rule.Rulings.report;
import static com.berryfi.vmsync.rule.Rulings.ruleOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.Story;
import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ProvisioningState;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What runs under a live session: its status follows, and its bill goes on. */
class ResumeTest {

    private static final String RESUMED = "Auto-resumed: VM found running in Azure";

    @ParameterizedTest
    @EnumSource(
            value = VmStatus.class,
            names = {"STOPPED", "AVAILABLE", "DEALLOCATED", "UNKNOWN"})
    void aVmThatWasBelievedOffRunsAndIsBilled(VmStatus believed) {
        Story story = running(believed, SessionStatus.ACTIVE);

        assertThat(Rulings.of(story))
                .isEqualTo(Decision.act(
                        "resume-when-running",
                        "the VM runs while it is believed " + believed,
                        List.of(new Effect.SetVmStatus(VmStatus.RUNNING), new Effect.ResumeMetering(NOW, RESUMED))));
        assertThat(Rulings.of(story.byList()))
                .isEqualTo(Decision.held(
                        "resume-when-running", "the VM runs while it is believed " + believed, DIRECT_READ));
    }

    @Test
    void ourErrorIsTakenBackAndTheHostsIsNot() {
        assertThat(ruleOf(running(VmStatus.ERROR, SessionStatus.ACTIVE).ourError()))
                .isEqualTo("resume-when-running");
        assertThat(ruleOf(running(VmStatus.ERROR, SessionStatus.ACTIVE))).isEqualTo("leave-host-error");
    }

    @Test
    void aSessionThatBeginsIsNotBilledAndNeedsNoProof() {
        assertThat(effects(running(VmStatus.STOPPED, SessionStatus.STARTING).byList()))
                .containsExactly(new Effect.SetVmStatus(VmStatus.RUNNING));
    }

    @Test
    void anInterruptionThatWasEnteredEndsWithTheProof() {
        assertThat(effects(running(VmStatus.STOPPED, SessionStatus.IDLE).suspended(minutes(9))))
                .containsExactly(new Effect.SetVmStatus(VmStatus.RUNNING), new Effect.ResumeMetering(NOW, RESUMED));
    }

    @Test
    void anInterruptionThatWasNotEnteredIsEnteredFirst() {
        assertThat(effects(running(VmStatus.STOPPED, SessionStatus.IDLE).lapsed(minutes(9), minutes(8))))
                .containsExactly(
                        new Effect.SetVmStatus(VmStatus.RUNNING),
                        new Effect.SuspendMetering(ago(minutes(9)), "VM was off in Azure"),
                        new Effect.ResumeMetering(NOW, RESUMED));
    }

    /** The machine itself says since when it has run: if that is since before it seemed off, it never was. */
    @ParameterizedTest
    @CsvSource({"540001, true", "540000, true", "539999, false"})
    void aMachineThatHasRunWithoutABreakGivesItsGapBack(long upMillisAgo, boolean restored) {
        Observation up = new Observation.Seen(
                PowerState.RUNNING,
                ProvisioningState.SUCCEEDED,
                Optional.empty(),
                Optional.of(ago(Duration.ofMillis(upMillisAgo))));
        Effect back = new Effect.ResumeMetering(ago(minutes(9)), RESUMED);
        Effect on = new Effect.ResumeMetering(NOW, RESUMED);
        Effect entered = new Effect.SuspendMetering(ago(minutes(9)), "VM was off in Azure");

        assertThat(effects(Story.of(VmStatus.RUNNING, SessionStatus.ACTIVE, up).suspended(minutes(9))))
                .containsExactly(restored ? back : on);
        assertThat(effects(Story.of(VmStatus.RUNNING, SessionStatus.ACTIVE, up).lapsed(minutes(9), minutes(8))))
                .containsExactlyElementsOf(restored ? List.of(back) : List.of(entered, on));
    }

    @ParameterizedTest
    @EnumSource(
            value = VmStatus.class,
            names = {"RUNNING", "ERROR"})
    void anInterruptedBillGoesOnWhereNoStatusIsToBeMended(VmStatus believed) {
        Story story = running(believed, SessionStatus.ACTIVE).suspended(minutes(9));

        assertThat(Rulings.of(story))
                .isEqualTo(Decision.act(
                        "resume-metering", "the VM runs again", List.of(new Effect.ResumeMetering(NOW, RESUMED))));
        assertThat(Rulings.of(story.byList()))
                .isEqualTo(Decision.held("resume-metering", "the VM runs again", DIRECT_READ));
        assertThat(ruleOf(running(believed, SessionStatus.ACTIVE).lapsed(minutes(9), minutes(8))))
                .isEqualTo("resume-metering");
        assertThat(ruleOf(running(believed, SessionStatus.STARTING).suspended(minutes(9))))
                .isNotEqualTo("resume-metering");
    }

    @ParameterizedTest
    @EnumSource(
            value = VmStatus.class,
            names = {"ASSIGNED", "STARTING"})
    void aVmThatWasToStartHasStarted(VmStatus believed) {
        String because = "the VM has started, it is believed " + believed;
        Effect set = new Effect.SetVmStatus(VmStatus.RUNNING);

        assertThat(Rulings.of(running(believed, SessionStatus.STARTING).byList()))
                .isEqualTo(Decision.act("follow-start", because, List.of(set)));
        assertThat(Rulings.of(running(believed, SessionStatus.ACTIVE).byList()))
                .isEqualTo(Decision.act("follow-start", because, List.of(set)));
        assertThat(Rulings.of(running(believed, SessionStatus.STARTING)
                        .suspended(minutes(9))
                        .byList()))
                .isEqualTo(Decision.act("follow-start", because, List.of(set)));
        assertThat(Rulings.of(running(believed, SessionStatus.ACTIVE)
                        .suspended(minutes(9))
                        .byList()))
                .isEqualTo(Decision.held("follow-start", because, DIRECT_READ));
        assertThat(effects(running(believed, SessionStatus.ACTIVE).suspended(minutes(9))))
                .containsExactly(set, new Effect.ResumeMetering(NOW, RESUMED));
        assertThat(ruleOf(Story.of(believed, SessionStatus.TERMINATING, PowerState.RUNNING)))
                .isEqualTo("finish-terminating");
    }

    @Test
    void aVmThatWasToStopAndRunsPastItsTimeIsToldOf() {
        Story story = running(VmStatus.STOPPING, SessionStatus.ACTIVE).byList();

        assertThat(ruleOf(story)).isEqualTo("outlast-stop");
        assertThat(Rulings.of(story).because()).isEqualTo("the VM runs and is believed STOPPING");
        assertThat(effects(story))
                .containsExactly(
                        new Effect.SetVmStatus(VmStatus.RUNNING),
                        report(FindingKind.STUCK_OPERATION, ago(minutes(120))));
        assertThat(effects(story.changedByHost(minutes(7))))
                .contains(report(FindingKind.STUCK_OPERATION, ago(minutes(7))));
        assertThat(Rulings.of(story.suspended(minutes(9))).held()).contains(DIRECT_READ);
    }

    private static Story running(VmStatus believed, SessionStatus session) {
        return Story.of(believed, session, PowerState.RUNNING);
    }
}
