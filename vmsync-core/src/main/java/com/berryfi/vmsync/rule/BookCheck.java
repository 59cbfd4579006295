package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.SyncPolicy;
import java.util.List;
import java.util.Optional;

/** Whether every combination is decided by name, once: by a guard, or by exactly one of the rules after the guards. */
final class BookCheck {

    private final List<Rule> guards;
    private final List<Rule> rules;

    private BookCheck(RuleBook book) {
        guards = rules(book, true);
        rules = rules(book, false);
    }

    /**
     * Checks a book.
     *
     * @throws IllegalArgumentException naming the first combination that no rule, two rules or a throwing rule decide
     */
    static void of(RuleBook book, SyncPolicy policy) {
        BookCheck check = new BookCheck(book);
        Combinations.all().forEach(combination -> check.check(combination, combination.facts(policy)));
    }

    private static List<Rule> rules(RuleBook book, boolean guards) {
        return book.entries().stream()
                .filter(entry -> entry.isGuard() == guards)
                .map(RuleBook.Entry::rule)
                .toList();
    }

    private void check(Combination combination, Facts facts) {
        for (Rule guard : guards) {
            if (speaks(guard, combination, facts)) {
                return;
            }
        }
        Optional<Rule> first = Optional.empty();
        for (Rule rule : rules) {
            if (!speaks(rule, combination, facts)) {
                continue;
            }
            if (first.isPresent()) {
                throw new IllegalArgumentException("rules: both " + first.get().id() + " and " + rule.id() + " decide "
                        + combination + "; one must");
            }
            first = Optional.of(rule);
        }
        if (first.isEmpty()) {
            throw new IllegalArgumentException("rules: none decides " + combination + "; one must");
        }
    }

    private static boolean speaks(Rule rule, Combination combination, Facts facts) {
        try {
            return rule.decide(facts).isPresent();
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("rules: " + rule.id() + " throws " + e + " on " + combination, e);
        }
    }
}
