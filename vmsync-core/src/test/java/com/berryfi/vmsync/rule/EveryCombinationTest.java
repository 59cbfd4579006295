package com.berryfi.vmsync.rule;

import static com.berryfi.vmsync.Samples.seen;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.Samples;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ProvisioningState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.StatusMapping;
import com.berryfi.vmsync.model.SyncPolicy;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.Usage;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every VM status, session status, observation and circumstance: decided once, by name, and within the law. */
class EveryCombinationTest {

    @Test
    void everyCombinationIsDecidedByExactlyOneRuleOnceNoGuardSpeaks() {
        long[] seen = new long[1];
        everyFacts(facts -> {
            seen[0]++;
            List<String> guards = speaking(StandardRules.guards(), facts);
            List<String> rules = speaking(StandardRules.rules(), facts);
            if (guards.isEmpty()) {
                assertThat(rules).as(() -> describe(facts)).hasSize(1);
            }
            String decided = StandardRules.book().rule(facts).decision().rule();
            assertThat(decided).as(() -> describe(facts)).isEqualTo(guards.isEmpty() ? rules.get(0) : guards.get(0));
        });
        assertThat(seen[0]).isGreaterThan(50_000);
    }

    @Test
    void whatABookLeavesOutIsFound() {
        RuleBook holed = RuleBook.of(StandardRules.book().entries().stream()
                .filter(entry -> !entry.rule().id().equals("follow-power"))
                .toList());
        List<Facts> undecided = new ArrayList<>();
        everyFacts(facts -> {
            if (speaking(holed.entries().stream().map(RuleBook.Entry::rule).toList(), facts)
                    .isEmpty()) {
                undecided.add(facts);
            }
        });
        assertThat(undecided).isNotEmpty();
    }

    @Test
    void noEndingAndNoMoveOfTheBillWithoutAFreshDirectRead() {
        everyFacts(facts -> {
            boolean proof = effects(facts).anyMatch(Effect::needsProof);
            if (proof) {
                assertThat(facts.evidence().isDirect())
                        .as(() -> describe(facts))
                        .isTrue();
                assertThat(facts.isStale()).as(() -> describe(facts)).isFalse();
                assertThat(facts.isUnknown() || facts.isAbsent())
                        .as(() -> describe(facts))
                        .isFalse();
            }
        });
    }

    @Test
    void nothingEndsButALiveOrTerminatingSessionOnAMachineThatIsOff() {
        everyFacts(facts -> effects(facts)
                .filter(Effect.EndSession.class::isInstance)
                .forEach(end -> {
                    assertThat(facts.power().isOff()).as(() -> describe(facts)).isTrue();
                    assertThat(facts.usage()).as(() -> describe(facts)).isNotEqualTo(Usage.NONE);
                }));
    }

    @Test
    void aVmInMaintenanceKeepsItsStatusAndItsSession() {
        everyFacts(facts -> {
            if (facts.believed() == VmStatus.MAINTENANCE) {
                assertThat(effects(facts))
                        .as(() -> describe(facts))
                        .allMatch(effect ->
                                effect instanceof Effect.SuspendMetering || effect instanceof Effect.ResumeMetering);
            }
        });
    }

    @Test
    void noStatusIsChangedBehindAFenceExceptAfterAStartGrace() {
        everyFacts(facts -> {
            if (facts.isFenced() && !facts.isStale() && !FailWhenNeverStarted.speaksOf(facts)) {
                assertThat(effects(facts).filter(effect -> !(effect instanceof Effect.Report)))
                        .as(() -> describe(facts))
                        .allMatch(effect ->
                                effect instanceof Effect.ResumeMetering || facts.believed() == VmStatus.MAINTENANCE);
            }
        });
    }

    @Test
    void unknownIsNeverWritten() {
        everyFacts(facts -> assertThat(effects(facts))
                .as(() -> describe(facts))
                .doesNotContain(new Effect.SetVmStatus(VmStatus.UNKNOWN)));
    }

    @Test
    void withoutALiveSessionAllocationAndErrorStay() {
        everyFacts(facts -> {
            boolean hosts = facts.believed().isAllocation() || facts.believed() == VmStatus.ERROR;
            if (facts.usage() == Usage.NONE && hosts) {
                assertThat(effects(facts)).as(() -> describe(facts)).allMatch(Effect.Report.class::isInstance);
            }
        });
    }

    private static Stream<Effect> effects(Facts facts) {
        return StandardRules.book().rule(facts).decision().effects().stream();
    }

    private static List<String> speaking(List<Rule> rules, Facts facts) {
        return rules.stream()
                .filter(rule -> rule.decide(facts).isPresent())
                .map(Rule::id)
                .toList();
    }

    private static String describe(Facts facts) {
        return facts.believed() + " / " + facts.managed().session() + " / " + facts.evidence() + " / " + facts.run()
                + " / " + facts.metering();
    }

    private static void everyFacts(Consumer<Facts> check) {
        List<SyncPolicy> policies = List.of(
                SyncPolicy.standard(), SyncPolicy.standard().withMapping(StatusMapping.tellingDeallocatedApart()));
        for (SyncPolicy policy : policies) {
            for (VmStatus believed : VmStatus.values()) {
                for (Optional<SessionStatus> session : sessions()) {
                    for (Observation observation : observations()) {
                        circumstances(believed, session, observation, policy).forEach(check);
                    }
                }
            }
        }
    }

    private static List<Optional<SessionStatus>> sessions() {
        List<Optional<SessionStatus>> all = new ArrayList<>(
                Arrays.stream(SessionStatus.values()).map(Optional::of).toList());
        all.add(Optional.empty());
        return all;
    }

    private static List<Observation> observations() {
        List<Observation> all = new ArrayList<>();
        for (PowerState power : PowerState.values()) {
            all.add(seen(power));
            all.add(new Observation.Seen(power, ProvisioningState.UPDATING, Optional.empty()));
        }
        for (UnknownCause cause : UnknownCause.values()) {
            all.add(new Observation.Unknown(cause, ""));
        }
        all.add(new Observation.Missing("ResourceNotFound"));
        return all;
    }

    private static Stream<Facts> circumstances(
            VmStatus believed, Optional<SessionStatus> session, Observation observation, SyncPolicy policy) {
        List<Facts> all = new ArrayList<>();
        for (ReadKind kind : ReadKind.values()) {
            for (Duration seenFor : List.of(Duration.ZERO, Duration.ofSeconds(30), Duration.ofHours(2))) {
                for (boolean suspended : new boolean[] {false, true}) {
                    for (boolean fenced : new boolean[] {false, true}) {
                        for (boolean proven : new boolean[] {false, true}) {
                            Samples.Story story = new Samples.Story(believed, session, observation)
                                    .by(kind)
                                    .seenFor(seenFor)
                                    .suspended(suspended && session.isPresent())
                                    .under(policy);
                            if (fenced) {
                                story.changedByHost(Duration.ofMinutes(2));
                            }
                            if (proven) {
                                story.provenRunning(Duration.ofMinutes(20));
                            }
                            all.add(story.facts());
                            all.add(story.rowsRead(Samples.NOW.plusMillis(1)).facts());
                        }
                    }
                }
            }
        }
        return all.stream();
    }
}
