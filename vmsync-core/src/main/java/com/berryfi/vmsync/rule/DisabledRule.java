package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Facts;
import java.util.Optional;

/** A rule that still knows its facts and does nothing about them, so that the book stays total. */
record DisabledRule(Rule rule) implements Rule {

    @Override
    public String id() {
        return rule.id();
    }

    @Override
    public String sentence() {
        return "Disabled: " + rule.sentence();
    }

    @Override
    public Optional<Decision> decide(Facts facts) {
        return rule.decide(facts).map(any -> Decision.nothing(id(), "rule " + id() + " is disabled"));
    }
}
