package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.VmStatus;
import java.util.List;
import java.util.Optional;

/** A VM that was to stop under a live session, and runs past its time, is running; people are told. */
final class OutlastStop implements Rule {

    private static final String ID = "outlast-stop";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String sentence() {
        return "A VM that was to stop under a live session, and runs past its time, is running; people are told.";
    }

    @Override
    public Optional<Decision> decide(Facts facts) {
        if (!facts.usage().isLive() || !facts.isRunning() || facts.believed() != VmStatus.STOPPING) {
            return Optional.empty();
        }
        String because = "the VM runs and is believed STOPPING";
        return Optional.of(Bill.resumingIfInterrupted(
                ID,
                because,
                List.of(
                        new Effect.SetVmStatus(VmStatus.RUNNING),
                        new Effect.Report(
                                FindingKind.STUCK_OPERATION, facts.changedAt().orElse(facts.seenSince()), because)),
                facts));
    }
}
