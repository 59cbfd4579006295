package com.berryfi.vmsync.rule;

import static com.berryfi.vmsync.Samples.settled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.Samples;
import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Mode;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.rule.RuleBook.Entry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RuleBookTest {

    private static final Facts DEALLOCATED_IN_USE =
            settled(VmStatus.RUNNING, Optional.of(SessionStatus.ACTIVE), Samples.seen(PowerState.DEALLOCATED));

    private final Rule first = new Said("first");
    private final Rule second = new Said("second");
    private final Rule third = new Said("third");
    private final RuleBook book = RuleBook.of(
            List.of(Entry.ofGuard(first, Mode.ACT), Entry.ofRule(second, Mode.ALERT), Entry.ofRule(third, Mode.ACT)));

    @Test
    void theFirstRuleThatSpeaksDecidesInItsMode() {
        RuleBook.Ruling ruling = book.withMode("first", Mode.OBSERVE).rule(DEALLOCATED_IN_USE);

        assertThat(ruling).isEqualTo(new RuleBook.Ruling(Decision.nothing("first", "said"), Mode.OBSERVE));
        assertThat(book.disable("first").rule(DEALLOCATED_IN_USE).mode()).isEqualTo(Mode.ALERT);
    }

    @Test
    void whatStandsBeforeAGuardIsAGuard() {
        RuleBook more = book.insertBefore("first", new Said("new"), Mode.OBSERVE);

        assertThat(more.entries()).first().isEqualTo(Entry.ofGuard(new Said("new"), Mode.OBSERVE));
        assertThat(ids(more)).containsExactly("new", "first", "second", "third");
        assertThat(ids(book)).containsExactly("first", "second", "third");
    }

    @Test
    void whatStandsBeforeARuleIsARule() {
        assertThat(book.insertBefore("second", new Said("new"), Mode.ACT)
                        .entries()
                        .get(1))
                .isEqualTo(Entry.ofRule(new Said("new"), Mode.ACT));
        assertThat(ids(book.insertBefore("third", new Said("new"), Mode.ACT)))
                .containsExactly("first", "second", "new", "third");
    }

    @Test
    void aGuardThatIsAddedStandsAfterTheOthers() {
        RuleBook more = book.insertGuard(new Said("new"), Mode.ALERT);

        assertThat(ids(more)).containsExactly("first", "new", "second", "third");
        assertThat(more.entries().get(1)).isEqualTo(Entry.ofGuard(new Said("new"), Mode.ALERT));
    }

    @Test
    void aReplacementKeepsPlaceAndMode() {
        RuleBook other = book.replace("second", new Said("new")).replace("first", new Said("guard"));

        assertThat(other.entries())
                .containsExactly(
                        Entry.ofGuard(new Said("guard"), Mode.ACT),
                        Entry.ofRule(new Said("new"), Mode.ALERT),
                        Entry.ofRule(third, Mode.ACT));
    }

    @Test
    void aModeIsChangedForOneRuleAlone() {
        assertThat(book.withMode("second", Mode.OBSERVE).entries())
                .containsExactly(
                        Entry.ofGuard(first, Mode.ACT),
                        Entry.ofRule(second, Mode.OBSERVE),
                        Entry.ofRule(third, Mode.ACT));
    }

    @Test
    void aDisabledRuleSpeaksAndDoesNothing() {
        RuleBook disabled = StandardRules.book().disable("end-when-deallocated");

        assertThat(StandardRules.book().rule(DEALLOCATED_IN_USE).decision().effects())
                .isNotEmpty();
        assertThat(disabled.rule(DEALLOCATED_IN_USE))
                .isEqualTo(new RuleBook.Ruling(
                        Decision.nothing("end-when-deallocated", "rule end-when-deallocated is disabled"), Mode.ACT));
        assertThat(disabled.entries().stream().filter(Entry::isDisabled))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.id()).isEqualTo("end-when-deallocated");
                    assertThat(entry.isGuard()).isFalse();
                    assertThat(entry.rule().sentence()).startsWith("Disabled: A session in use");
                });
        assertThat(disabled.rule(settled(VmStatus.RUNNING, Optional.empty(), Samples.seen(PowerState.DEALLOCATED)))
                        .decision()
                        .rule())
                .isEqualTo("follow-power");
    }

    @Test
    void whatIsDisabledStaysSoAndKeepsItsMode() {
        RuleBook disabled = book.disable("second");

        assertThat(disabled.disable("second")).isSameAs(disabled);
        assertThat(disabled.entries().get(1).mode()).isEqualTo(Mode.ALERT);
        assertThat(disabled.withMode("second", Mode.OBSERVE).entries().get(1).isDisabled())
                .isTrue();
        assertThat(disabled.replace("second", second))
                .extracting(RuleBook::entries)
                .isEqualTo(book.entries());
    }

    @Test
    void aDisabledGuardIsTakenOut() {
        assertThat(ids(book.disable("first"))).containsExactly("second", "third");
    }

    @Test
    void anIdThatNobodyHasIsRefused() {
        assertThatThrownBy(() -> book.insertBefore("nobody", new Said("new"), Mode.ACT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no rule is called nobody");
        assertThatThrownBy(() -> book.replace("nobody", new Said("new"))).hasMessage("no rule is called nobody");
        assertThatThrownBy(() -> book.disable("nobody")).hasMessage("no rule is called nobody");
        assertThatThrownBy(() -> book.withMode("nobody", Mode.ACT)).hasMessage("no rule is called nobody");
    }

    @Test
    void anIdThatSomebodyHasIsRefused() {
        assertThatThrownBy(() -> book.insertBefore("second", new Said("third"), Mode.ACT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rule third stands in the book twice");
        assertThatThrownBy(() -> book.insertGuard(new Said("third"), Mode.ACT)).hasMessageContaining("third");
        assertThatThrownBy(() -> book.replace("second", new Said("third"))).hasMessageContaining("third");
    }

    @Test
    void aGuardAfterARuleIsRefused() {
        List<Entry> entries = List.of(Entry.ofRule(first, Mode.ACT), Entry.ofGuard(second, Mode.ACT));

        assertThatThrownBy(() -> RuleBook.of(entries))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("guard second stands after rule first");
    }

    @Test
    void factsThatNobodyDecidesAreNamed() {
        assertThatThrownBy(() -> RuleBook.of(List.of()).rule(DEALLOCATED_IN_USE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("RUNNING", "IN_USE", "DEALLOCATED");
    }

    private static List<String> ids(RuleBook book) {
        return book.entries().stream().map(Entry::id).toList();
    }

    /** Speaks of everything. */
    private record Said(String id) implements Rule {
        @Override
        public String sentence() {
            return "Says so.";
        }

        @Override
        public Optional<Decision> decide(Facts facts) {
            return Optional.of(Decision.nothing(id, "said"));
        }
    }
}
