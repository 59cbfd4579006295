package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Observation;
import java.time.Instant;
import java.util.Optional;

/** Off while the cloud still creates, updates or deletes is not off. */
final class AwaitProvisioning implements Rule {

    private static final String ID = "await-provisioning";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String sentence() {
        return "Off while the cloud still creates, updates or deletes is not off.";
    }

    @Override
    public Optional<Decision> decide(Facts facts) {
        boolean unsettled = facts.evidence().observation() instanceof Observation.Seen seen
                && !seen.provisioning().isSettled()
                && (seen.power().isOff() || seen.power().isTurningOff());
        Instant until = facts.seenSince().plus(facts.policy().fence());
        if (!unsettled || facts.inStep() || !facts.now().isBefore(until)) {
            return Optional.empty();
        }
        return Optional.of(Decision.held(
                ID,
                "the cloud has not settled: " + facts.evidence().observation(),
                new Held(Held.Reason.PROVISIONING, Optional.of(until), Held.ReleasedBy.CLOUD)));
    }
}
