package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Usage;
import com.berryfi.vmsync.model.VmStatus;
import java.util.ArrayList;
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
        if (!facts.usage().isLive()
                || !facts.isRunning()
                || !(believedOff(facts.believed()) || (facts.believed() == VmStatus.ERROR && facts.ourError()))) {
            return Optional.empty();
        }
        String because = "the VM runs while it is believed " + facts.believed();
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.SetVmStatus(VmStatus.RUNNING));
        if (facts.usage() != Usage.IN_USE) {
            return Optional.of(Decision.act(ID, because, effects));
        }
        if (!facts.evidence().isDirect()) {
            return Optional.of(Decision.held(ID, because, Proof.byDirectRead()));
        }
        effects.addAll(Bill.resumption(facts, Bill.RESUMED));
        return Optional.of(Decision.act(ID, because, effects));
    }

    private static boolean believedOff(VmStatus believed) {
        return believed == VmStatus.STOPPED
                || believed == VmStatus.AVAILABLE
                || believed == VmStatus.DEALLOCATED
                || believed == VmStatus.UNKNOWN;
    }
}
