package com.berryfi.vmsync.plan;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.Samples.VM;
import static com.berryfi.vmsync.plan.Scene.AGO;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.Samples;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.Outage;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Run;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Sighting;
import com.berryfi.vmsync.model.SyncPolicy;
import com.berryfi.vmsync.model.Tracking;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecollectionTest {

    private static final Duration UNBROKEN = Duration.ofSeconds(90);
    private static final Instant BEFORE = NOW.minusSeconds(30);
    private static final SessionId EARLIER = new SessionId("s-0");

    private final Scene scene = Scene.inUse(PowerState.STOPPED);
    private Optional<Outage> outage = Optional.empty();
    private Optional<Facts> judged = Optional.empty();
    private Optional<Instant> sightedRunning = Optional.empty();
    private Optional<Instant> sightedChange = Optional.empty();

    @Test
    void whatIsHandedOverIsInTheFacts() {
        Order hold = new Order(
                "o-1", Order.Kind.HOLD, Optional.empty(), Optional.of(VM), AGO, Optional.empty(), "looked into");
        SyncPolicy policy = SyncPolicy.standard().withFence(Duration.ofMinutes(7));
        Sighting sighting = new Sighting("any", Optional.of(AGO), BEFORE, Optional.empty());
        Recollection.Background background = new Recollection.Background(
                Optional.empty(), Optional.of(hold), Optional.empty(), UNBROKEN, Optional.empty());

        Facts facts = Recollection.facts(
                scene.managed(), scene.evidence(), scene.untracked(), background, sighting, NOW, policy);

        assertThat(facts.managed()).isEqualTo(scene.managed());
        assertThat(facts.evidence()).isEqualTo(scene.evidence());
        assertThat(facts.hold()).contains(hold);
        assertThat(facts.changedAt()).contains(AGO);
        assertThat(facts.readAt()).isEqualTo(BEFORE);
        assertThat(facts.now()).isEqualTo(NOW);
        assertThat(facts.policy()).isEqualTo(policy);
        assertThat(facts.ourError()).isFalse();
        assertThat(background.after(facts))
                .isEqualTo(new Recollection.Background(
                        Optional.empty(), Optional.of(hold), Optional.empty(), UNBROKEN, Optional.of(facts)));
    }

    @Test
    void anAgreeingAnswerExtendsTheRunAndAContraryOneBeginsAnother() {
        Run run = off(BEFORE, 1);
        scene.run = Optional.of(run);
        assertThat(facts(scene.remembered("")).run()).contains(run.and(scene.evidence(), Optional.of(NOW)));

        Memory memory = scene.remembered("");
        scene.observation = Samples.seen(PowerState.RUNNING);
        assertThat(facts(memory).run()).contains(Run.of(Run.Subject.RUNNING, scene.evidence(), Optional.of(NOW)));

        scene.observation = Scene.unknown();
        assertThat(facts(memory).run()).as("unknown").contains(run);
        scene.observation = Samples.notListed();
        assertThat(facts(memory).run()).as("not listed").contains(run);
    }

    @Test
    void aStaleAnswerExtendsNothingAndProvesNothing() {
        scene.observation = Samples.seen(PowerState.RUNNING);
        scene.readAt = NOW.plusMillis(1);
        assertThat(facts(scene.untracked()).run()).isEmpty();
        assertThat(facts(scene.untracked()).provenRunningAt()).isEmpty();

        scene.readAt = NOW;
        assertThat(facts(scene.untracked()).run()).isPresent();
        assertThat(facts(scene.untracked()).provenRunningAt()).contains(NOW);

        scene.observation = Samples.seen(PowerState.STOPPED);
        scene.readAt = NOW.plusMillis(1);
        assertThat(facts(scene.untracked()).lapse()).isEmpty();
    }

    @Test
    void aSilenceThatIsTooLongBreaksARun() {
        scene.run = Optional.of(off(NOW.minus(UNBROKEN), 1));
        assertThat(count(scene.remembered(""))).isEqualTo(2);

        scene.run = Optional.of(off(NOW.minus(UNBROKEN).minusMillis(1), 1));
        assertThat(count(scene.remembered(""))).isEqualTo(1);
    }

    @Test
    void whatWasSeenBeforeAnOutageWasOverProvesNothingAfterIt() {
        Instant over = NOW.minusSeconds(60);
        outage = Optional.of(new Outage(AGO, over));

        scene.run = Optional.of(
                off(over.minusMillis(1), 1).and(Samples.evidence(scene.observation, scene.kind), Optional.of(NOW)));
        assertThat(count(scene.remembered(""))).as("seen all through it").isEqualTo(1);
        scene.run = Optional.of(off(over, 1));
        assertThat(count(scene.remembered(""))).as("seen after it").isEqualTo(2);
    }

    @Test
    void aMachineThatRanForASessionInUseRanOverASilenceAndAnOutage() {
        outage = Optional.of(new Outage(AGO, NOW.minusSeconds(60)));
        scene.observation = Samples.seen(PowerState.RUNNING);
        scene.run = Optional.of(new Run(Run.Subject.RUNNING, AGO, AGO, 1, Optional.of(AGO), 1));
        assertThat(count(scene.remembered(""))).isEqualTo(2);

        scene.session = Optional.of(SessionStatus.STARTING);
        assertThat(count(scene.remembered(""))).as("not in use").isEqualTo(1);
    }

    @Test
    void whatTheHostHasChangedSinceIsAnotherMatter() {
        scene.run = Optional.of(off(BEFORE, 1));
        Memory memory = scene.remembered("");
        scene.session = Optional.of(SessionStatus.TERMINATING);

        assertThat(count(memory)).isEqualTo(1);
    }

    @Test
    void whatWasJudgedEarlierInThisCycleIsGoneOnFrom() {
        scene.kind = ReadKind.LIST;
        judged = Optional.of(facts(scene.untracked()));
        scene.kind = ReadKind.DIRECT;
        scene.sentAt = NOW.plusSeconds(1);

        Facts second = facts(scene.untracked());

        assertThat(second.run().map(Run::count)).contains(2);
        assertThat(second.run().map(Run::directs)).contains(1);
        scene.observation = Samples.seen(PowerState.RUNNING);
        judged = Optional.of(facts(scene.untracked()));
        scene.observation = Samples.seen(PowerState.STOPPED);
        assertThat(facts(scene.untracked()).provenRunningAt()).contains(NOW.plusSeconds(1));
    }

    /** It may be on its way up: whoever began to change it, did so after it was proven off. */
    @Test
    void aMachineThatWasProvenOffAndIsBeingChangedIsLookedAtAnew() {
        scene.observation = Scene.unsettled(PowerState.DEALLOCATED);
        scene.run = Optional.of(new Run(Run.Subject.OFF, NOW.minusSeconds(900), BEFORE, 60, Optional.of(BEFORE), 30));

        assertThat(facts(scene.remembered("")).run())
                .contains(Run.of(Run.Subject.OFF_UNSETTLED, scene.evidence(), Optional.empty()));
    }

    @Test
    void aMachineThatHasNotSettledIsNoProofForAsLongAsAFence() {
        scene.observation = Scene.unsettled(PowerState.STOPPED);
        assertThat(facts(scene.untracked()).run().map(Run::directs)).contains(0);

        Duration fence = SyncPolicy.standard().fence();
        scene.run = Optional.of(
                new Run(Run.Subject.OFF_UNSETTLED, NOW.minus(fence).plusMillis(1), BEFORE, 9, Optional.empty(), 0));
        assertThat(facts(scene.remembered("")).run().map(Run::directs)).contains(0);
        scene.run = Optional.of(new Run(Run.Subject.OFF_UNSETTLED, NOW.minus(fence), BEFORE, 9, Optional.empty(), 0));
        assertThat(facts(scene.remembered("")).run().map(Run::directs)).contains(1);

        scene.kind = ReadKind.LIST;
        assertThat(facts(scene.remembered("")).run().map(Run::directs)).contains(0);
        scene.observation = Samples.seen(PowerState.STOPPED);
        assertThat(facts(scene.untracked()).run().map(Run::directs)).contains(0);
        scene.kind = ReadKind.DIRECT;
        scene.observation = Scene.missing();
        assertThat(facts(scene.untracked()).run().map(Run::directs)).contains(1);
    }

    @Test
    void theEndOfATerminatingSessionWasRequestedWhenItWasFirstSeen() {
        scene.session = Optional.of(SessionStatus.TERMINATING);
        scene.readAt = BEFORE;
        assertThat(facts(scene.untracked()).endRequestedAt()).contains(BEFORE);

        scene.endRequested = Optional.of(AGO);
        Memory memory = scene.remembered("");
        assertThat(facts(memory).endRequestedAt()).contains(AGO);
        Tracking other = new Tracking(
                VM,
                7,
                "",
                Optional.of(EARLIER),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(AGO),
                false,
                "");
        assertThat(facts(new Memory(Optional.of(other), Optional.empty(), Optional.empty()))
                        .endRequestedAt())
                .contains(BEFORE);
        scene.session = Optional.of(SessionStatus.ACTIVE);
        assertThat(facts(memory).endRequestedAt()).isEmpty();
    }

    @Test
    void aFenceThatAnOutageFellIntoIsGivenItsWholeTimeAgain() {
        Duration fence = SyncPolicy.standard().fence();
        Instant over = NOW.minusSeconds(60);
        outage = Optional.of(new Outage(AGO, over));

        sightedChange = Optional.of(AGO.minus(fence));
        assertThat(facts(scene.untracked()).changedAt()).as("over before it").isEqualTo(sightedChange);
        sightedChange = Optional.of(AGO.minus(fence).plusMillis(1));
        assertThat(facts(scene.untracked()).changedAt()).contains(over);
        sightedChange = Optional.of(over.minusMillis(1));
        assertThat(facts(scene.untracked()).changedAt()).contains(over);
        sightedChange = Optional.of(over);
        assertThat(facts(scene.untracked()).changedAt()).contains(over);
        sightedChange = Optional.of(over.plusMillis(1));
        assertThat(facts(scene.untracked()).changedAt()).isEqualTo(sightedChange);
        outage = Optional.empty();
        sightedChange = Optional.of(AGO);
        assertThat(facts(scene.untracked()).changedAt()).contains(AGO);
    }

    private int count(Memory memory) {
        return facts(memory).run().map(Run::count).orElseThrow();
    }

    private static Run off(Instant last, int directs) {
        return new Run(Run.Subject.OFF, last, last, 1, Optional.of(last), directs);
    }

    private Facts facts(Memory memory) {
        return Recollection.facts(
                scene.managed(),
                scene.evidence(),
                memory,
                new Recollection.Background(Optional.empty(), Optional.empty(), outage, UNBROKEN, judged),
                new Sighting("any", sightedChange, scene.readAt, sightedRunning),
                NOW,
                SyncPolicy.standard());
    }
}
