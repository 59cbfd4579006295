package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.PowerState;
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
        if (!Watch.isOrphan(facts) || facts.power() != PowerState.STOPPED || Watch.isQuarantineOver(facts)) {
            return Optional.empty();
        }
        return Optional.of(Watch.past(facts, ID, "is stopped, not deallocated, without a session"));
    }
}
