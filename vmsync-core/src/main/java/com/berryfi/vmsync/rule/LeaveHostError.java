package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Facts;
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
        boolean watched = facts.isRunning() || facts.power() == PowerState.STOPPED;
        boolean speaks = facts.usage() == Usage.NONE
                ? !watched
                : facts.usage().isLive()
                        && facts.isRunning()
                        && !(facts.usage() == Usage.IN_USE && facts.isInterrupted());
        return speaks
                ? Optional.of(Decision.nothing(
                        ID,
                        "the host says ERROR, the cloud says "
                                + facts.evidence().observation()))
                : Optional.empty();
    }
}
