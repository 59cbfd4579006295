package com.berryfi.vmsync;

import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.rule.RuleBook;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What every synchronisation of one {@link VmSync} shares. */
record SyncContext(
        SyncSettings settings,
        RuleBook rules,
        InstantSource clock,
        SessionStore store,
        CloudReader cloud,
        Listeners listeners,
        Sightings sightings,
        Memories memories,
        BooleanSupplier closing) {

    /** The present, as precise as every database keeps it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The pass that speaks for a scope: the last one, until this process has made one of its own and knows better by itself. */
    Optional<Pass> speakingPass(Scope scope) {
        return sightings.hasPassed(scope) ? Optional.empty() : memories.lastPass(scope);
    }

    /** Judges a case and notes what was learned of its machine. */
    VmCase.Judged judge(VmCase vmCase, Evidence evidence, Optional<Pass> pass) {
        VmCase.Judged verdict = vmCase.judge(evidence, pass, now(), settings.policy(), rules);
        sightings.noteProof(verdict.facts());
        return verdict;
    }
}
