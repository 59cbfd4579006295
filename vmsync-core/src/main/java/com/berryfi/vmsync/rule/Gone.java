package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Observation;
import java.util.List;

/** What is said of a machine that is not there any more. */
final class Gone {

    private Gone() {}

    static String because(Facts facts) {
        if (facts.isReplaced()) {
            return "another machine answers under the VM's address since " + facts.seenSince();
        }
        return facts.evidence().observation() instanceof Observation.Missing missing
                ? "the cloud does not find the VM (" + missing.code() + ") since " + facts.seenSince()
                : "the list does not name the VM";
    }

    /** The finding, once a direct read has spoken. */
    static List<Effect> report(Facts facts) {
        if (facts.isReplaced()) {
            return List.of(new Effect.Report(FindingKind.REPLACED, facts.seenSince(), because(facts)));
        }
        return facts.evidence().observation() instanceof Observation.Missing
                ? List.of(new Effect.Report(FindingKind.MISSING, facts.seenSince(), because(facts)))
                : List.of();
    }
}
