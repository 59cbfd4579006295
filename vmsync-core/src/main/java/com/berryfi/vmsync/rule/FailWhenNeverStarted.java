package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A session whose VM does not start within its grace has failed; it was never metered. */
final class FailWhenNeverStarted implements Rule {

    private static final String ID = "fail-when-never-started";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String sentence() {
        return "A session whose VM does not start within its grace has failed; it was never metered.";
    }

    @Override
    public Optional<Decision> decide(Facts facts) {
        if (!speaksOf(facts)) {
            return Optional.empty();
        }
        String off = "the session is to begin and its VM is " + facts.evidence().observation();
        Instant until = facts.seenSince().plus(facts.policy().startGrace());
        if (facts.now().isBefore(until)) {
            return Optional.of(Decision.held(
                    ID, off, new Held(Held.Reason.START_GRACE, Optional.of(until), Held.ReleasedBy.TIME)));
        }
        Optional<Held> unproven = Proof.ofBeingOff(facts);
        if (unproven.isPresent()) {
            return Optional.of(Decision.held(ID, off + ", unconfirmed", unproven.get()));
        }
        Instant end = Bill.cut(facts);
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.EndSession(SessionStatus.FAILED, end, "Auto-failed: VM did not start in Azure", true));
        if (facts.metering().isPresent()) {
            effects.add(new Effect.StopMetering(end, "VM did not start in Azure"));
        }
        effects.add(Bill.release(facts));
        return Optional.of(Decision.act(ID, off + " since " + facts.seenSince(), effects));
    }

    /** Whether the wait is a start grace: the session begins, its machine is off and was never proven running for it. */
    static boolean speaksOf(Facts facts) {
        return facts.usage() == Usage.BEGINNING
                && facts.power().isOff()
                && facts.provenRunningAt().isEmpty();
    }
}
