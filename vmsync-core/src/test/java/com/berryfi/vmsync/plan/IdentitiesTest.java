package com.berryfi.vmsync.plan;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.Samples.SESSION;
import static com.berryfi.vmsync.plan.Scene.UID;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.Identity;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Run;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.VmStatus;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdentitiesTest {

    private static final SessionId EARLIER = new SessionId("s-0");

    private final Scene scene = Scene.inUse(PowerState.RUNNING);

    @Test
    void aMachineIsLearnedWhenItIsFirstMet() {
        scene.observation = Scene.seen(PowerState.RUNNING, UID);

        Identity learned = Identities.learned(scene.facts(), scene.untracked()).orElseThrow();

        assertThat(learned)
                .isEqualTo(new Identity(
                        scene.managed().id(),
                        scene.managed().vm().scope(),
                        scene.managed().vm().address(),
                        Optional.of(UID),
                        Optional.of(SESSION),
                        NOW));
    }

    @Test
    void whatIsKnownStaysForItsSessionAndForTheTimeAfter() {
        scene.observation = Scene.seen(PowerState.RUNNING, UID);
        scene.identity = Optional.of(Scene.identity(UID, Optional.of(SESSION)));
        assertThat(learned()).isEqualTo(scene.identity);

        Scene idle = Scene.idle(VmStatus.STOPPED, PowerState.STOPPED);
        idle.observation = Scene.seen(PowerState.STOPPED, "uid-2");
        idle.identity = scene.identity;
        assertThat(Identities.learned(idle.facts(), idle.untracked())).isEqualTo(scene.identity);
    }

    @Test
    void anotherSessionLearnsItsMachineAnew() {
        scene.observation = Scene.seen(PowerState.RUNNING, "uid-2");
        scene.identity = Optional.of(Scene.identity(UID, Optional.of(EARLIER)));

        assertThat(learned().flatMap(Identity::uid)).contains("uid-2");
        assertThat(learned().flatMap(Identity::session)).contains(SESSION);
    }

    @Test
    void nothingIsLearnedOfAListAnAbsenceAnUnknownAStaleReadOrAnother() {
        Optional<Identity> known = Optional.of(Scene.identity(UID, Optional.of(EARLIER)));
        scene.identity = known;

        scene.kind = ReadKind.LIST;
        assertThat(learned()).isEqualTo(known);
        scene.kind = ReadKind.DIRECT;

        scene.observation = Scene.missing();
        assertThat(learned()).isEqualTo(known);
        scene.observation = Scene.unknown();
        assertThat(learned()).isEqualTo(known);

        scene.observation = Scene.seen(PowerState.RUNNING, "uid-2");
        scene.readAt = NOW.plusMillis(1);
        assertThat(learned()).as("stale").isEqualTo(known);
        scene.readAt = NOW;

        scene.run = Optional.of(Run.of(Run.Subject.REPLACED, scene.evidence(), Optional.of(NOW)));
        assertThat(learned()).as("another machine under our session").isEqualTo(known);
    }

    @Test
    void aRunningSessionWhoseMachineIsNotKnownIsReadDirectly() {
        scene.kind = ReadKind.LIST;
        assertThat(isDue()).isTrue();

        scene.identity = Optional.of(Scene.identity(UID, Optional.of(EARLIER)));
        assertThat(isDue()).isTrue();

        scene.identity = Optional.of(Scene.identity(UID, Optional.of(SESSION)));
        assertThat(isDue()).isFalse();
    }

    @Test
    void aMachineThatWasAwayIsReadDirectlyOnceItIsBack() {
        scene.kind = ReadKind.LIST;
        scene.identity = Optional.of(Scene.identity(UID, Optional.of(SESSION)));

        scene.run = Optional.of(Run.of(Run.Subject.MISSING, scene.evidence(), Optional.of(NOW)));
        assertThat(Identities.isDue(scene.facts(), scene.remembered(""))).isTrue();
        scene.run = Optional.of(Run.of(Run.Subject.OFF, scene.evidence(), Optional.of(NOW)));
        assertThat(Identities.isDue(scene.facts(), scene.remembered(""))).isFalse();
    }

    @Test
    void noMachineIsReadDirectlyForItsIdentityThatIsOffOrInNoUseOrWasReadSo() {
        assertThat(isDue()).as("a direct read").isFalse();
        scene.kind = ReadKind.LIST;
        scene.session = Optional.of(SessionStatus.TERMINATING);
        assertThat(isDue()).as("terminating").isFalse();
        scene.session = Optional.of(SessionStatus.STARTING);
        assertThat(isDue()).as("beginning: its machine may still be made anew").isFalse();
        scene.session = Optional.of(SessionStatus.ACTIVE);
        assertThat(isDue()).as("in use").isTrue();
        scene.observation = com.berryfi.vmsync.Samples.seen(PowerState.STARTING);
        assertThat(isDue()).as("not running").isFalse();
    }

    private Optional<Identity> learned() {
        return Identities.learned(scene.facts(), scene.untracked());
    }

    private boolean isDue() {
        return Identities.isDue(scene.facts(), scene.untracked());
    }
}
