package com.berryfi.vmsync.plan;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.Samples.SCOPE;
import static com.berryfi.vmsync.Samples.SESSION;
import static com.berryfi.vmsync.Samples.VM;
import static com.berryfi.vmsync.plan.Scene.AGO;
import static com.berryfi.vmsync.plan.Scene.UID;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.Samples;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Identity;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Run;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Sighting;
import com.berryfi.vmsync.model.SyncPolicy;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whether the machine that answers under a VM's address is the VM's. */
class ReplacedMachinesTest {

    private static final Instant BEFORE = NOW.minusSeconds(30);
    private static final SessionId EARLIER = new SessionId("s-0");

    private Scene scene = Scene.inUse(PowerState.STOPPED);

    @Test
    void anotherMachineUnderASessionsAddressIsAnother() {
        scene.identity = Optional.of(Scene.identity(UID, Optional.of(SESSION)));
        scene.observation = Scene.seen(PowerState.RUNNING, "uid-2");

        assertThat(facts(scene.untracked()).run().map(Run::subject)).contains(Run.Subject.REPLACED);
        assertThat(facts(scene.untracked()).provenRunningAt()).isEmpty();

        scene.observation = Scene.seen(PowerState.RUNNING, UID);
        assertThat(subject()).isEqualTo(Run.Subject.RUNNING);
        scene.observation = Samples.seen(PowerState.RUNNING);
        assertThat(subject()).as("no uid named").isEqualTo(Run.Subject.RUNNING);
        scene.observation = Scene.seen(PowerState.RUNNING, "uid-2");
        scene.identity = Optional.of(Scene.identity(UID, Optional.of(EARLIER)));
        assertThat(subject()).as("learned for another session").isEqualTo(Run.Subject.RUNNING);
    }

    @Test
    void withoutASessionAnotherMachineCountsOnlyInPlaceOfOneThatWeLost() {
        scene = Scene.idle(VmStatus.ERROR, PowerState.RUNNING);
        scene.identity = Optional.of(Scene.identity(UID, Optional.of(EARLIER)));
        scene.observation = Scene.seen(PowerState.RUNNING, "uid-2");
        assertThat(facts(scene.remembered("")).run().map(Run::subject)).contains(Run.Subject.RUNNING);

        scene.ourError = true;
        assertThat(facts(scene.remembered("")).run().map(Run::subject)).contains(Run.Subject.REPLACED);
        assertThat(facts(scene.remembered("")).ourError()).isTrue();
        Memory ours = scene.remembered("");
        scene.believed = VmStatus.STOPPED;
        assertThat(facts(ours).ourError()).isFalse();
    }

    @Test
    void whatWasLearnedOfAnotherAddressIsNotKnownOfThisOne() {
        scene.identity = Optional.of(new Identity(
                VM, SCOPE, CloudAddress.ofName("group", "two"), Optional.of(UID), Optional.of(SESSION), AGO));
        scene.observation = Scene.seen(PowerState.RUNNING, "uid-2");

        assertThat(facts(scene.untracked()).identity()).isEmpty();
        assertThat(subject()).isEqualTo(Run.Subject.RUNNING);
    }

    @Test
    void onceAnotherAnsweredAnAnswerThatNamesNoMachineIsNobodys() {
        scene.identity = Optional.of(Scene.identity(UID, Optional.of(SESSION)));
        Run replaced = new Run(Run.Subject.REPLACED, BEFORE, BEFORE, 1, Optional.of(BEFORE), 1);
        scene.run = Optional.of(replaced);

        scene.observation = Samples.seen(PowerState.RUNNING);
        assertThat(facts(scene.remembered("")).run()).contains(replaced);
        scene.observation = Scene.seen(PowerState.RUNNING, UID);
        assertThat(facts(scene.remembered("")).run().map(Run::subject)).contains(Run.Subject.RUNNING);
        scene.observation = Scene.seen(PowerState.RUNNING, "uid-2");
        assertThat(facts(scene.remembered("")).run().map(Run::count)).contains(2);
        scene.observation = Scene.missing();
        assertThat(facts(scene.remembered("")).run().map(Run::subject)).contains(Run.Subject.MISSING);
        scene.run = Optional.of(off(BEFORE, 1));
        scene.observation = Samples.seen(PowerState.RUNNING);
        assertThat(facts(scene.remembered("")).run().map(Run::subject)).contains(Run.Subject.RUNNING);
    }

    private Run.Subject subject() {
        return facts(scene.untracked()).run().map(Run::subject).orElseThrow();
    }

    private static Run off(Instant last, int directs) {
        return new Run(Run.Subject.OFF, last, last, 1, Optional.of(last), directs);
    }

    private Facts facts(Memory memory) {
        return Recollection.facts(
                scene.managed(),
                scene.evidence(),
                memory,
                new Recollection.Background(
                        Optional.empty(), Optional.empty(), Optional.empty(), Duration.ofSeconds(90), Optional.empty()),
                new Sighting("any", Optional.empty(), scene.readAt, Optional.empty()),
                NOW,
                SyncPolicy.standard());
    }
}
