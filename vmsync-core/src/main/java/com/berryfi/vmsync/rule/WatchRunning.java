package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Facts;
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
        if (!Watch.isOrphan(facts) || !facts.isRunning() || Watch.isQuarantineOver(facts)) {
            return Optional.empty();
        }
        return Optional.of(Watch.past(facts, ID, "runs without a session"));
    }
}
