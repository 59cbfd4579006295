package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Usage;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A live session whose VM is gone from the cloud, or replaced by another, is ended by force once that is confirmed. */
final class EndWhenGone implements Rule {

    private static final String ID = "end-when-gone";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String sentence() {
        return "A live session whose VM is gone from the cloud, or replaced by another, is ended by force once that is confirmed.";
    }

    @Override
    public Optional<Decision> decide(Facts facts) {
        if (!facts.usage().isLive() || !facts.isAbsent()) {
            return Optional.empty();
        }
        String because = Gone.because(facts);
        boolean neverRan =
                facts.usage() == Usage.BEGINNING && facts.provenRunningAt().isEmpty();
        Instant grace = facts.seenSince().plus(facts.policy().startGrace());
        Optional<Held> unproven = Proof.ofBeingGone(facts)
                .or(() -> neverRan && facts.now().isBefore(grace)
                        ? Optional.of(new Held(Held.Reason.START_GRACE, Optional.of(grace), Held.ReleasedBy.TIME))
                        : Optional.empty());
        if (unproven.isPresent()) {
            return Optional.of(new Decision(ID, because, Gone.report(facts), unproven));
        }
        Instant end = Bill.cut(facts);
        String reason = "Auto-terminated: VM gone from Azure";
        Effect lost = new Effect.ReleaseVm(VmStatus.ERROR);
        List<Effect> effects = new ArrayList<>(Gone.report(facts));
        if (neverRan) {
            effects.add(new Effect.EndSession(SessionStatus.FAILED, end, reason, true));
            if (facts.metering().isPresent()) {
                effects.add(new Effect.StopMetering(end, reason));
            }
            effects.add(lost);
        } else {
            effects.addAll(Bill.ending(facts, end, reason, true, lost));
        }
        return Optional.of(Decision.act(ID, because, effects));
    }
}
