package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Usage;
import java.util.Optional;

/** A session in use whose VM is deallocated is ended by force and cleaned up. */
final class EndWhenDeallocated implements Rule {

    private static final String ID = "end-when-deallocated";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String sentence() {
        return "A session in use whose VM is deallocated is ended by force and cleaned up.";
    }

    @Override
    public Optional<Decision> decide(Facts facts) {
        if (facts.usage() != Usage.IN_USE || facts.power() != PowerState.DEALLOCATED) {
            return Optional.empty();
        }
        String because = "the VM is deallocated since " + facts.seenSince();
        Optional<Held> unproven = Proof.ofBeingOff(facts);
        if (unproven.isPresent()) {
            return Optional.of(Bill.suspending(ID, because, "VM deallocated in Azure", facts, unproven));
        }
        return Optional.of(Decision.act(
                ID, because, Bill.ending(facts, Bill.cut(facts), "Auto-terminated: VM deallocated in Azure", true)));
    }
}
