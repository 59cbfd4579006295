package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.Transition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the host's hooks of what was committed; what one throws reaches neither the others nor the caller. */
final class AfterCommits {

    private static final Logger LOG = LoggerFactory.getLogger(AfterCommits.class);

    private final List<AfterCommit> hooks;

    AfterCommits(List<AfterCommit> hooks) {
        this.hooks = List.copyOf(hooks);
    }

    /** @param outcomes what became of each change, in their order */
    void tell(List<Change> changes, List<CommitOutcome> outcomes) {
        for (int i = 0; i < changes.size(); i++) {
            if (outcomes.get(i) instanceof CommitOutcome.Committed) {
                tell(changes.get(i));
            }
        }
    }

    private void tell(Change change) {
        Optional<Duration> billed = change.transition().sessionEnd().map(Transition.SessionEnd::billable);
        for (AfterCommit hook : hooks) {
            try {
                hook.committed(change, billed);
            } catch (RuntimeException | Error e) {
                LOG.error(
                        "the hook {} threw {} after a change of VM {}",
                        hook.getClass().getName(),
                        e.getClass().getName(),
                        change.expected().id());
            }
        }
    }
}
