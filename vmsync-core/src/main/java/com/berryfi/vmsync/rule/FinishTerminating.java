package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Usage;
import java.util.List;
import java.util.Optional;

/** A session the host did not finish ending is ended as of its request once its VM is off. */
final class FinishTerminating implements Rule {

    private static final String ID = "finish-terminating";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String sentence() {
        return "A session the host did not finish ending is ended as of its request once its VM is off.";
    }

    @Override
    public Optional<Decision> decide(Facts facts) {
        if (facts.usage() != Usage.TERMINATING || facts.isAbsent()) {
            return Optional.empty();
        }
        String because =
                "the session was told to end and its VM is " + facts.evidence().observation();
        if (facts.power().isOff()) {
            Optional<Held> unproven = Proof.ofBeingOff(facts);
            if (unproven.isPresent()) {
                return Optional.of(Decision.held(ID, because, unproven.get()));
            }
            boolean cleanup = facts.power() == PowerState.DEALLOCATED;
            return Optional.of(Decision.act(
                    ID,
                    because,
                    Bill.ending(
                            facts,
                            Bill.endRequest(facts),
                            "Auto-terminated: VM off in Azure after the end request",
                            cleanup)));
        }
        List<Effect> effects = facts.power().isTurningOff()
                ? List.of()
                : List.of(new Effect.Report(FindingKind.STUCK_STOPPING, because));
        return Optional.of(new Decision(
                ID,
                because,
                effects,
                Optional.of(new Held(Held.Reason.TRANSITION_UNDER_WAY, Optional.empty(), Held.ReleasedBy.CLOUD))));
    }
}
