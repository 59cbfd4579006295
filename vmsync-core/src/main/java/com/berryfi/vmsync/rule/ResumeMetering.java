package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Usage;
import com.berryfi.vmsync.model.VmStatus;
import java.util.List;
import java.util.Optional;

/** A session that was suspended, and whose VM runs, is billed again. */
final class ResumeMetering implements Rule {

    private static final String ID = "resume-metering";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String sentence() {
        return "A session that was suspended, and whose VM runs, is billed again.";
    }

    @Override
    public Optional<Decision> decide(Facts facts) {
        boolean settled = facts.believed() == VmStatus.RUNNING || facts.isHostError();
        if (facts.usage() != Usage.IN_USE || !facts.isRunning() || !settled || !facts.isInterrupted()) {
            return Optional.empty();
        }
        return Optional.of(Bill.resumingIfInterrupted(ID, "the VM runs again", List.of(), facts));
    }
}
