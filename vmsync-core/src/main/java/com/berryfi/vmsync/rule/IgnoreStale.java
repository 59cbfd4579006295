package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Facts;
import java.util.Optional;

/** An answer to a question asked before the rows were read cannot speak of them. */
final class IgnoreStale implements Rule {

    private static final String ID = "ignore-stale";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String sentence() {
        return "An answer to a question asked before the rows were read cannot speak of them.";
    }

    @Override
    public Optional<Decision> decide(Facts facts) {
        if (!facts.isStale()) {
            return Optional.empty();
        }
        String before = facts.isOvertaken()
                ? ", before it was seen running at " + facts.provenRunningAt().orElseThrow()
                : ", before the rows were read at " + facts.readAt();
        return Optional.of(Decision.nothing(ID, "asked at " + facts.evidence().sentAt() + before));
    }
}
