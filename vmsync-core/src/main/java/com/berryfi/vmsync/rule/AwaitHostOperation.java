package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Usage;
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
        String because =
                "the host changed the rows, first seen " + facts.changedAt().orElseThrow() + "; the cloud says "
                        + facts.evidence().observation();
        Held fence = new Held(Held.Reason.FENCE, facts.fenceUntil(), Held.ReleasedBy.TIME);
        boolean resume = facts.usage() == Usage.IN_USE && facts.isRunning() && facts.isInterrupted();
        if (!resume) {
            return Optional.of(Decision.held(ID, because, fence));
        }
        // A fence guards statuses; minutes that are used are billed again as soon as they are proven.
        return Optional.of(
                facts.evidence().isDirect()
                        ? new Decision(ID, because, Bill.resumption(facts, Bill.RESUMED), Optional.of(fence))
                        : Decision.held(ID, because, Proof.byDirectRead(Held.Reason.FENCE)));
    }
}
