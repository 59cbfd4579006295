package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Usage;
import java.util.Optional;

/** A session that begins, whose VM ran for it and is off, is ended and billed to the last proof once that is confirmed. */
final class EndWhenLostBeforeUse implements Rule {

    private static final String ID = "end-when-lost-before-use";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String sentence() {
        return "A session that begins, whose VM ran for it and is off, is ended and billed to the last proof once that is"
                + " confirmed.";
    }

    @Override
    public Optional<Decision> decide(Facts facts) {
        if (facts.usage() != Usage.BEGINNING
                || !facts.power().isOff()
                || facts.provenRunningAt().isEmpty()) {
            return Optional.empty();
        }
        String because = "the VM had started and is " + facts.evidence().observation() + " since " + facts.seenSince();
        Optional<Held> unproven = Proof.ofBeingOff(facts);
        if (unproven.isPresent()) {
            return Optional.of(Decision.held(ID, because, unproven.get()));
        }
        return Optional.of(Decision.act(
                ID,
                because,
                Bill.ending(
                        facts,
                        Bill.cut(facts),
                        "Auto-terminated: VM off in Azure before the session was in use",
                        true)));
    }
}
