package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.BillingCut;
import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.Usage;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** To which instants a bill is cut, and the effects that say so. */
final class Bill {

    static final String RESUMED = "Auto-resumed: VM found running in Azure";

    private Bill() {}

    static Effect suspension(Facts facts, String reason) {
        return new Effect.SuspendMetering(cut(facts), reason);
    }

    /** As of the first of the unbroken proofs that it runs, which a direct read has confirmed. */
    static Effect resumption(Facts facts, String reason) {
        return new Effect.ResumeMetering(facts.seenSince(), reason);
    }

    /** A decision whose bill, if it was suspended, is resumed with it; that takes a direct read. */
    static Decision resumingIfSuspended(String rule, String because, List<Effect> effects, Facts facts) {
        if (facts.usage() != Usage.IN_USE || !facts.isSuspended()) {
            return Decision.act(rule, because, effects);
        }
        if (!facts.evidence().isDirect()) {
            return Decision.held(rule, because, Proof.byDirectRead());
        }
        List<Effect> all = new ArrayList<>(effects);
        all.add(resumption(facts, RESUMED));
        return Decision.act(rule, because, all);
    }

    /** Ends the session as the host wants it, closes its bill and frees its machine. */
    static List<Effect> ending(Facts facts, Instant end, String reason, boolean cleanup) {
        return List.of(
                new Effect.EndSession(facts.policy().endedStatus(), end, reason, cleanup),
                new Effect.StopMetering(end, reason),
                release(facts));
    }

    /** Frees the machine; an error that the host has set stays. */
    static Effect release(Facts facts) {
        return new Effect.ReleaseVm(
                facts.believed() == VmStatus.ERROR
                        ? VmStatus.ERROR
                        : facts.policy().freeStatus());
    }

    /**
     * The last instant that is billed when the machine is found off: the begin of the gap that is already open, else by the host's
     * choice. Without any proof that it ran, nothing is billed.
     */
    static Instant cut(Facts facts) {
        Optional<Instant> gap = facts.metering().flatMap(Metering::openGap).map(Gap::from);
        if (gap.isPresent()) {
            return gap.get();
        }
        Instant chosen = facts.policy().cut() == BillingCut.FIRST_PROOF_OF_OFF
                ? facts.seenSince()
                : facts.provenRunningAt().or(() -> start(facts)).orElse(facts.seenSince());
        return notBeforeTheBillSoFar(chosen, facts);
    }

    /**
     * When the host asked the session to end: by its own word, else when that was first seen, but then not later than the cut. Never
     * later than the first proof that the machine was off, nor than the gap that is already open.
     */
    static Instant endRequest(Facts facts) {
        Optional<Instant> gap = facts.metering().flatMap(Metering::openGap).map(Gap::from);
        Optional<Instant> hostsWord =
                facts.managed().session().flatMap(Session::endTime).filter(end -> !end.isAfter(facts.now()));
        Instant asked =
                hostsWord.orElseGet(() -> earlier(facts.endRequestedAt().orElse(facts.seenSince()), cut(facts)));
        Instant bounded = earlier(asked, facts.seenSince());
        return gap.filter(from -> from.isBefore(bounded)).orElseGet(() -> notBeforeTheBillSoFar(bounded, facts));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant notBeforeTheBillSoFar(Instant instant, Facts facts) {
        List<Gap> gaps = facts.metering().map(Metering::gaps).orElse(List.of());
        Optional<Instant> lastResumed =
                gaps.isEmpty() ? Optional.empty() : gaps.get(gaps.size() - 1).to();
        return later(later(instant, start(facts)), lastResumed);
    }

    private static Instant later(Instant instant, Optional<Instant> bound) {
        return bound.filter(instant::isBefore).orElse(instant);
    }

    private static Optional<Instant> start(Facts facts) {
        return facts.managed().session().flatMap(Session::startTime);
    }
}
