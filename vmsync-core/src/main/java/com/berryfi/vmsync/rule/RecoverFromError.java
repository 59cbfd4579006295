package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Usage;
import com.berryfi.vmsync.model.VmStatus;
import java.util.List;
import java.util.Optional;

/** A VM that we called lost, and that is found again, follows the cloud; another in its place does not. */
final class RecoverFromError implements Rule {

    private static final String ID = "recover-from-error";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String sentence() {
        return "A VM that we called lost, and that is found again, follows the cloud; another in its place does not.";
    }

    @Override
    public Optional<Decision> decide(Facts facts) {
        if (!speaksOf(facts)) {
            return Optional.empty();
        }
        if (facts.isReplaced()) {
            return Optional.of(Decision.act(ID, Gone.because(facts), Gone.report(facts)));
        }
        String because = "the VM was lost and is found " + facts.evidence().observation();
        if (!facts.evidence().isDirect()) {
            return Optional.of(Decision.held(ID, because, Proof.byDirectRead()));
        }
        VmStatus status = facts.policy().mapping().statusOf(facts.power());
        return Optional.of(
                status == VmStatus.UNKNOWN
                        ? Decision.nothing(ID, because + "; the mapping names no status for it")
                        : Decision.act(ID, because, List.of(new Effect.SetVmStatus(status))));
    }

    /** Whether a machine answers, ours or another, that we called lost and nobody uses. */
    static boolean speaksOf(Facts facts) {
        return facts.usage() == Usage.NONE
                && facts.believed() == VmStatus.ERROR
                && facts.ourError()
                && !facts.isUnknown()
                && (facts.isReplaced() || !facts.isAbsent());
    }
}
