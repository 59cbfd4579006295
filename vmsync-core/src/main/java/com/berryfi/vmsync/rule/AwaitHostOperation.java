package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Held;
import java.util.Optional;

/** What the host has just changed is given time to come true. */
final class AwaitHostOperation implements Rule {

    private static final String ID = "await-host-operation";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String sentence() {
        return "What the host has just changed is given time to come true.";
    }

    @Override
    public Optional<Decision> decide(Facts facts) {
        if (!facts.isFenced() || facts.inStep() || FailWhenNeverStarted.speaksOf(facts)) {
            return Optional.empty();
        }
        return Optional.of(Decision.held(
                ID,
                "the host changed the rows, first seen " + facts.changedAt().orElseThrow() + "; the cloud says "
                        + facts.evidence().observation(),
                new Held(Held.Reason.FENCE, facts.fenceUntil(), Held.ReleasedBy.TIME)));
    }
}
