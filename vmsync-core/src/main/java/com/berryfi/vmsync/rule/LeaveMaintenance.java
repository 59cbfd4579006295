package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Usage;
import com.berryfi.vmsync.model.VmStatus;
import java.util.List;
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
        boolean pause =
                facts.usage() == Usage.IN_USE && facts.power().isOff() && facts.isSettled() && !facts.isSuspended();
        boolean unpause = facts.usage() == Usage.IN_USE && facts.isRunning() && facts.isSuspended();
        String because =
                "the VM is in maintenance, the cloud says " + facts.evidence().observation();
        if ((pause || unpause) && !facts.evidence().isDirect()) {
            return Optional.of(Decision.held(ID, because, Proof.byDirectRead(Held.Reason.MAINTENANCE)));
        }
        List<Effect> effects = pause
                ? List.of(Bill.suspension(facts, "VM off during maintenance"))
                : unpause ? List.of(Bill.resumption(facts, "VM runs during maintenance")) : List.of();
        return Optional.of(new Decision(
                ID,
                because,
                effects,
                Optional.of(new Held(Held.Reason.MAINTENANCE, Optional.empty(), Held.ReleasedBy.HOST))));
    }
}
