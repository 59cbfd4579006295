package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Usage;
import com.berryfi.vmsync.model.VmStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Without a live session, a status that speaks of power follows the cloud. */
final class FollowPower implements Rule {

    private static final String ID = "follow-power";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String sentence() {
        return "Without a live session, a status that speaks of power follows the cloud.";
    }

    @Override
    public Optional<Decision> decide(Facts facts) {
        boolean follows = !facts.believed().isAllocation()
                && facts.believed() != VmStatus.ERROR
                && facts.believed() != VmStatus.MAINTENANCE;
        if (facts.usage() != Usage.NONE || facts.isAbsent() || facts.isUnknown() || !follows || facts.statusAgrees()) {
            return Optional.empty();
        }
        VmStatus status = facts.policy().mapping().statusOf(facts.power());
        String because = "the VM is " + facts.evidence().observation() + " and believed " + facts.believed();
        if (status == VmStatus.UNKNOWN) {
            return Optional.of(Decision.nothing(ID, because + "; the mapping names no status for it"));
        }
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.SetVmStatus(status));
        if (facts.believed().isTransitional() && facts.changedAt().isPresent()) {
            effects.add(new Effect.Report(
                    FindingKind.STUCK_OPERATION, facts.changedAt().get(), because));
        }
        return Optional.of(Decision.act(ID, because, effects));
    }
}
