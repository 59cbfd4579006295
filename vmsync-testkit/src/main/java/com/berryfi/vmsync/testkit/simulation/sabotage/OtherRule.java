package com.berryfi.vmsync.testkit.simulation.sabotage;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.rule.Rule;
import com.berryfi.vmsync.rule.RuleBook;
import java.util.Optional;
import java.util.function.BiFunction;

/** A rule that speaks of the same facts as another, and says something else of some. */
record OtherRule(Rule real, BiFunction<Facts, Decision, Decision> otherwise) implements Rule {

    /** A book in which one rule is another. */
    static RuleBook in(RuleBook book, String id, BiFunction<Facts, Decision, Decision> otherwise) {
        return book.entries().stream()
                .filter(entry -> entry.id().equals(id))
                .findFirst()
                .map(entry -> book.replace(id, new OtherRule(entry.rule(), otherwise)))
                .orElseThrow(() -> new IllegalArgumentException("no rule is called " + id));
    }

    @Override
    public String id() {
        return real.id();
    }

    @Override
    public String sentence() {
        return real.sentence();
    }

    @Override
    public Optional<Decision> decide(Facts facts) {
        return real.decide(facts).map(decision -> otherwise.apply(facts, decision));
    }
}
