package com.berryfi.vmsync.plan;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.Samples.SESSION;
import static com.berryfi.vmsync.Samples.VM;
import static com.berryfi.vmsync.plan.Scene.UID;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.Samples;
import com.berryfi.vmsync.model.Amendment;
import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Identity;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Mode;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Run;
import com.berryfi.vmsync.model.Standing;
import com.berryfi.vmsync.model.Tracking;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StrayTest {

    private static final Identity IDENTITY = Scene.identity(UID, Optional.of(SESSION));
    private static final Instant FOUND = NOW.minus(Duration.ofHours(2));

    @Test
    void aMachineWhoseRowIsGoneAndThatLivesIsFound() {
        Stray.Outcome outcome = decide(Memory.EMPTY, Scene.seen(PowerState.RUNNING, UID), NOW);

        String text = "the VM's row is gone since " + NOW + " or longer, and its machine is RUNNING";
        assertThat(outcome.standing())
                .contains(new Standing(
                        FindingKind.REMOVED_BUT_ALIVE, VM, IDENTITY.scope(), Optional.of(SESSION), NOW, NOW, text));
        Amendment amendment = outcome.amendment().orElseThrow();
        assertThat(amendment.at()).isEqualTo(NOW);
        assertThat(amendment.vm()).isEqualTo(VM);
        assertThat(amendment.billing()).isEmpty();
        assertThat(amendment.before()).isEqualTo(new Memory(Optional.empty(), Optional.empty(), Optional.of(IDENTITY)));
        Tracking tracking = amendment.after().tracking().orElseThrow();
        assertThat(tracking.version()).isEqualTo(NOW.toEpochMilli());
        assertThat(tracking.verdict()).isEqualTo(Stray.ID);
        assertThat(tracking.changedAt()).contains(NOW);
        assertThat(tracking.run().map(Run::directs)).contains(1);
        assertThat(amendment.after().identity()).contains(IDENTITY);
        AuditRecord record = amendment.audit().get(0);
        assertThat(record)
                .isEqualTo(new AuditRecord(
                        NOW,
                        "cycle-1",
                        VM,
                        Optional.of(SESSION),
                        IDENTITY.scope(),
                        Stray.ID,
                        Mode.ACT,
                        text,
                        VmStatus.UNKNOWN,
                        Optional.empty(),
                        evidence(Scene.seen(PowerState.RUNNING, UID), NOW),
                        List.of("finding REMOVED_BUT_ALIVE"),
                        Optional.empty()));
    }

    @Test
    void itIsFoundForAsLongAsItIsSoAndToldOnce() {
        Memory known = decide(Memory.EMPTY, Samples.seen(PowerState.STOPPED), FOUND)
                .amendment()
                .orElseThrow()
                .after();

        Stray.Outcome outcome = decide(known, Samples.seen(PowerState.RUNNING), NOW);

        assertThat(outcome.amendment()).isEmpty();
        assertThat(outcome.standing().map(Standing::since)).contains(FOUND);
        assertThat(outcome.standing().map(Standing::lasted)).contains(Duration.ofHours(2));
    }

    @Test
    void whatWasTrackedOfItsRowGivesTheVersionOnly() {
        Scene scene = Scene.idle(VmStatus.STOPPED, PowerState.RUNNING);
        scene.run = Optional.of(Run.of(Run.Subject.RUNNING, evidence(scene.observation, FOUND), Optional.of(FOUND)));

        Stray.Outcome outcome = decide(scene.remembered("follow-power"), scene.observation, NOW);

        assertThat(outcome.standing().map(Standing::since)).contains(NOW);
        Tracking tracking = outcome.amendment().orElseThrow().after().tracking().orElseThrow();
        assertThat(tracking.version()).isEqualTo(8);
        assertThat(tracking.changedAt()).contains(NOW);
    }

    @Test
    void anotherMachineIsForgottenAtOnce() {
        for (Observation observation : List.of(Scene.seen(PowerState.RUNNING, "uid-2"))) {
            Stray.Outcome outcome = decide(Memory.EMPTY, observation, NOW);

            assertThat(outcome.standing()).isEmpty();
            assertThat(outcome.amendment().orElseThrow())
                    .isEqualTo(new Amendment(
                            NOW,
                            VM,
                            new Memory(Optional.empty(), Optional.empty(), Optional.of(IDENTITY)),
                            Memory.EMPTY,
                            List.of(),
                            List.of()));
        }
    }

    @Test
    void whoseIdIsNotKnownMayBeTheSame() {
        Identity unnamed = new Identity(
                VM, IDENTITY.scope(), IDENTITY.address(), Optional.empty(), Optional.empty(), IDENTITY.learnedAt());

        assertThat(Stray.decide(
                                unnamed,
                                Memory.EMPTY,
                                evidence(Scene.seen(PowerState.RUNNING, "uid-2"), NOW),
                                "cycle-1",
                                NOW)
                        .standing())
                .isPresent();
        assertThat(decide(Memory.EMPTY, Samples.seen(PowerState.RUNNING), NOW).standing())
                .isPresent();
    }

    @Test
    void whatIsUnknownOrCostsNothingIsLeft() {
        for (Observation observation :
                List.of(Scene.unknown(), Samples.seen(PowerState.UNKNOWN), Scene.seen(PowerState.DEALLOCATED, UID))) {
            Stray.Outcome outcome = decide(Memory.EMPTY, observation, NOW);

            assertThat(outcome.standing()).isEmpty();
            assertThat(outcome.amendment()).isEmpty();
        }
    }

    @Test
    void whatIsFoundStandsWhileItsMachineIsUnknown() {
        Memory known = decide(Memory.EMPTY, Samples.seen(PowerState.STOPPED), FOUND)
                .amendment()
                .orElseThrow()
                .after();

        Stray.Outcome outcome = decide(known, Scene.unknown(), NOW);

        assertThat(outcome.amendment()).isEmpty();
        assertThat(outcome.standing().map(Standing::since)).contains(FOUND);
        assertThat(decide(known, Scene.seen(PowerState.DEALLOCATED, UID), NOW).standing())
                .isEmpty();
    }

    @Test
    void aRowThatIsGoneIsMadeUpToAskForItsMemory() {
        ManagedVm row = Stray.rowOf(IDENTITY);

        assertThat(row.id()).isEqualTo(VM);
        assertThat(row.session()).isEmpty();
        assertThat(row.vm().scope()).isEqualTo(IDENTITY.scope());
        assertThat(row.vm().address()).isEqualTo(IDENTITY.address());
        assertThat(row.vm().believed()).isEqualTo(VmStatus.UNKNOWN);
    }

    private static Stray.Outcome decide(Memory memory, Observation observation, Instant at) {
        return Stray.decide(IDENTITY, memory, evidence(observation, at), "cycle-1", at);
    }

    private static Evidence evidence(Observation observation, Instant at) {
        return new Evidence(observation, ReadKind.DIRECT, at, Optional.empty());
    }

    @Test
    void aMachineIsForgottenAtTheThirdNotFoundAndStandsUntilThen() {
        Stray.Outcome found = decide(Memory.EMPTY, Scene.seen(PowerState.RUNNING, "uid-1"), FOUND);
        Memory memory = found.amendment().orElseThrow().after();
        for (int i = 1; i <= 2; i++) {
            Stray.Outcome missing = decide(memory, Scene.missing(), NOW.plusSeconds(i));
            assertThat(missing.standing().map(Standing::since)).contains(FOUND);
            memory = missing.amendment().orElseThrow().after();
        }
        Stray.Outcome gone = decide(memory, Scene.missing(), NOW.plusSeconds(3));

        assertThat(gone.standing()).isEmpty();
        assertThat(gone.amendment().orElseThrow().after()).isEqualTo(Memory.EMPTY);
    }

    @Test
    void aMachineThatWasNeverFoundAndIsGoneIsForgottenSilently() {
        Memory memory = Memory.EMPTY;
        for (int i = 1; i <= 3; i++) {
            Stray.Outcome missing = decide(memory, Scene.missing(), NOW.plusSeconds(i));
            assertThat(missing.standing()).isEmpty();
            memory = missing.amendment().orElseThrow().after();
        }
        assertThat(memory).isEqualTo(Memory.EMPTY);
    }
}
