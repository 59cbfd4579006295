package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Usage;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** While the cloud starts or stops a VM under a live session, the status follows and the session stays. */
final class FollowTransition implements Rule {

    private static final String ID = "follow-transition";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String sentence() {
        return "While the cloud starts or stops a VM under a live session, the status follows and the session stays.";
    }

    @Override
    public Optional<Decision> decide(Facts facts) {
        boolean turning = facts.power() == PowerState.STARTING || facts.power().isTurningOff();
        if (!facts.usage().isLive() || !turning) {
            return Optional.empty();
        }
        Instant until = facts.seenSince().plus(facts.policy().fence());
        boolean stuck = !facts.now().isBefore(until);
        boolean suspend = stuck && facts.usage() == Usage.IN_USE && !facts.isSuspended();
        String because = "the cloud says " + facts.evidence().observation() + " since " + facts.seenSince();
        List<Effect> effects = new ArrayList<>();
        VmStatus status = facts.policy().mapping().statusOf(facts.power());
        if (!facts.statusAgrees() && facts.believed() != VmStatus.ERROR && status != VmStatus.UNKNOWN) {
            effects.add(new Effect.SetVmStatus(status));
        }
        if (stuck) {
            effects.add(new Effect.Report(FindingKind.STUCK_OPERATION, facts.seenSince(), because));
        }
        if (suspend && facts.evidence().isDirect()) {
            effects.add(Bill.suspension(facts, "VM neither runs nor stops in Azure"));
        }
        Held held = suspend && !facts.evidence().isDirect()
                ? Proof.byDirectRead()
                : new Held(
                        Held.Reason.TRANSITION_UNDER_WAY,
                        stuck ? Optional.empty() : Optional.of(until),
                        Held.ReleasedBy.CLOUD);
        return Optional.of(new Decision(ID, because, effects, Optional.of(held)));
    }
}
