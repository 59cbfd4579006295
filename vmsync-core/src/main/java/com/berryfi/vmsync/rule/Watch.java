package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Usage;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A machine that costs money and serves nobody: lawful for a while, a finding after, and in the end, on demand, given back. */
final class Watch {

    private Watch() {}

    /** Whether a machine runs, or is stopped and still billed by the cloud, without a session, and no other rule mends its status. */
    static boolean isOrphan(Facts facts) {
        boolean stays = facts.statusAgrees() || facts.believed().isAllocation() || facts.isHostError();
        return facts.usage() == Usage.NONE && stays && (facts.isRunning() || facts.power() == PowerState.STOPPED);
    }

    static Decision past(Facts facts, String rule, String what) {
        Instant until = facts.seenSince().plus(facts.policy().stopTimeout());
        String because = "the VM " + what + " since " + facts.seenSince() + ", believed " + facts.believed();
        return facts.now().isBefore(until)
                ? Decision.nothing(rule, because)
                : Decision.act(rule, because, List.of(report(facts, because)));
    }

    static Effect report(Facts facts, String because) {
        return new Effect.Report(
                facts.isRunning() ? FindingKind.ORPHAN : FindingKind.STOPPED_STILL_BILLED, facts.seenSince(), because);
    }

    /** Whether an orphan may be given back: the host asks for it, its time is over, and the rows say that nobody has a claim. */
    static boolean isQuarantineOver(Facts facts) {
        boolean unclaimed = facts.rowsAgree()
                && (facts.believed() == VmStatus.AVAILABLE
                        || facts.believed() == VmStatus.RUNNING
                        || facts.believed() == VmStatus.STOPPED);
        Instant due = facts.seenSince()
                .plus(facts.policy().stopTimeout())
                .plus(facts.policy().quarantine().orElse(Duration.ZERO));
        return unclaimed
                && facts.policy().quarantine().isPresent()
                && !facts.now().isBefore(due);
    }
}
