package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.VmStatus;
import java.util.List;
import java.util.Optional;

/** A VM that is not found changes nothing yet; people are told. */
final class AwaitMissing implements Rule {

    private static final String ID = "await-missing";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String sentence() {
        return "A VM that is not found changes nothing yet; people are told.";
    }

    @Override
    public Optional<Decision> decide(Facts facts) {
        if (!facts.isAbsent() || facts.believed() == VmStatus.MAINTENANCE) {
            return Optional.empty();
        }
        if (!(facts.evidence().observation() instanceof Observation.Missing missing)) {
            return Optional.of(
                    Decision.held(ID, "the list does not name the VM", Proof.byDirectRead(Held.Reason.MISSING)));
        }
        String because = "the cloud does not find the VM (" + missing.code() + ") since " + facts.seenSince();
        return Optional.of(new Decision(
                ID,
                because,
                List.of(new Effect.Report(FindingKind.MISSING, because)),
                Optional.of(new Held(Held.Reason.MISSING, Optional.empty(), Held.ReleasedBy.CLOUD))));
    }
}
