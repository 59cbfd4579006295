package com.berryfi.vmsync.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.BillingCut;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Run;
import com.berryfi.vmsync.model.StatusMapping;
import com.berryfi.vmsync.model.SyncPolicy;
import com.berryfi.vmsync.model.Usage;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Every VM status, session status, observation and circumstance: decided once, by name, and within the law. To what a book is checked
 * by when it is built, this adds mappings, policies, ages of a run and of a change.
 */
class EveryCombinationTest {

    private static final StatusMapping NAMES_RUNNING_ALONE =
            power -> power == PowerState.RUNNING ? VmStatus.RUNNING : VmStatus.UNKNOWN;

    private static final List<SyncPolicy> POLICIES = List.of(
            SyncPolicy.standard(),
            SyncPolicy.standard()
                    .withMapping(StatusMapping.tellingDeallocatedApart())
                    .withFreeStatus(VmStatus.STOPPED)
                    .withCut(BillingCut.FIRST_PROOF_OF_OFF)
                    .withQuarantine(Duration.ofMinutes(30)),
            SyncPolicy.standard().withMapping(NAMES_RUNNING_ALONE));

    private static final List<Duration> AGES = List.of(Duration.ofSeconds(30), Duration.ofMinutes(6));

    /** What must be so of all facts and the effects that follow from them. */
    private record Law(String says, BiPredicate<Facts, List<Effect>> holds) {}

    private static final List<Law> LAWS = List.of(
            new Law(
                    "no ending and no move of the bill without a fresh direct read",
                    (facts, effects) -> effects.stream().noneMatch(Effect::needsProof)
                            || facts.isOverwritten()
                            || (facts.evidence().isDirect() && !facts.isStale() && !facts.isUnknown())),
            new Law(
                    "no session ends on one answer alone",
                    (facts, effects) -> !ends(effects)
                            || facts.isOverwritten()
                            || facts.run().orElseThrow().count() > 1),
            new Law(
                    "nothing ends but a session that has not, on a machine that is off or gone",
                    (facts, effects) -> !ends(effects)
                            || facts.isOverwritten()
                            || (facts.usage() != Usage.NONE
                                    && (facts.power().isOff()
                                            || facts.isReplaced()
                                            || facts.evidence().observation() instanceof Observation.Missing))),
            new Law(
                    "a VM in maintenance or on hold keeps its status and its session",
                    (facts, effects) -> !isLeftAlone(facts) || movesTheBillAlone(effects)),
            new Law(
                    "behind a fence only a bill that is proven to go on moves, except after a start grace",
                    (facts, effects) -> !facts.isFenced()
                            || isLeftAlone(facts)
                            || facts.isOverwritten()
                            || FailWhenNeverStarted.speaksOf(facts)
                            || effects.stream().allMatch(Effect.Report.class::isInstance)
                            || (facts.isRunning() && movesTheBillAlone(effects))),
            new Law(
                    "unknown is never written",
                    (facts, effects) -> !effects.contains(new Effect.SetVmStatus(VmStatus.UNKNOWN))
                            && !effects.contains(new Effect.ReleaseVm(VmStatus.UNKNOWN))),
            new Law(
                    "without a live session, allocation and the host's error stay",
                    (facts, effects) -> facts.usage() != Usage.NONE
                            || !(facts.believed().isAllocation() || facts.isHostError())
                            || facts.isOverwritten()
                            || effects.stream()
                                    .allMatch(effect ->
                                            effect instanceof Effect.Report || effect instanceof Effect.Deallocate)),
            new Law(
                    "a machine is given back only on demand, and if nobody has a claim on it",
                    (facts, effects) -> effects.stream().noneMatch(Effect.Deallocate.class::isInstance)
                            || (facts.policy().quarantine().isPresent()
                                    && facts.usage() == Usage.NONE
                                    && facts.rowsAgree()
                                    && !facts.isFenced()
                                    && facts.believed() != VmStatus.ASSIGNED
                                    && facts.believed() != VmStatus.ERROR)),
            new Law(
                    "an interrupted bill is not interrupted again",
                    (facts, effects) -> !facts.isSuspended()
                            || effects.stream().noneMatch(Effect.SuspendMetering.class::isInstance)));

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
            assertThat(decided).isEqualTo(guards.isEmpty() ? rules.get(0) : guards.get(0));
        });
        assertThat(seen[0]).isGreaterThan(150_000);
    }

    /** One after the other, they would take as long as each other; together, they are as quick as one. */
    @Test
    void everyCombinationIsDecidedWithinTheLaw() {
        assertThat(broken(LAWS)).isEmpty();
    }

    @Test
    void aBrokenLawIsFoundWithTheFacts() {
        Law none = new Law("no session ever ends", (facts, effects) -> !ends(effects));

        assertThat(broken(List.of(LAWS.get(0), none)))
                .hasEntrySatisfying(none.says(), what -> assertThat(what).contains("AVAILABLE", "EndSession"))
                .hasSize(1);
    }

    private static boolean isLeftAlone(Facts facts) {
        return facts.believed() == VmStatus.MAINTENANCE || facts.hold().isPresent();
    }

    private static boolean movesTheBillAlone(List<Effect> effects) {
        return effects.stream()
                .allMatch(
                        effect -> effect instanceof Effect.SuspendMetering || effect instanceof Effect.ResumeMetering);
    }

    private static boolean ends(List<Effect> effects) {
        return effects.stream().anyMatch(Effect.EndSession.class::isInstance);
    }

    /** Of each law that is broken, the first facts that break it. */
    private static Map<String, String> broken(List<Law> laws) {
        Map<String, String> broken = new LinkedHashMap<>();
        everyFacts(facts -> {
            List<Effect> effects = StandardRules.book().rule(facts).decision().effects();
            for (Law law : laws) {
                if (!law.holds().test(facts, effects)) {
                    broken.computeIfAbsent(law.says(), any -> describe(facts) + ": " + named(effects));
                }
            }
        });
        return broken;
    }

    private static List<String> named(List<Effect> effects) {
        return effects.stream()
                .map(effect -> effect.getClass().getSimpleName() + " " + effect)
                .toList();
    }

    private static List<String> speaking(List<Rule> rules, Facts facts) {
        return rules.stream()
                .filter(rule -> rule.decide(facts).isPresent())
                .map(Rule::id)
                .toList();
    }

    private static String describe(Facts facts) {
        return facts.believed() + " / " + facts.managed().session() + " / " + facts.evidence() + " / " + facts.run()
                + " / " + facts.metering() + " / " + facts.changedAt();
    }

    private static void everyFacts(Consumer<Facts> check) {
        for (SyncPolicy policy : POLICIES) {
            Combinations.all().map(combination -> combination.facts(policy)).forEach(facts -> {
                check.accept(facts);
                if (facts.run().isPresent()) {
                    AGES.forEach(age -> check.accept(aged(facts, age)));
                }
            });
        }
    }

    /** The same, said by the cloud twice and for so long, after a change by the host that is past, if there was none of late. */
    private static Facts aged(Facts facts, Duration age) {
        Run run = facts.run().orElseThrow();
        Instant first = facts.evidence().sentAt().minus(age);
        boolean proof = run.directs() > 0;
        Run other = new Run(
                run.subject(),
                first,
                facts.evidence().sentAt(),
                2,
                proof ? Optional.of(first) : Optional.empty(),
                proof ? 2 : 0);
        return new Facts(
                facts.managed(),
                facts.evidence(),
                Optional.of(other),
                facts.metering(),
                facts.identity(),
                facts.provenRunningAt(),
                facts.lapse(),
                facts.endRequestedAt(),
                facts.changedAt()
                        .or(() -> Optional.of(first.minus(facts.policy().fence()))),
                facts.hold(),
                facts.ourError(),
                facts.readAt(),
                facts.now(),
                facts.policy());
    }
}
