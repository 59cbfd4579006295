package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Order;
import java.util.Optional;

/** A VM under an operator's hold keeps every status; only its billing may pause. */
final class LeaveOnHold implements Rule {

    private static final String ID = "leave-on-hold";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String sentence() {
        return "A VM under an operator's hold keeps every status; only its billing may pause.";
    }

    @Override
    public Optional<Decision> decide(Facts facts) {
        if (facts.hold().isEmpty()) {
            return Optional.empty();
        }
        Order hold = facts.hold().get();
        String because = "an operator holds the VM: " + hold.reason() + "; the cloud says "
                + facts.evidence().observation();
        return Optional.of(
                Bill.pausing(ID, because, facts, new Held(Held.Reason.HOLD, hold.until(), Held.ReleasedBy.OPERATOR)));
    }
}
