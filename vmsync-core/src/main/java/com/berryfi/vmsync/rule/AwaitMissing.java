package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Usage;
import java.util.Optional;

/** A VM without a session that is not found changes nothing; people are told. */
final class AwaitMissing implements Rule {

    private static final String ID = "await-missing";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String sentence() {
        return "A VM without a session that is not found changes nothing; people are told.";
    }

    @Override
    public Optional<Decision> decide(Facts facts) {
        if (facts.usage() != Usage.NONE || !facts.isAbsent() || RecoverFromError.speaksOf(facts)) {
            return Optional.empty();
        }
        String because = Gone.because(facts);
        return Optional.of(
                facts.isReplaced() || facts.evidence().observation() instanceof Observation.Missing
                        ? new Decision(
                                ID,
                                because,
                                Gone.report(facts),
                                Optional.of(new Held(Held.Reason.MISSING, Optional.empty(), Held.ReleasedBy.CLOUD)))
                        : Decision.held(ID, because, Proof.byDirectRead(Held.Reason.MISSING)));
    }
}
