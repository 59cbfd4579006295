package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Usage;
import com.berryfi.vmsync.model.VmStatus;
import java.util.Optional;

/** A VM that runs and serves no session is an orphan after a while. */
final class WatchRunning implements Rule {

    private static final String ID = "watch-running";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String sentence() {
        return "A VM that runs and serves no session is an orphan after a while.";
    }

    @Override
    public Optional<Decision> decide(Facts facts) {
        boolean stays = facts.statusAgrees() || facts.believed().isAllocation() || facts.believed() == VmStatus.ERROR;
        if (facts.usage() != Usage.NONE || !facts.isRunning() || !stays) {
            return Optional.empty();
        }
        return Optional.of(Watch.past(facts, ID, FindingKind.ORPHAN, "runs without a session"));
    }
}
