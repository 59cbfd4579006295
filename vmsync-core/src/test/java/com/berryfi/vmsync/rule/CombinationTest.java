package com.berryfi.vmsync.rule;

import static com.berryfi.vmsync.Samples.notListed;
import static com.berryfi.vmsync.Samples.seen;
import static com.berryfi.vmsync.rule.Combination.ASKED;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.Identity;
import com.berryfi.vmsync.model.Lapse;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ProvisioningState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Run;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncPolicy;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The facts that a book is tried on could be those of a real VM, as far as rules can tell. */
class CombinationTest {

    private static final SyncPolicy POLICY = SyncPolicy.standard();
    /** All times of the standard policy together, and so past each of them. */
    private static final Instant LONG_AGO = ASKED.minus(Duration.ofSeconds(300 + 240 + 25 + 120 + 900));

    private static final Observation STOPPED = seen(PowerState.STOPPED);
    private static final Observation UPDATING =
            new Observation.Seen(PowerState.STOPPED, ProvisioningState.UPDATING, Optional.empty());
    private static final Observation MISSING = new Observation.Missing("NotFound");

    @Test
    void aFirstAnswerIsARunOfOneAndAProofIfItIsDirectAndSettled() {
        assertThat(facts(STOPPED, ReadKind.DIRECT).run()).contains(first(Run.Subject.OFF, true));
        assertThat(facts(STOPPED, ReadKind.LIST).run()).contains(first(Run.Subject.OFF, false));
        assertThat(facts(UPDATING, ReadKind.DIRECT).run()).contains(first(Run.Subject.OFF_UNSETTLED, false));
        assertThat(facts(MISSING, ReadKind.DIRECT).run()).contains(first(Run.Subject.MISSING, true));
        assertThat(facts(notListed(), ReadKind.DIRECT).run()).isEmpty();
    }

    @Test
    void aLongRunIsPastEveryTimeAndAProofOnceDirect() {
        Run proven = new Run(Run.Subject.OFF, LONG_AGO, ASKED, 5, Optional.of(LONG_AGO), 5);
        Run listed = new Run(Run.Subject.OFF, LONG_AGO, ASKED, 5, Optional.empty(), 0);

        assertThat(facts(STOPPED, ReadKind.DIRECT, Circumstance.LONG).run()).contains(proven);
        assertThat(facts(UPDATING, ReadKind.DIRECT, Circumstance.LONG).run())
                .contains(new Run(Run.Subject.OFF_UNSETTLED, LONG_AGO, ASKED, 5, Optional.of(LONG_AGO), 5));
        assertThat(facts(STOPPED, ReadKind.LIST, Circumstance.LONG).run()).contains(listed);
    }

    @Test
    void theTimesThatAHostAddsAreTimesToo() {
        SyncPolicy policy = POLICY.withHeartbeatDelay(Duration.ofSeconds(100)).withQuarantine(Duration.ofSeconds(1000));
        Facts facts = combination(STOPPED, ReadKind.DIRECT, EnumSet.of(Circumstance.LONG))
                .facts(policy);

        assertThat(facts.seenSince()).isEqualTo(LONG_AGO.minusSeconds(1100));
    }

    @Test
    void whatRunsIsProvenToRunUnlessTheAnswerIsStaleOrAnothers() {
        Observation running = seen(PowerState.RUNNING);

        assertThat(facts(running, ReadKind.LIST).provenRunningAt()).contains(ASKED);
        assertThat(facts(running, ReadKind.LIST, Circumstance.STALE).provenRunningAt())
                .isEmpty();
        assertThat(facts(running, ReadKind.LIST, Circumstance.REPLACED).provenRunningAt())
                .isEmpty();
        assertThat(facts(STOPPED, ReadKind.LIST).provenRunningAt()).isEmpty();
        assertThat(facts(MISSING, ReadKind.DIRECT, Circumstance.PROVEN_RUNNING).provenRunningAt())
                .contains(ASKED.minusSeconds(1));
        assertThat(facts(STOPPED, ReadKind.DIRECT, Circumstance.PROVEN_RUNNING, Circumstance.LONG)
                        .provenRunningAt())
                .contains(LONG_AGO.minusSeconds(1));
    }

    @Test
    void anothersMachineIsKnownByTheOneThatWasLearned() {
        Facts facts = facts(STOPPED, ReadKind.DIRECT, Circumstance.REPLACED);

        assertThat(facts.run()).contains(first(Run.Subject.REPLACED, true));
        assertThat(facts.identity().flatMap(Identity::session)).contains(new SessionId("session"));
        assertThat(facts.identity()
                        .map(identity -> identity.isOf(facts.managed().vm())))
                .contains(true);
        assertThat(facts(STOPPED, ReadKind.DIRECT).identity()).isEmpty();
    }

    @Test
    void theBillIsInterruptedSinceItWasOff() {
        assertThat(facts(STOPPED, ReadKind.DIRECT, Circumstance.SUSPENDED, Circumstance.LONG)
                        .metering()
                        .flatMap(Metering::openGap))
                .contains(new Gap(LONG_AGO, Optional.empty()));
        assertThat(facts(STOPPED, ReadKind.DIRECT, Circumstance.LAPSED).lapse())
                .contains(new Lapse(ASKED.minusSeconds(1), ASKED));
        assertThat(facts(STOPPED, ReadKind.DIRECT).metering()).isEmpty();
    }

    @Test
    void anEndWasAskedForIfItIsUnderWay() {
        assertThat(facts(STOPPED, ReadKind.DIRECT).endRequestedAt()).isEmpty();
        assertThat(new Combination(
                                VmStatus.STOPPING,
                                Optional.of(SessionStatus.TERMINATING),
                                STOPPED,
                                ReadKind.DIRECT,
                                Set.of())
                        .facts(POLICY)
                        .endRequestedAt())
                .contains(ASKED);
    }

    @Test
    void theSessionBeganBeforeAllThatIsToldOfIt() {
        assertThat(facts(STOPPED, ReadKind.DIRECT, Circumstance.LONG)
                        .managed()
                        .session()
                        .orElseThrow()
                        .startTime())
                .contains(LONG_AGO.minus(Duration.ofHours(1)));
    }

    @Test
    void itsWordsNameAllOfIt() {
        assertThat(combination(UPDATING, ReadKind.LIST, EnumSet.of(Circumstance.FENCED)))
                .hasToString("VM RUNNING, session ACTIVE, cloud STOPPED (UPDATING) by a LIST read, [FENCED]");
        assertThat(new Combination(VmStatus.ERROR, Optional.empty(), MISSING, ReadKind.DIRECT, Set.of()))
                .hasToString("VM ERROR, session none, cloud missing (NotFound) by a DIRECT read, []");
    }

    private static Run first(Run.Subject subject, boolean proof) {
        return new Run(subject, ASKED, ASKED, 1, proof ? Optional.of(ASKED) : Optional.empty(), proof ? 1 : 0);
    }

    private static Facts facts(Observation observation, ReadKind kind, Circumstance... circumstances) {
        return combination(observation, kind, Set.copyOf(List.of(circumstances)))
                .facts(POLICY);
    }

    private static Combination combination(Observation observation, ReadKind kind, Set<Circumstance> circumstances) {
        return new Combination(VmStatus.RUNNING, Optional.of(SessionStatus.ACTIVE), observation, kind, circumstances);
    }
}
