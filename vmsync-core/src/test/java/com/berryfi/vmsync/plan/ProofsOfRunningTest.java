package com.berryfi.vmsync.plan;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.Samples.SCOPE;
import static com.berryfi.vmsync.Samples.SESSION;
import static com.berryfi.vmsync.Samples.SESSION_START;
import static com.berryfi.vmsync.Samples.VM;
import static com.berryfi.vmsync.plan.Scene.AGO;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.Samples;
import com.berryfi.vmsync.model.BillingCut;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.Lapse;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Run;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Sighting;
import com.berryfi.vmsync.model.SyncPolicy;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Until when a machine is known to have run for its session, and since when it is known that it did not. */
class ProofsOfRunningTest {

    private static final Metering UNTOUCHED = Metering.untouched(SESSION, VM);

    private Scene scene = Scene.inUse(PowerState.STOPPED);
    private Optional<Pass> pass = Optional.empty();
    private Optional<Instant> sighted = Optional.empty();
    private SyncPolicy policy = SyncPolicy.standard();

    @Test
    void thePassSpeaksForAVmThatIsNotTracked() {
        pass = Optional.of(new Pass(SCOPE, AGO, 5));

        assertThat(proven(scene.untracked())).contains(AGO);
        assertThat(proven(scene.remembered(""))).isEmpty();
    }

    @Test
    void thePassSaysNothingOfThoseItExceptsButWhatWasKnownBefore() {
        pass = Optional.of(new Pass(SCOPE, NOW, Map.of(VM, Optional.of(AGO)), 5));
        assertThat(proven(scene.untracked())).contains(AGO);

        pass = Optional.of(new Pass(SCOPE, NOW, Map.of(VM, Optional.empty()), 5));
        assertThat(proven(scene.untracked())).isEmpty();
    }

    @Test
    void thePassSpeaksOnlyOfSessionsThatHadAgreed() {
        pass = Optional.of(new Pass(SCOPE, AGO, 5));

        scene.session = Optional.of(SessionStatus.TERMINATING);
        assertThat(proven(scene.untracked())).contains(AGO);
        scene.session = Optional.of(SessionStatus.STARTING);
        assertThat(proven(scene.untracked())).contains(AGO);
        scene.believed = VmStatus.STARTING;
        assertThat(proven(scene.untracked())).isEmpty();
        scene.session = Optional.of(SessionStatus.ACTIVE);
        assertThat(proven(scene.untracked())).contains(AGO);
        scene = Scene.idle(VmStatus.RUNNING, PowerState.STOPPED);
        assertThat(proven(scene.untracked())).as("no session").isEmpty();
    }

    @Test
    void theLatestProofCounts() {
        pass = Optional.of(new Pass(SCOPE, AGO, 5));
        sighted = Optional.of(AGO.plusMillis(1));
        assertThat(proven(scene.untracked())).contains(AGO.plusMillis(1));
        sighted = Optional.of(AGO.minusMillis(1));
        assertThat(proven(scene.untracked())).contains(AGO);

        scene.proven = Optional.of(AGO.plusSeconds(5));
        assertThat(proven(scene.remembered(""))).contains(AGO.plusSeconds(5));
        scene.observation = Samples.seen(PowerState.RUNNING);
        assertThat(proven(scene.remembered(""))).contains(NOW);
        scene.kind = ReadKind.LIST;
        assertThat(proven(scene.remembered(""))).as("a list proves it too").contains(NOW);
    }

    @Test
    void aProofFromBeforeTheSessionBeganIsNone() {
        sighted = Optional.of(SESSION_START);
        assertThat(proven(scene.untracked())).contains(SESSION_START);
        sighted = Optional.of(SESSION_START.minusMillis(1));
        assertThat(proven(scene.untracked())).isEmpty();
    }

    @Test
    void aSessionWithoutAStartHasNoProofButOneOfNow() {
        sighted = Optional.of(AGO);
        Optional<Session> unstarted =
                Optional.of(new Session(SESSION, VM, SessionStatus.STARTING, Optional.empty(), Optional.empty()));
        ManagedVm managed = new ManagedVm(scene.managed().vm(), unstarted);

        assertThat(facts(managed, scene.untracked()).provenRunningAt()).isEmpty();
        scene.observation = Samples.seen(PowerState.RUNNING);
        assertThat(facts(managed, scene.untracked()).provenRunningAt()).contains(NOW);
    }

    @Test
    void theFirstProofOfOffOpensALapse() {
        assertThat(lapse()).as("never proven: from its start").contains(new Lapse(SESSION_START, NOW));
        sighted = Optional.of(AGO);
        assertThat(lapse()).contains(new Lapse(AGO, NOW));
        scene.metering = Optional.of(UNTOUCHED);
        assertThat(lapse()).contains(new Lapse(AGO, NOW));
        scene.observation = Samples.seen(PowerState.DEALLOCATED);
        assertThat(lapse()).contains(new Lapse(AGO, NOW));
    }

    @Test
    void aProofOfRunningFromAfterTheProofOfOffIsNoneOfBefore() {
        sighted = Optional.of(NOW.plusMillis(1));
        assertThat(lapse()).contains(new Lapse(NOW, NOW));

        scene.metering = Optional.of(UNTOUCHED
                .instructed(List.of(new Gap(AGO, Optional.empty())), false)
                .back(AGO.plusSeconds(30)));
        assertThat(facts(scene.managed(), scene.untracked())
                        .metering()
                        .orElseThrow()
                        .gaps())
                .containsExactly(new Gap(AGO, Optional.of(AGO.plusSeconds(30))), new Gap(NOW, Optional.empty()));
    }

    @Test
    void whatIsRememberedOfABillIsCutWhereTheHostChoseToo() {
        sighted = Optional.of(AGO.plusSeconds(60));
        Metering back = UNTOUCHED
                .instructed(List.of(new Gap(AGO, Optional.empty())), false)
                .back(AGO.plusSeconds(30));
        assertThat(Ledger.gaps(UNTOUCHED.lapsed(lapse())))
                .containsExactly(new Gap(AGO.plusSeconds(60), Optional.empty()));

        policy = SyncPolicy.standard().withCut(BillingCut.FIRST_PROOF_OF_OFF);
        assertThat(Ledger.gaps(UNTOUCHED.lapsed(lapse()))).containsExactly(new Gap(NOW, Optional.empty()));
        scene.metering = Optional.of(back);
        assertThat(facts(scene.managed(), scene.untracked()).metering().flatMap(Metering::openGap))
                .contains(new Gap(NOW, Optional.empty()));
    }

    @Test
    void aLapseThatIsKnownBeginsWithTheProofThatCameLate() {
        Lapse known = new Lapse(AGO, AGO.plusSeconds(30));
        scene.metering = Optional.of(UNTOUCHED.lapsed(Optional.of(known)));
        sighted = Optional.of(AGO.plusSeconds(10));
        Lapse later = new Lapse(AGO.plusSeconds(10), known.offAt());

        assertThat(lapse()).contains(later);
        scene.observation = Samples.seen(PowerState.RUNNING);
        assertThat(lapse()).contains(later);
        sighted = Optional.of(AGO.plusSeconds(31));
        assertThat(lapse()).as("no proof of before").contains(known);
        scene.metering =
                Optional.of(Metering.untouched(new SessionId("s-0"), VM).lapsed(Optional.of(known)));
        sighted = Optional.of(AGO.plusSeconds(10));
        assertThat(facts(scene.managed(), scene.untracked()).metering()).isEqualTo(scene.metering);
    }

    @Test
    void aLapseThatIsKnownStaysUntilItIsEntered() {
        Lapse known = new Lapse(AGO, AGO.plusSeconds(30));
        scene.metering = Optional.of(UNTOUCHED.lapsed(Optional.of(known)));
        assertThat(lapse()).contains(known);
        scene.observation = Samples.seen(PowerState.RUNNING);
        assertThat(lapse()).contains(known);

        scene.metering =
                Optional.of(Metering.untouched(new SessionId("s-0"), VM).lapsed(Optional.of(known)));
        assertThat(lapse()).as("another session's").isEmpty();
    }

    @Test
    void whatProvesNothingOpensNoLapse() {
        scene.kind = ReadKind.LIST;
        assertThat(lapse()).as("a list").isEmpty();
        scene.kind = ReadKind.DIRECT;
        scene.observation = Scene.unsettled(PowerState.STOPPED);
        assertThat(lapse()).as("not settled").isEmpty();
        scene.observation = Scene.missing();
        assertThat(lapse()).as("missing").isEmpty();
        scene.observation = Samples.seen(PowerState.STOPPING);
        assertThat(lapse()).as("stopping").isEmpty();
        scene.observation = Samples.seen(PowerState.STOPPED);
        scene.session = Optional.of(SessionStatus.STARTING);
        assertThat(lapse()).as("not in use").isEmpty();
    }

    @Test
    void aBillThatIsInterruptedOrClosedNeedsNoLapse() {
        scene.metering = Optional.of(UNTOUCHED.instructed(List.of(new Gap(AGO, Optional.empty())), false));
        assertThat(lapse()).isEmpty();
        scene.metering = Optional.of(UNTOUCHED.closed());
        assertThat(lapse()).isEmpty();
        scene.metering = Optional.of(UNTOUCHED.instructed(List.of(new Gap(AGO, Optional.of(NOW))), false));
        assertThat(lapse()).isPresent();
    }

    @Test
    void anUnknownOpensNoLapseThoughTheMachineWasProvenOff() {
        Instant before = NOW.minusSeconds(30);
        scene.run = Optional.of(new Run(Run.Subject.OFF, before, before, 1, Optional.of(before), 1));
        scene.observation = Scene.unknown();

        assertThat(facts(scene.managed(), scene.remembered("")).lapse()).isEmpty();
    }

    private Optional<Lapse> lapse() {
        return facts(scene.managed(), scene.untracked()).lapse();
    }

    private Optional<Instant> proven(Memory memory) {
        return facts(scene.managed(), memory).provenRunningAt();
    }

    private Facts facts(ManagedVm managed, Memory memory) {
        return Recollection.facts(
                managed,
                scene.evidence(),
                memory,
                new Recollection.Background(
                        pass, Optional.empty(), Optional.empty(), Duration.ofSeconds(90), Optional.empty()),
                new Sighting("any", Optional.empty(), scene.readAt, sighted),
                NOW,
                policy);
    }
}
