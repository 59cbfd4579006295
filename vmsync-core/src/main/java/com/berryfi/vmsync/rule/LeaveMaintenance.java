package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.VmStatus;
import java.util.Optional;

/** A VM in maintenance keeps every status; only its billing may pause. */
final class LeaveMaintenance implements Rule {

    private static final String ID = "leave-maintenance";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String sentence() {
        return "A VM in maintenance keeps every status; only its billing may pause.";
    }

    @Override
    public Optional<Decision> decide(Facts facts) {
        if (facts.believed() != VmStatus.MAINTENANCE) {
            return Optional.empty();
        }
        String because =
                "the VM is in maintenance, the cloud says " + facts.evidence().observation();
        return Optional.of(Bill.pausing(
                ID, because, facts, new Held(Held.Reason.MAINTENANCE, Optional.empty(), Held.ReleasedBy.HOST)));
    }
}
