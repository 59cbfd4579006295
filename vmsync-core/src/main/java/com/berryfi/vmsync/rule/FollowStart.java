package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.VmStatus;
import java.util.List;
import java.util.Optional;

/** A VM that was to start for a live session, and runs, is running. */
final class FollowStart implements Rule {

    private static final String ID = "follow-start";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String sentence() {
        return "A VM that was to start for a live session, and runs, is running.";
    }

    @Override
    public Optional<Decision> decide(Facts facts) {
        boolean starting = facts.believed() == VmStatus.ASSIGNED || facts.believed() == VmStatus.STARTING;
        if (!facts.usage().isLive() || !facts.isRunning() || !starting) {
            return Optional.empty();
        }
        return Optional.of(Bill.resumingIfInterrupted(
                ID,
                "the VM has started, it is believed " + facts.believed(),
                List.of(new Effect.SetVmStatus(VmStatus.RUNNING)),
                facts));
    }
}
