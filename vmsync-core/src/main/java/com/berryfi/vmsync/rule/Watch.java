package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.FindingKind;
import java.time.Instant;
import java.util.List;

/** A state that is lawful for a while, and a finding after. */
final class Watch {

    private Watch() {}

    static Decision past(Facts facts, String rule, FindingKind kind, String what) {
        Instant until = facts.seenSince().plus(facts.policy().stopTimeout());
        String because = "the VM " + what + " since " + facts.seenSince() + ", believed " + facts.believed();
        return facts.now().isBefore(until)
                ? Decision.nothing(rule, because)
                : Decision.act(rule, because, List.of(new Effect.Report(kind, because)));
    }
}
