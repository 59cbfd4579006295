package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Usage;
import java.util.Optional;

/** A VM that starts while it is free or only given away keeps the host's word. */
final class LeaveAllocation implements Rule {

    private static final String ID = "leave-allocation";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String sentence() {
        return "A VM that starts while it is free or only given away keeps the host's word.";
    }

    @Override
    public Optional<Decision> decide(Facts facts) {
        if (facts.usage() != Usage.NONE || !facts.believed().isAllocation() || facts.power() != PowerState.STARTING) {
            return Optional.empty();
        }
        return Optional.of(Decision.nothing(ID, "the VM starts while it is " + facts.believed()));
    }
}
