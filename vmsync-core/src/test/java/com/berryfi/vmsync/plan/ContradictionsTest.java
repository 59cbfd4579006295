package com.berryfi.vmsync.plan;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.Samples.SCOPE;
import static com.berryfi.vmsync.Samples.VM;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.Samples;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Run;
import com.berryfi.vmsync.model.Sighting;
import com.berryfi.vmsync.model.SyncPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Of two answers that contradict one another the one that was asked for later counts, whoever got it and whichever came first. */
class ContradictionsTest {

    private static final Instant FIRST = NOW.minusSeconds(60);
    private static final Instant BETWEEN = NOW.minusSeconds(30);

    private final Scene scene = Scene.inUse(PowerState.DEALLOCATED);
    private Optional<Pass> pass = Optional.empty();
    private Optional<Instant> sighted = Optional.empty();

    @Test
    void aProofIsAsOldAsItsAnswerNotItsQuestion() {
        scene.sentAt = NOW.minusSeconds(20);

        Run run = facts(scene.untracked()).run().orElseThrow();

        assertThat(run.first()).isEqualTo(NOW.minusSeconds(20));
        assertThat(run.firstDirect()).contains(NOW);
    }

    @Test
    void anAnswerThatIsOvertakenSaysNothing() {
        scene.sentAt = BETWEEN;
        sighted = Optional.of(BETWEEN.plusMillis(1));

        Facts facts = facts(scene.untracked());

        assertThat(facts.isOvertaken()).isTrue();
        assertThat(facts.isStale()).isTrue();
        assertThat(facts.run()).isEmpty();
        assertThat(facts.lapse()).isEmpty();
        scene.observation = Scene.missing();
        assertThat(facts(scene.untracked()).isOvertaken()).isTrue();
        scene.observation = Scene.unknown();
        assertThat(facts(scene.untracked()).isOvertaken())
                .as("says nothing anyway")
                .isFalse();
        scene.observation = Samples.seen(PowerState.RUNNING);
        assertThat(facts(scene.untracked()).isOvertaken())
                .as("contradicts nothing")
                .isFalse();
    }

    @Test
    void whatWasAskedForAtTheSameTimeOrByAnotherClockOvertakesNothing() {
        scene.sentAt = BETWEEN;
        sighted = Optional.of(BETWEEN);
        assertThat(facts(scene.untracked()).isOvertaken()).isFalse();
        sighted = Optional.of(NOW.plusMillis(1));
        assertThat(facts(scene.untracked()).isOvertaken()).isFalse();
        sighted = Optional.of(NOW);
        assertThat(facts(scene.untracked()).isOvertaken()).isTrue();
    }

    @Test
    void aRunIsOverWhenTheMachineWasSeenRunningSinceItBegan() {
        scene.run = Optional.of(off());
        Memory memory = scene.remembered("");

        assertThat(facts(memory).run().map(Run::directs)).contains(2);
        sighted = Optional.of(FIRST);
        assertThat(facts(memory).run().map(Run::directs)).contains(2);
        sighted = Optional.of(FIRST.plusMillis(1));
        assertThat(facts(memory).run()).contains(Run.of(Run.Subject.OFF, scene.evidence(), Optional.of(NOW)));
    }

    @Test
    void aPassOfSomebodyWhoDidNotKnowOfTheRunEndsIt() {
        scene.run = Optional.of(off());
        Memory memory = scene.remembered("");

        pass = Optional.of(new Pass(SCOPE, BETWEEN, 5));
        assertThat(facts(memory).run()).contains(Run.of(Run.Subject.OFF, scene.evidence(), Optional.of(NOW)));
        assertThat(facts(memory).provenRunningAt()).contains(BETWEEN);
        pass = Optional.of(new Pass(SCOPE, FIRST, 5));
        assertThat(facts(memory).run().map(Run::directs))
                .as("by who saw the same")
                .contains(2);
        assertThat(facts(memory).provenRunningAt()).isEmpty();
        pass = Optional.of(new Pass(SCOPE, BETWEEN, Map.of(VM, Optional.of(BETWEEN)), 5));
        assertThat(facts(memory).run().map(Run::directs)).as("excepted").contains(2);
    }

    @Test
    void ofAnotherMachineNobodyKnowsWhichOneRan() {
        scene.run = Optional.of(new Run(Run.Subject.REPLACED, FIRST, FIRST, 1, Optional.of(FIRST), 1));
        scene.identity = Optional.of(Scene.identity(Scene.UID, scene.managed().sessionId()));
        scene.observation = Scene.seen(PowerState.RUNNING, "uid-2");
        pass = Optional.of(new Pass(SCOPE, BETWEEN, 5));
        sighted = Optional.of(BETWEEN);

        assertThat(facts(scene.remembered("")).run().map(Run::directs)).contains(2);
    }

    private static Run off() {
        return new Run(Run.Subject.OFF, FIRST, FIRST, 1, Optional.of(FIRST), 1);
    }

    private Facts facts(Memory memory) {
        scene.readAt = NOW.minusSeconds(45);
        return Recollection.facts(
                scene.managed(),
                scene.evidence(),
                memory,
                new Recollection.Background(
                        pass, Optional.empty(), Optional.empty(), Duration.ofMinutes(5), Optional.empty()),
                new Sighting("any", Optional.empty(), scene.readAt, sighted),
                NOW,
                SyncPolicy.standard());
    }
}
