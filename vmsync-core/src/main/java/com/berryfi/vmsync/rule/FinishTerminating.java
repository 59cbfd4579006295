package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Usage;
import com.berryfi.vmsync.model.VmStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A session the host did not finish ending is ended as of its request once its VM is off. */
final class FinishTerminating implements Rule {

    private static final String ID = "finish-terminating";
    private static final String REASON = "Auto-terminated: VM off in Azure after the end request";

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
        if (facts.usage() != Usage.TERMINATING) {
            return Optional.empty();
        }
        if (facts.isAbsent()) {
            return Optional.of(whenGone(facts));
        }
        String because =
                "the session was told to end and its VM is " + facts.evidence().observation();
        if (facts.power().isOff()) {
            Optional<Held> unproven = Proof.ofBeingOff(facts);
            if (unproven.isPresent()) {
                return Optional.of(Decision.held(ID, because, unproven.get()));
            }
            boolean cleanup = facts.power() == PowerState.DEALLOCATED;
            return Optional.of(Decision.act(ID, because, Bill.ending(facts, Bill.endRequest(facts), REASON, cleanup)));
        }
        List<Effect> effects = facts.power().isTurningOff()
                ? List.of()
                : List.of(new Effect.Report(
                        FindingKind.STUCK_STOPPING, facts.endRequestedAt().orElse(facts.seenSince()), because));
        return Optional.of(new Decision(
                ID,
                because,
                effects,
                Optional.of(new Held(Held.Reason.TRANSITION_UNDER_WAY, Optional.empty(), Held.ReleasedBy.CLOUD))));
    }

    private static Decision whenGone(Facts facts) {
        String because = "the session was told to end and " + Gone.because(facts);
        List<Effect> effects = new ArrayList<>(Gone.report(facts));
        Optional<Held> unproven = Proof.ofBeingGone(facts);
        if (unproven.isPresent()) {
            return new Decision(ID, because, effects, unproven);
        }
        effects.addAll(Bill.ending(facts, Bill.endRequest(facts), REASON, true, new Effect.ReleaseVm(VmStatus.ERROR)));
        return Decision.act(ID, because, effects);
    }
}
