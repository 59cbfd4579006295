package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Held;
import java.util.List;
import java.util.Optional;

/** An orphan that was reported long enough is given back to the cloud, where the host asks for it. */
final class DeallocateOrphan implements Rule {

    private static final String ID = "deallocate-orphan";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String sentence() {
        return "An orphan that was reported long enough is given back to the cloud, where the host asks for it.";
    }

    @Override
    public Optional<Decision> decide(Facts facts) {
        if (!Watch.isOrphan(facts) || !Watch.isQuarantineOver(facts)) {
            return Optional.empty();
        }
        String because = "the VM is " + facts.evidence().observation() + " without a session since " + facts.seenSince()
                + ", believed " + facts.believed();
        List<Effect> told = List.of(Watch.report(facts, because));
        if (facts.isFenced()) {
            Held fence = new Held(Held.Reason.FENCE, facts.fenceUntil(), Held.ReleasedBy.TIME);
            return Optional.of(new Decision(ID, because, told, Optional.of(fence)));
        }
        if (!facts.evidence().isDirect()) {
            return Optional.of(
                    new Decision(ID, because, told, Optional.of(Proof.byDirectRead(Held.Reason.QUARANTINE))));
        }
        return Optional.of(
                Decision.act(ID, because, List.of(told.get(0), new Effect.Deallocate("Auto-deallocated: orphan"))));
    }
}
