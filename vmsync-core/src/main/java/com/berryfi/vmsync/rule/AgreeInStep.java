package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Usage;
import com.berryfi.vmsync.model.VmStatus;
import java.util.Optional;

/** Both sides agree: nothing to do. */
final class AgreeInStep implements Rule {

    private static final String ID = "agree-in-step";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String sentence() {
        return "Both sides agree: nothing to do.";
    }

    @Override
    public Optional<Decision> decide(Facts facts) {
        if (facts.isAbsent() || facts.isUnknown() || !facts.inStep() || facts.believed() == VmStatus.ERROR) {
            return Optional.empty();
        }
        boolean watched = facts.isRunning() || facts.power() == PowerState.STOPPED;
        return facts.usage() == Usage.NONE && watched
                ? Optional.empty()
                : Optional.of(Decision.nothing(
                        ID,
                        "believed " + facts.believed() + ", cloud "
                                + facts.evidence().observation()));
    }
}
