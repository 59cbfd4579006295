package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.BillingCut;
import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.Observation;
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

    /** A machine that is off, and not proven so yet for an ending: its bill is suspended by the first direct read. */
    static Decision suspending(String rule, String because, String reason, Facts facts, Optional<Held> unproven) {
        boolean suspend = facts.evidence().isDirect() && !facts.isSuspended();
        List<Effect> effects = suspend ? List.of(suspension(facts, reason)) : List.of();
        return new Decision(rule, because, effects, unproven);
    }

    /**
     * Billed again, as of the first direct read that proves it. If the machine has run without a break since before it seemed off, it never
     * was: nothing is taken off the bill. An interruption that was not entered yet is entered with it.
     */
    static List<Effect> resumption(Facts facts, String reason) {
        Instant at = facts.metering()
                .flatMap(Metering::backAt)
                .orElse(facts.evidence().sentAt());
        if (!facts.isInterrupted()) {
            return List.of(new Effect.ResumeMetering(at, reason));
        }
        Instant from = interruptedFrom(facts);
        if (facts.evidence().observation() instanceof Observation.Seen seen
                && seen.upSince().filter(since -> !since.isAfter(from)).isPresent()) {
            return List.of(new Effect.ResumeMetering(from, reason));
        }
        Effect resume = new Effect.ResumeMetering(at, reason);
        return facts.isSuspended()
                ? List.of(resume)
                : List.of(new Effect.SuspendMetering(from, "VM was off in Azure"), resume);
    }

    /** A decision whose bill, if it was interrupted, is resumed with it; that takes a direct read. */
    static Decision resumingIfInterrupted(String rule, String because, List<Effect> effects, Facts facts) {
        if (facts.usage() != Usage.IN_USE || !facts.isInterrupted()) {
            return Decision.act(rule, because, effects);
        }
        if (!facts.evidence().isDirect()) {
            return Decision.held(rule, because, Proof.byDirectRead());
        }
        List<Effect> all = new ArrayList<>(effects);
        all.addAll(resumption(facts, RESUMED));
        return Decision.act(rule, because, all);
    }

    /** While people keep a VM to themselves, its bill alone may pause and go on. */
    static Decision pausing(String rule, String because, Facts facts, Held held) {
        boolean inUse = facts.usage() == Usage.IN_USE;
        boolean pause = inUse && facts.power().isOff() && facts.isSettled() && !facts.isSuspended();
        boolean goOn = inUse && facts.isRunning() && facts.isInterrupted();
        if ((pause || goOn) && !facts.evidence().isDirect()) {
            return Decision.held(rule, because, Proof.byDirectRead(held.reason()));
        }
        List<Effect> effects = pause
                ? List.of(suspension(facts, "VM off while it is " + held.reason()))
                : goOn ? resumption(facts, "VM runs while it is " + held.reason()) : List.of();
        return new Decision(rule, because, effects, Optional.of(held));
    }

    /** Ends the session as the host wants it, closes its bill and frees its machine. */
    static List<Effect> ending(Facts facts, Instant end, String reason, boolean cleanup) {
        return ending(facts, end, reason, cleanup, release(facts));
    }

    /** The same, with another word of what becomes of the machine. */
    static List<Effect> ending(Facts facts, Instant end, String reason, boolean cleanup, Effect release) {
        return List.of(
                new Effect.EndSession(facts.policy().endedStatus(), end, reason, cleanup),
                new Effect.StopMetering(end, reason),
                release);
    }

    /** Frees the machine; an error that the host has set stays. */
    static Effect release(Facts facts) {
        return new Effect.ReleaseVm(
                facts.isHostError() ? VmStatus.ERROR : facts.policy().freeStatus());
    }

    /**
     * The last instant that is billed when the machine is found off: the begin of the interruption that lasts, else by the host's
     * choice. Without any proof that it ran, nothing is billed.
     */
    static Instant cut(Facts facts) {
        return facts.isBack()
                ? later(found(facts), facts.metering().flatMap(Metering::backAt))
                : interruptedFrom(facts);
    }

    /** Where an interruption begins, whether it lasts or the machine is back: the gap that is open, else by the host's choice. */
    private static Instant interruptedFrom(Facts facts) {
        Optional<Instant> gap = facts.metering().flatMap(Metering::openGap).map(Gap::from);
        return gap.orElseGet(() -> facts.lapse()
                .map(lapse -> notBeforeTheBillSoFar(isFirstProofOfOff(facts) ? lapse.offAt() : lapse.ranUntil(), facts))
                .orElseGet(() -> found(facts)));
    }

    /** The host's choice, for a machine that nothing had been known against. */
    private static Instant found(Facts facts) {
        Instant chosen = isFirstProofOfOff(facts)
                ? facts.seenSince()
                : facts.provenRunningAt().or(() -> start(facts)).orElse(facts.seenSince());
        return notBeforeTheBillSoFar(chosen, facts);
    }

    private static boolean isFirstProofOfOff(Facts facts) {
        return facts.policy().cut() == BillingCut.FIRST_PROOF_OF_OFF;
    }

    /**
     * When the host asked the session to end: by its own word, else when that was first seen, but then not later than the cut. Never
     * later than the first proof that the machine was off, nor than the begin of an interruption that lasts: one that is over is a gap,
     * and what was used after it is billed.
     */
    static Instant endRequest(Facts facts) {
        boolean lasts = facts.isInterrupted() && !facts.isBack();
        Optional<Instant> interrupted = lasts ? Optional.of(cut(facts)) : Optional.empty();
        Optional<Instant> hostsWord =
                facts.managed().session().flatMap(Session::endTime).filter(end -> !end.isAfter(facts.now()));
        Instant asked =
                hostsWord.orElseGet(() -> earlier(facts.endRequestedAt().orElse(facts.seenSince()), cut(facts)));
        Instant bounded = earlier(asked, facts.seenSince());
        return interrupted
                .filter(from -> from.isBefore(bounded))
                .orElseGet(() -> notBeforeTheBillSoFar(bounded, facts));
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
