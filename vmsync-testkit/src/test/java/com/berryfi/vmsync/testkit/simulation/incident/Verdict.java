package com.berryfi.vmsync.testkit.simulation.incident;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.rule.Rule;
import com.berryfi.vmsync.rule.RuleBook;
import com.berryfi.vmsync.rule.StandardRules;
import java.util.Optional;
import java.util.function.BiFunction;

/** A standard rule that comes to another verdict. */
record Verdict(String id, BiFunction<Facts, Decision, Decision> other) implements Rule {

    @Override
    public String sentence() {
        return "Something else than " + id + ".";
    }

    @Override
    public Optional<Decision> decide(Facts facts) {
        return StandardRules.book().entries().stream()
                .filter(entry -> entry.id().equals(id))
                .findFirst()
                .map(RuleBook.Entry::rule)
                .flatMap(rule -> rule.decide(facts))
                .map(decision -> other.apply(facts, decision));
    }
}
