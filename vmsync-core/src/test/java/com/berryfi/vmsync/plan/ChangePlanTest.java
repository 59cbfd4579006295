package com.berryfi.vmsync.plan;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.Samples.SESSION;
import static com.berryfi.vmsync.Samples.SESSION_START;
import static com.berryfi.vmsync.Samples.VM;
import static com.berryfi.vmsync.plan.Scene.AGO;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.Identity;
import com.berryfi.vmsync.model.Lapse;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.Mode;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Tombstone;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From a decision to the rows, the bill and the memory. */
class ChangePlanTest {

    private static final ChangePlan.Terms ACT = terms(Mode.ACT, false);
    private static final Decision ENDING = Decision.act(
            "end-when-stopped",
            "because",
            List.of(
                    new Effect.EndSession(SessionStatus.TERMINATED, AGO, "stopped", true),
                    new Effect.StopMetering(AGO, "stopped"),
                    new Effect.ReleaseVm(VmStatus.AVAILABLE)));
    private static final Transition ENDED = new Transition(
            Optional.of(VmStatus.AVAILABLE),
            true,
            Optional.of(
                    new Transition.SessionEnd(SessionStatus.TERMINATED, AGO, Duration.ofMinutes(40), "stopped", true)));

    private final Scene scene = known(PowerState.STOPPED);

    @Test
    void anEndingIsOneChangeOfRowsBillAndMemory() {
        ChangePlan.Planned planned = planned(ENDING, scene.remembered("end-when-stopped:CONFIRMATION"), ACT);

        assertThat(planned.left()).isEmpty();
        Change change = planned.change();
        assertThat(change.at()).isEqualTo(NOW);
        assertThat(change.expected()).isEqualTo(scene.managed());
        assertThat(change.transition()).isEqualTo(ENDED);
        assertThat(change.before()).isEqualTo(scene.remembered("end-when-stopped:CONFIRMATION"));
        assertThat(change.billing())
                .singleElement()
                .isInstanceOfSatisfying(
                        BillingInstruction.Stop.class,
                        stop -> assertThat(stop.total()).isEqualTo(Duration.ofMinutes(40)));
        Metering metering = change.after().metering().orElseThrow();
        assertThat(metering.stopped()).isTrue();
        assertThat(metering.tombstone()).contains(new Tombstone(SessionStatus.TERMINATED, AGO, "stopped", true));
        assertThat(change.after().tracking()).isEmpty();
        assertThat(change.audit()).hasSize(1);
    }

    @Test
    void whatIsBilledLeavesTheGapsOut() {
        scene.metering = Optional.of(untouched()
                .instructed(List.of(new Gap(SESSION_START, Optional.of(SESSION_START.plusSeconds(600)))), false));

        Transition transition = planned(ENDING, scene.untracked(), ACT).change().transition();

        assertThat(transition.sessionEnd().map(Transition.SessionEnd::billable)).contains(Duration.ofMinutes(30));
    }

    @Test
    void aSessionThatWasNeverMeteredIsBilledNothing() {
        Session unstarted = new Session(SESSION, VM, SessionStatus.STARTING, Optional.empty(), Optional.empty());
        ManagedVm managed = new ManagedVm(scene.managed().vm(), Optional.of(unstarted));
        Change change = ChangePlan.of(Facts.firstLook(managed, scene.evidence()), ENDING, scene.untracked(), ACT)
                .orElseThrow()
                .change();

        assertThat(change.transition().sessionEnd().map(Transition.SessionEnd::billable))
                .contains(Duration.ZERO);
    }

    @Test
    void whereTheHostEndsItsSessionsItsRowsAreLeftToIt() {
        ChangePlan.Terms hosts = new ChangePlan.Terms(Mode.ACT, false, true, true, "cycle-1");

        ChangePlan.Planned planned = planned(ENDING, scene.untracked(), hosts);

        assertThat(planned.left()).contains(ENDED);
        assertThat(planned.change().transition()).isEqualTo(Transition.NONE);
        assertThat(planned.change().billing()).hasSize(1);
        assertThat(planned.change().after().tracking().map(row -> row.verdict()))
                .contains("end-when-stopped");

        ChangePlan.Planned status = planned(acting(new Effect.SetVmStatus(VmStatus.STOPPED)), scene.untracked(), hosts);
        assertThat(status.left()).isEmpty();
        assertThat(status.change().transition().vmStatus()).contains(VmStatus.STOPPED);
    }

    @Test
    void whatTheHostWasAskedToDoIsAskedAgainThoughNothingNewIsWritten() {
        ChangePlan.Terms hosts = new ChangePlan.Terms(Mode.ACT, false, true, true, "cycle-1");
        Change first = planned(ENDING, scene.untracked(), hosts).change();
        scene.metering = first.after().metering();
        ChangePlan.Planned again = planned(ENDING, first.after(), hosts);

        assertThat(again.left()).isPresent();
        assertThat(again.change().billing()).isEmpty();
        assertThat(again.change().after().metering()).isEqualTo(first.after().metering());
    }

    @Test
    void aRuleThatIsNotToActOrADryRunChangesNothingAndIsAuditedOnce() {
        for (ChangePlan.Terms terms :
                List.of(terms(Mode.OBSERVE, false), terms(Mode.ALERT, false), terms(Mode.ACT, true))) {
            Change change = planned(ENDING, scene.untracked(), terms).change();
            assertThat(change.transition()).isEqualTo(Transition.NONE);
            assertThat(change.billing()).isEmpty();
            assertThat(change.after().metering()).isEmpty();
            assertThat(change.audit()).hasSize(1);
            assertThat(ChangePlan.of(scene.facts(), ENDING, change.after(), terms))
                    .isEmpty();
        }
    }

    @Test
    void aStatusThatIsBelievedAlreadyIsNotWritten() {
        assertThat(planned(acting(new Effect.SetVmStatus(VmStatus.RUNNING)), scene.untracked(), ACT)
                        .change()
                        .transition())
                .isEqualTo(Transition.NONE);
        assertThat(planned(acting(new Effect.ReleaseVm(VmStatus.RUNNING)), scene.untracked(), ACT)
                        .change()
                        .transition())
                .isEqualTo(new Transition(Optional.empty(), true, Optional.empty()));
    }

    @Test
    void whereNothingIsNewNothingIsWritten() {
        Scene agreed = known(PowerState.RUNNING);
        Decision nothing = Decision.nothing("agree-in-step", "because");

        assertThat(ChangePlan.of(agreed.facts(), nothing, agreed.untracked(), ACT))
                .isEmpty();
        Memory waiting = scene.remembered("rule");
        assertThat(ChangePlan.of(scene.facts(), Decision.nothing("rule", "because"), waiting, ACT))
                .as("only the version would differ")
                .isEmpty();
        scene.proven = Optional.of(AGO);
        assertThat(ChangePlan.of(scene.facts(), Decision.nothing("rule", "because"), waiting, ACT))
                .as("another proof")
                .isPresent();
    }

    @Test
    void aVmThatIsInStepAgainIsForgotten() {
        Scene agreed = known(PowerState.RUNNING);

        Change change = planned(agreed, Decision.nothing("agree-in-step", ""), agreed.remembered(""), ACT);

        assertThat(change.after().tracking()).isEmpty();
        assertThat(change.audit()).isEmpty();
    }

    @Test
    void aLapseIsRememberedThoughNothingElseIsDone() {
        Lapse lapse = new Lapse(AGO, NOW);
        scene.lapse = Optional.of(lapse);
        Decision held = Decision.nothing("rule", "because");

        Change change = planned(held, scene.remembered("rule"), ACT).change();
        assertThat(change.after().metering()).contains(untouched().lapsed(Optional.of(lapse)));
        assertThat(change.audit()).isEmpty();
        assertThat(ChangePlan.of(scene.facts(), held, scene.remembered("rule"), terms(Mode.ALERT, false)))
                .as("a rule that is not to act moves no bill")
                .isEmpty();

        scene.metering = change.after().metering();
        assertThat(ChangePlan.of(scene.facts(), held, scene.remembered("rule"), ACT))
                .isEmpty();
    }

    @Test
    void withoutASessionNothingIsEntered() {
        Scene idle = Scene.idle(VmStatus.RUNNING, PowerState.STOPPED);
        idle.metering = Optional.of(untouched().closed());

        Change change = planned(
                idle,
                acting(new Effect.SuspendMetering(NOW, ""), new Effect.SetVmStatus(VmStatus.STOPPED)),
                idle.untracked(),
                ACT);

        assertThat(change.billing()).isEmpty();
        assertThat(change.after().metering()).isEqualTo(idle.metering);
        assertThat(change.transition().vmStatus()).contains(VmStatus.STOPPED);
    }

    @Test
    void whatIsLearnedOfTheMachineIsAChangeToo() {
        Scene agreed = Scene.inUse(PowerState.RUNNING);
        agreed.observation = Scene.seen(PowerState.RUNNING, Scene.UID);

        Change change = planned(agreed, Decision.nothing("agree-in-step", ""), agreed.untracked(), ACT);

        assertThat(change.after().identity().flatMap(Identity::uid)).contains(Scene.UID);
    }

    private ChangePlan.Planned planned(Decision decision, Memory before, ChangePlan.Terms terms) {
        return ChangePlan.of(scene.facts(), decision, before, terms).orElseThrow();
    }

    private static Change planned(Scene scene, Decision decision, Memory before, ChangePlan.Terms terms) {
        return ChangePlan.of(scene.facts(), decision, before, terms)
                .orElseThrow()
                .change();
    }

    /** A session in use on a machine that is known already. */
    private static Scene known(PowerState power) {
        Scene scene = Scene.inUse(power);
        scene.identity = Optional.of(Scene.identity(Scene.UID, Optional.of(SESSION)));
        return scene;
    }

    private static Decision acting(Effect... effects) {
        return Decision.act("rule", "because", List.of(effects));
    }

    private static Metering untouched() {
        return Metering.untouched(SESSION, VM);
    }

    private static ChangePlan.Terms terms(Mode mode, boolean dryRun) {
        return new ChangePlan.Terms(mode, dryRun, true, false, "cycle-1");
    }
}
