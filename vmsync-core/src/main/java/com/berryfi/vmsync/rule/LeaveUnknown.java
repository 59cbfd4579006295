package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Facts;
import java.util.Optional;

/** Of what is not known, nothing follows. */
final class LeaveUnknown implements Rule {

    private static final String ID = "leave-unknown";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String sentence() {
        return "Of what is not known, nothing follows.";
    }

    @Override
    public Optional<Decision> decide(Facts facts) {
        return facts.isUnknown()
                ? Optional.of(Decision.nothing(
                        ID,
                        "the cloud says nothing of the VM: " + facts.evidence().observation()))
                : Optional.empty();
    }
}
