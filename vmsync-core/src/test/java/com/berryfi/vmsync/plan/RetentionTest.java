package com.berryfi.vmsync.plan;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.Samples.SESSION;
import static com.berryfi.vmsync.plan.Scene.AGO;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.Samples;
import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Run;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Tracking;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetentionTest {

    private static final Decision NOTHING = Decision.nothing("agree-in-step", "because");
    private static final Held WAIT = new Held(Held.Reason.CONFIRMATION, Optional.empty(), Held.ReleasedBy.DIRECT_READ);
    private static final Decision WAITING = Decision.held("end-when-stopped", "because", WAIT);
    private static final boolean PASS_SPEAKS = true;
    private static final boolean NO_PASS = false;

    private Scene scene = Scene.inUse(PowerState.RUNNING);

    @Test
    void ofAVmInStepNothingIsRememberedOnceAPassSpeaksForIt() {
        assertThat(left(NOTHING, scene.remembered("follow-power"), PASS_SPEAKS)).isEmpty();
        assertThat(left(NOTHING, scene.untracked(), PASS_SPEAKS)).isEmpty();
    }

    @Test
    void ofASessionInStepTheProofIsRememberedWhereNoPassSpeaks() {
        scene.proven = Optional.of(NOW);

        assertThat(left(NOTHING, scene.remembered("follow-power"), NO_PASS))
                .contains(new Tracking(
                        scene.managed().id(),
                        8,
                        scene.managed().fingerprint().material(),
                        Optional.of(SESSION),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(NOW),
                        Optional.empty(),
                        false,
                        ""));
        scene = Scene.idle(VmStatus.STOPPED, PowerState.DEALLOCATED);
        assertThat(left(NOTHING, scene.remembered("x"), NO_PASS))
                .as("no session, no pass needed")
                .isEmpty();
    }

    @Test
    void ofAVmOutOfStepEverythingIsRemembered() {
        scene = Scene.inUse(PowerState.STOPPED);
        scene.run = Optional.of(Run.of(Run.Subject.OFF, scene.evidence(), Optional.of(NOW)));
        scene.proven = Optional.of(AGO);
        scene.changed = Optional.of(AGO);
        scene.endRequested = Optional.of(AGO);

        assertThat(left(WAITING, scene.untracked(), PASS_SPEAKS))
                .contains(new Tracking(
                        scene.managed().id(),
                        NOW.toEpochMilli(),
                        scene.managed().fingerprint().material(),
                        Optional.of(SESSION),
                        Optional.of(AGO),
                        scene.run,
                        Optional.of(AGO),
                        Optional.of(AGO),
                        false,
                        "end-when-stopped:CONFIRMATION"));
    }

    @Test
    void whatWaitsOrIsWatchedIsRememberedThoughItIsInStep() {
        assertThat(left(WAITING, scene.untracked(), PASS_SPEAKS)).isPresent();
        scene.current = Optional.of(new SessionId("s-0"));
        assertThat(left(NOTHING, scene.untracked(), PASS_SPEAKS))
                .as("rows that disagree")
                .isPresent();
        scene = Scene.idle(VmStatus.RUNNING, PowerState.RUNNING);
        assertThat(left(NOTHING, scene.untracked(), PASS_SPEAKS))
                .as("an orphan")
                .isPresent();
        scene = Scene.idle(VmStatus.STOPPED, PowerState.STOPPED);
        assertThat(left(NOTHING, scene.untracked(), PASS_SPEAKS))
                .as("stopped, still billed")
                .isPresent();
        scene = Scene.idle(VmStatus.STOPPED, PowerState.DEALLOCATED);
        assertThat(left(NOTHING, scene.untracked(), PASS_SPEAKS)).isEmpty();
    }

    @Test
    void whatWeHaveMendedNeedsNoMemory() {
        assertThat(mended(List.of(new Effect.SetVmStatus(VmStatus.RUNNING)), Optional.empty()))
                .isEmpty();
        Optional<Tracking> waiting = mended(List.of(new Effect.SetVmStatus(VmStatus.STOPPING)), Optional.of(WAIT));
        assertThat(waiting).as("it waits").isPresent();
        assertThat(waiting.flatMap(Tracking::changedAt))
                .as("a change of our own opens no fence of the host's")
                .isEmpty();
    }

    @Test
    void ofAnAnswerThatIsStaleWhatWasRememberedStays() {
        scene.readAt = NOW.plusMillis(1);

        assertThat(left(WAITING, scene.remembered("follow-power"), PASS_SPEAKS))
                .contains(scene.tracked("follow-power"));
        assertThat(left(WAITING, scene.untracked(), NO_PASS)).isEmpty();
    }

    @Test
    void noPassSpeaksForAVmOfWhichNothingFreshIsKnown() {
        Scene stale = Scene.inUse(PowerState.RUNNING);
        stale.readAt = NOW.plusMillis(1);
        Scene unknown = Scene.inUse(PowerState.RUNNING);
        unknown.observation = Scene.unknown();
        for (Scene each : List.of(stale, unknown)) {
            scene = each;
            scene.changed = Optional.of(AGO);
            scene.proven = Optional.of(AGO);
            Tracking tracking = left(WAITING, scene.untracked(), PASS_SPEAKS).orElseThrow();
            assertThat(tracking.verdict()).isEmpty();
            assertThat(tracking.changedAt()).contains(AGO);
            assertThat(tracking.provenRunningAt()).contains(AGO);
            assertThat(left(WAITING, scene.untracked(), NO_PASS)).isEmpty();
            assertThat(left(WAITING, scene.remembered("rule"), PASS_SPEAKS)).contains(scene.tracked("rule"));
        }
        scene = Scene.idle(VmStatus.STOPPED, PowerState.UNKNOWN);
        assertThat(left(NOTHING, scene.untracked(), PASS_SPEAKS))
                .as("a pass does not speak for a VM without a session anyway")
                .isEmpty();
    }

    @Test
    void aCommandOfOursOpensAFence() {
        scene = Scene.idle(VmStatus.STOPPED, PowerState.RUNNING);
        scene.changed = Optional.of(AGO);
        List<Effect> effects = List.of(new Effect.Deallocate("orphan"));

        Optional<Tracking> tracking = Retention.remembered(
                scene.facts(),
                Decision.act("deallocate-orphan", "because", effects),
                effects,
                scene.untracked(),
                scene.managed(),
                false,
                PASS_SPEAKS);

        assertThat(tracking.flatMap(Tracking::changedAt)).contains(NOW);
    }

    @Test
    void anErrorThatWeSetIsOurs() {
        Effect lost = new Effect.ReleaseVm(VmStatus.ERROR);

        assertThat(mended(List.of(lost), Optional.empty()).map(Tracking::ourError))
                .contains(true);
        assertThat(mended(List.of(new Effect.ReleaseVm(VmStatus.AVAILABLE)), Optional.empty()))
                .isEmpty();
    }

    @Test
    void anErrorStaysTheHostsThoughWeSayTheSame() {
        scene.believed = VmStatus.ERROR;

        assertThat(mended(List.of(new Effect.ReleaseVm(VmStatus.ERROR)), Optional.empty()))
                .as("nothing of ours to be remembered")
                .isEmpty();
    }

    @Test
    void anErrorOfOursStaysOursWhateverElseIsWritten() {
        scene.believed = VmStatus.ERROR;
        scene.ourError = true;
        Effect end = new Effect.EndSession(SessionStatus.TERMINATED, NOW, "end", true);

        assertThat(mended(List.of(end), Optional.empty()).map(Tracking::ourError))
                .as("old values were saved over the session's end alone")
                .contains(true);
        assertThat(left(WAITING, scene.untracked(), PASS_SPEAKS).map(Tracking::ourError))
                .contains(true);
        scene.observation = Scene.unknown();
        assertThat(left(WAITING, scene.untracked(), PASS_SPEAKS).map(Tracking::ourError))
                .contains(true);
        scene.ourError = false;
        assertThat(left(WAITING, scene.untracked(), PASS_SPEAKS).map(Tracking::ourError))
                .contains(false);
    }

    @Test
    void anAbsenceIsNoUnknown() {
        scene.observation = Samples.notListed();

        assertThat(left(WAITING, scene.untracked(), NO_PASS).map(Tracking::verdict))
                .contains("end-when-stopped:CONFIRMATION");
    }

    /** What is remembered where the rows are left as they are. */
    private Optional<Tracking> left(Decision decision, Memory before, boolean passSpeaks) {
        return Retention.remembered(scene.facts(), decision, List.of(), before, scene.managed(), false, passSpeaks);
    }

    /** What is remembered where we have written the rows. */
    private Optional<Tracking> mended(List<Effect> effects, Optional<Held> held) {
        ManagedVm after = transition(effects).appliedTo(scene.managed());
        return Retention.remembered(
                scene.facts(),
                new Decision("rule", "because", effects, held),
                effects,
                scene.untracked(),
                after,
                true,
                PASS_SPEAKS);
    }

    private static Transition transition(List<Effect> effects) {
        Effect only = effects.get(0);
        if (only instanceof Effect.SetVmStatus set) {
            return new Transition(Optional.of(set.status()), false, Optional.empty());
        }
        if (only instanceof Effect.ReleaseVm release) {
            return new Transition(Optional.of(release.status()), true, Optional.empty());
        }
        return new Transition(
                Optional.empty(),
                false,
                Optional.of(new Transition.SessionEnd(SessionStatus.TERMINATED, NOW, Duration.ZERO, "end", true)));
    }
}
