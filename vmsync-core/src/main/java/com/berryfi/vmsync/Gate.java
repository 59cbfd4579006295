package com.berryfi.vmsync;

import com.berryfi.vmsync.VmCase.Judged;
import com.berryfi.vmsync.model.BrakeKind;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Mode;
import com.berryfi.vmsync.model.Run;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.plan.Brake;
import com.berryfi.vmsync.plan.Restraint;
import com.berryfi.vmsync.port.UnavailableException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one way to an ending, a suspension or a deallocation: through the brake. Places are taken in the journal, for all replicas. */
final class Gate {

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final SyncContext context;

    Gate(SyncContext context) {
        this.context = context;
    }

    /** The same verdicts, in their order; those that must not pass are held. */
    List<Judged> pass(List<Judged> verdicts) {
        return verdicts.isEmpty()
                ? verdicts
                : pass(verdicts.get(0).vmCase().managed().vm().scope(), verdicts);
    }

    private List<Judged> pass(Scope scope, List<Judged> verdicts) {
        Instant now = context.now();
        boolean any = verdicts.stream().anyMatch(verdict -> verdict.decision().changesAnything());
        if (!any || Restraint.excuses(scope, context.watchman().orders(), now)) {
            return verdicts;
        }
        Map<VmId, Held> held = new HashMap<>();
        for (BrakeKind kind : BrakeKind.values()) {
            List<Brake.Candidate> candidates = verdicts.stream()
                    .filter(verdict -> verdict.ruling().mode() == Mode.ACT && isBraked(verdict, kind))
                    .map(verdict -> new Brake.Candidate(
                            verdict.vmCase().id(),
                            verdict.vmCase().managed().sessionId(),
                            verdict.facts().run().flatMap(Run::firstDirect)))
                    .toList();
            if (!candidates.isEmpty()) {
                held.putAll(held(scope, kind, candidates, now));
            }
        }
        return verdicts.stream()
                .map(verdict -> Optional.ofNullable(held.get(verdict.vmCase().id()))
                        .map(by -> verdict.heldBack(by, "too many at once"))
                        .orElse(verdict))
                .toList();
    }

    /** What puts back an ending of ours, or enters an interruption that is over, ends and suspends nobody. */
    private static boolean isBraked(Judged verdict, BrakeKind kind) {
        boolean over = verdict.decision().effects().stream().anyMatch(Effect.ResumeMetering.class::isInstance);
        return !verdict.facts().isOverwritten()
                && !over
                && verdict.decision().effects().stream()
                        .anyMatch(effect -> effect.brake().equals(Optional.of(kind)));
    }

    private Map<VmId, Held> held(Scope scope, BrakeKind kind, List<Brake.Candidate> candidates, Instant now) {
        Instant since = now.minus(context.settings().brake().window()).minus(Brake.AHEAD);
        try {
            Optional<Brake.Outcome> outcome = context.memories()
                    .spend(since, budget -> Brake.decide(kind, candidates, budget, measure(scope, kind), now));
            if (outcome.isPresent()) {
                return outcome.get().held();
            }
        } catch (UnavailableException e) {
            // Nobody passes, and what was seen is remembered all the same, if that can be written.
            LOG.warn("the brake's budget cannot be reached, nothing passes: {}", e.getMessage());
        }
        Held busy = new Held(Held.Reason.BRAKE, Optional.empty(), Held.ReleasedBy.TIME);
        Map<VmId, Held> all = new HashMap<>();
        candidates.forEach(candidate -> all.put(candidate.vm(), busy));
        return all;
    }

    private Brake.Measure measure(Scope scope, BrakeKind kind) {
        return new Brake.Measure(
                context.settings().brake(),
                scope,
                context.watchman().census(kind),
                context.watchman().outage(scope));
    }
}
