package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Facts;
import java.time.Duration;
import java.time.Instant;

/** Whether evidence is still young enough to act on. */
public final class Freshness {

    /** The most a direct read may be old when it ends a session or moves a bill. */
    static final Duration OF_PROOF = Duration.ofSeconds(60);

    private Freshness() {}

    /**
     * Whether a decision may still be carried out. What is only remembered carries its own time and is never too old.
     *
     * @param interval of the cycle; a list older than that is overtaken by the next
     */
    public static boolean holds(Decision decision, Evidence evidence, Instant now, Duration interval) {
        if (!decision.changesAnything()) {
            return true;
        }
        Duration bound = decision.needsProof() && OF_PROOF.compareTo(interval) < 0 ? OF_PROOF : interval;
        return Duration.between(evidence.sentAt(), now).compareTo(bound) <= 0;
    }

    /**
     * Whether a decision asks for an effect that needs proof, by evidence that is none: a rule that is wrong. To put
     * back an ending that was proven takes no new proof.
     */
    public static boolean lacksProof(Decision decision, Facts facts) {
        return decision.needsProof()
                && !facts.isOverwritten()
                && (!facts.evidence().isDirect() || facts.isStale() || facts.isUnknown());
    }
}
