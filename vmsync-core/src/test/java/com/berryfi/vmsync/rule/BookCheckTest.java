package com.berryfi.vmsync.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Mode;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.StatusMapping;
import com.berryfi.vmsync.model.SyncPolicy;
import com.berryfi.vmsync.model.Usage;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A book that is not total is refused by name when it is asked for, and only then. */
class BookCheckTest {

    private static final SyncPolicy POLICY = SyncPolicy.standard();

    @Test
    void theStandardBookIsTotal() {
        RuleBook book = StandardRules.book();

        assertThat(book.checked(POLICY)).isSameAs(book);
        assertThat(book.checked(POLICY.withQuarantine(Duration.ofMinutes(5)))).isSameAs(book);
        assertThat(book.checked(POLICY.withMapping(StatusMapping.tellingDeallocatedApart())))
                .isSameAs(book);
    }

    @Test
    void aBookThatWasFoundTotalIsNotTriedAgainUnderTheSamePolicy() {
        int[] asked = new int[1];
        RuleBook book = StandardRules.book()
                .insertGuard(
                        new When("counting", facts -> {
                            asked[0]++;
                            return false;
                        }),
                        Mode.ACT)
                .checked(POLICY);
        int once = asked[0];

        book.checked(SyncPolicy.standard());
        assertThat(asked[0]).isEqualTo(once).isGreaterThan(5_000);
        book.checked(POLICY.withFence(Duration.ofMinutes(1)));
        assertThat(asked[0]).isEqualTo(2 * once);
    }

    /** Each rule is missed if it is left out: none is there for nothing, and no hole escapes. */
    @ParameterizedTest
    @MethodSource("rules")
    void aBookWithAHoleIsRefused(Rule rule) {
        RuleBook holed = RuleBook.of(StandardRules.book().entries().stream()
                .filter(entry -> !entry.id().equals(rule.id()))
                .toList());
        SyncPolicy policy = POLICY.withQuarantine(Duration.ofMinutes(5));

        assertThatThrownBy(() -> holed.checked(policy))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("rules: none decides VM ");
        assertThatCode(() -> StandardRules.book().disable(rule.id()).checked(policy))
                .doesNotThrowAnyException();
    }

    @Test
    void whatNobodyDecidesIsNamed() {
        RuleBook holed = StandardRules.book()
                .replace(
                        "end-when-stopped",
                        new When(
                                "end-if-suspended",
                                facts -> facts.isSuspended()
                                        && facts.usage() == Usage.IN_USE
                                        && facts.power() == PowerState.STOPPED));

        assertThatThrownBy(() -> holed.checked(POLICY))
                .hasMessage("rules: none decides VM AVAILABLE, session ACTIVE, cloud STOPPED by a LIST read, []; one"
                        + " must");
    }

    @Test
    void whatTwoDecideIsNamed() {
        RuleBook twice = StandardRules.book()
                .insertBefore(
                        "agree-in-step",
                        new When(
                                "also-stopped",
                                facts -> facts.usage() == Usage.IN_USE
                                        && facts.power() == PowerState.STOPPED
                                        && facts.seenSince()
                                                .isBefore(facts.evidence().sentAt())),
                        Mode.OBSERVE);

        assertThatThrownBy(() -> twice.checked(POLICY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rules: both end-when-stopped and also-stopped decide VM AVAILABLE, session ACTIVE, cloud"
                        + " STOPPED by a LIST read, [LONG]; one must");
    }

    @Test
    void roomIsMadeForAnotherRuleByReplacingTheOneThatHadIt() {
        RuleBook room = StandardRules.book()
                .insertBefore(
                        "end-when-stopped",
                        new When(
                                "mine",
                                facts -> facts.usage() == Usage.IN_USE
                                        && facts.power() == PowerState.STOPPED
                                        && facts.isSuspended()),
                        Mode.ACT)
                .replace(
                        "end-when-stopped",
                        new When(
                                "theirs",
                                facts -> facts.usage() == Usage.IN_USE
                                        && facts.power() == PowerState.STOPPED
                                        && !facts.isSuspended()));

        assertThat(room.checked(POLICY)).isSameAs(room);
    }

    @Test
    void aGuardMaySpeakOfWhatOthersDecide() {
        RuleBook book = StandardRules.book().insertGuard(new When("mine", Facts::isRunning), Mode.ACT);

        assertThat(book.checked(POLICY)).isSameAs(book);
    }

    @Test
    void aRuleThatThrowsIsNamed() {
        Rule throwing = new When("throwing", facts -> {
            if (facts.usage() == Usage.IN_USE && facts.believed() == VmStatus.ERROR && facts.isReplaced()) {
                throw new IllegalStateException("a bad rule");
            }
            return false;
        });

        assertThatThrownBy(() -> StandardRules.book()
                        .insertBefore("agree-in-step", throwing, Mode.OBSERVE)
                        .checked(POLICY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "rules: throwing throws java.lang.IllegalStateException: a bad rule on VM ERROR,"
                                + " session ACTIVE, cloud ")
                .hasMessageContaining("REPLACED")
                .hasRootCauseMessage("a bad rule");
        assertThatThrownBy(() -> StandardRules.book()
                        .insertBefore("leave-unknown", throwing, Mode.OBSERVE)
                        .checked(POLICY))
                .hasMessageContaining("rules: throwing throws");
    }

    @ParameterizedTest
    @ValueSource(strings = {"leave-unknown", "leave-maintenance"})
    void aGuardThatAloneDecidesCannotBeDisabled(String guard) {
        assertThatThrownBy(() -> StandardRules.book().disable(guard).checked(POLICY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none decides");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ignore-stale", "leave-on-hold", "end-again", "await-host-operation", "await-provisioning"})
    void aGuardBehindWhichARuleStandsMayBeDisabled(String guard) {
        assertThatCode(() -> StandardRules.book().disable(guard).checked(POLICY))
                .doesNotThrowAnyException();
    }

    /** What a host's rule may look at occurs with every session in either way, or a rule could hide behind it. */
    @Test
    void everyCircumstanceOccurs() {
        assertThat(EnumSet.allOf(Circumstance.class)).allSatisfy(circumstance -> {
            assertThat(count(any -> any.is(circumstance))).isGreaterThan(100);
            assertThat(count(any -> !any.is(circumstance))).isGreaterThan(100);
        });
        assertThat(count(any -> true))
                .isEqualTo(Combinations.all().distinct().count())
                .isBetween(20_000L, 40_000L);
    }

    /** Which circumstance makes which facts: what the words of a refusal say is what the rule has seen. */
    @Test
    void theFactsAreWhatTheirCombinationSays() {
        assertSays(Circumstance.FENCED, Facts::isFenced);
        assertSays(Circumstance.SUSPENDED, Facts::isSuspended);
        assertSays(Circumstance.LAPSED, facts -> facts.lapse().isPresent());
        assertSays(Circumstance.OUR_ERROR, Facts::ourError);
        assertSays(Circumstance.REPLACED, Facts::isReplaced);
        assertSays(Circumstance.ON_HOLD, facts -> facts.hold().isPresent());
        assertSays(Circumstance.STALE, Facts::isStale);
        assertSays(Circumstance.OVERWRITTEN, Facts::isOverwritten);
        assertSays(
                Circumstance.LONG,
                facts -> facts.seenSince().isBefore(facts.evidence().sentAt()));
        assertThat(Combinations.all().filter(any -> !any.is(Circumstance.OVERWRITTEN)))
                .allMatch(any -> any.facts(POLICY).rowsAgree() != any.is(Circumstance.ROWS_DISAGREE));
        assertThat(Combinations.all().filter(any -> any.is(Circumstance.PROVEN_RUNNING)))
                .allMatch(any -> any.facts(POLICY).provenRunningAt().isPresent());
    }

    private static void assertSays(Circumstance circumstance, Predicate<Facts> fact) {
        assertThat(Combinations.all()
                        .filter(any -> circumstance != Circumstance.LONG
                                || any.facts(POLICY).run().isPresent()))
                .allMatch(any -> fact.test(any.facts(POLICY)) == any.is(circumstance));
    }

    private static long count(Predicate<Combination> which) {
        return Combinations.all().filter(which).count();
    }

    static Stream<Rule> rules() {
        return StandardRules.rules().stream();
    }

    /** Speaks of some facts, and does nothing. */
    private record When(String id, Predicate<Facts> speaks) implements Rule {
        @Override
        public String sentence() {
            return "Speaks of some.";
        }

        @Override
        public Optional<Decision> decide(Facts facts) {
            return List.of(facts).stream().filter(speaks).findFirst().map(any -> Decision.nothing(id, "it speaks"));
        }
    }
}
