package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Usage;
import com.berryfi.vmsync.model.VmStatus;
import java.util.Optional;

/** A VM that is stopped and not deallocated is still billed by the cloud, and reported after a while. */
final class WatchStopped implements Rule {

    private static final String ID = "watch-stopped";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String sentence() {
        return "A VM that is stopped and not deallocated is still billed by the cloud, and reported after a while.";
    }

    @Override
    public Optional<Decision> decide(Facts facts) {
        boolean stays = facts.statusAgrees() || facts.believed().isAllocation() || facts.believed() == VmStatus.ERROR;
        if (facts.usage() != Usage.NONE || facts.power() != PowerState.STOPPED || !stays) {
            return Optional.empty();
        }
        return Optional.of(Watch.past(
                facts, ID, FindingKind.STOPPED_STILL_BILLED, "is stopped, not deallocated, without a session"));
    }
}
