package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Usage;
import java.util.Optional;

/** An error that the host has set is the host's to clear. */
final class LeaveHostError implements Rule {

    private static final String ID = "leave-host-error";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String sentence() {
        return "An error that the host has set is the host's to clear.";
    }

    @Override
    public Optional<Decision> decide(Facts facts) {
        if (!facts.isHostError() || facts.isAbsent() || facts.isUnknown()) {
            return Optional.empty();
        }
        String because =
                "the host says ERROR, the cloud says " + facts.evidence().observation();
        if (facts.usage() == Usage.NONE) {
            boolean watched = facts.isRunning() || facts.power() == PowerState.STOPPED;
            return watched ? Optional.empty() : Optional.of(Decision.nothing(ID, because));
        }
        // Both sides disagree for as long as the host leaves it so: that is said by name.
        boolean speaks = facts.usage().isLive()
                && facts.isRunning()
                && !(facts.usage() == Usage.IN_USE && facts.isInterrupted());
        return speaks
                ? Optional.of(Decision.held(
                        ID, because, new Held(Held.Reason.HOST_ERROR, Optional.empty(), Held.ReleasedBy.HOST)))
                : Optional.empty();
    }
}
