package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Usage;
import com.berryfi.vmsync.model.VmStatus;
import java.util.List;
import java.util.Optional;

/** A VM that runs under a live session and is believed off is running; billing resumes. */
final class ResumeWhenRunning implements Rule {

    private static final String ID = "resume-when-running";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String sentence() {
        return "A VM that runs under a live session and is believed off is running; billing resumes.";
    }

    @Override
    public Optional<Decision> decide(Facts facts) {
        if (!facts.usage().isLive() || !facts.isRunning() || !believedOff(facts.believed())) {
            return Optional.empty();
        }
        String because = "the VM runs while it is believed " + facts.believed();
        Effect running = new Effect.SetVmStatus(VmStatus.RUNNING);
        if (facts.usage() != Usage.IN_USE) {
            return Optional.of(Decision.act(ID, because, List.of(running)));
        }
        return Optional.of(
                facts.evidence().isDirect()
                        ? Decision.act(ID, because, List.of(running, Bill.resumption(facts, Bill.RESUMED)))
                        : Decision.held(ID, because, Proof.byDirectRead()));
    }

    private static boolean believedOff(VmStatus believed) {
        return believed == VmStatus.STOPPED
                || believed == VmStatus.AVAILABLE
                || believed == VmStatus.DEALLOCATED
                || believed == VmStatus.UNKNOWN;
    }
}
