package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.ScopeStatus.Braked;
import com.berryfi.vmsync.model.Standing;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.model.Wait;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The VMs of a scope that wait for something, or of which there is a finding.
 *
 * @param byVm what is said of each
 * @param brakedSince since when the brake holds some of them
 */
record Waiting(Map<VmId, Entry> byVm, Optional<Instant> brakedSince) {

    static final Waiting NONE = new Waiting(Map.of(), Optional.empty());

    private static final int MOST_NAMED = 20;

    /**
     * What is said of a VM.
     *
     * @param inUse whether a quick sync will look at it again
     * @param awaited what it waits for
     */
    record Entry(boolean inUse, Optional<Wait> awaited, List<Standing> findings) {

        static Entry of(VmOutcome outcome, Optional<Wait> awaited, Instant asOf) {
            boolean ended = outcome.result() == VmOutcome.Result.DONE
                    && outcome.decision().effects().stream().anyMatch(Effect.EndSession.class::isInstance);
            return new Entry(
                    isInUse(outcome) && !ended, awaited, outcome.findings(asOf).toList());
        }

        boolean saysAnything() {
            return awaited.isPresent() || !findings.isEmpty();
        }

        boolean isBraked() {
            return awaited.filter(known -> known.held().reason() == Held.Reason.BRAKE)
                    .isPresent();
        }
    }

    Waiting {
        byVm = Map.copyOf(byVm);
    }

    /**
     * After a sync.
     *
     * @param whole whether it read the scope to its end: then whoever it did not name is in step
     * @param speaksOfUse whether what it says of VMs in use counts
     * @param outcomes those that are not in step
     */
    Waiting after(SyncKind kind, boolean whole, boolean speaksOfUse, List<VmOutcome> outcomes, Instant at) {
        Map<VmId, Entry> next = new HashMap<>(byVm);
        if (whole) {
            next.values().removeIf(entry -> entry.inUse() ? speaksOfUse : kind == SyncKind.FULL);
        }
        Map<String, String> texts = new HashMap<>();
        for (VmOutcome each : outcomes) {
            if (isInUse(each) && !speaksOfUse) {
                continue;
            }
            Entry entry = Entry.of(each, wait(each, texts, at), at);
            if (entry.saysAnything()) {
                next.put(each.before().id(), entry);
            } else if (!(each.evidence().observation() instanceof Observation.Unknown)) {
                next.remove(each.before().id());
            }
        }
        return of(next, at);
    }

    /**
     * What a VM waits for; the same as it was known if nothing has changed.
     *
     * @param texts those of the VMs before it: thousands wait for the same reason, and share its words
     */
    private Optional<Wait> wait(VmOutcome outcome, Map<String, String> texts, Instant at) {
        return outcome.decision().held().map(held -> {
            String because = outcome.decision().because();
            Optional<Wait> known = Optional.ofNullable(byVm.get(outcome.before().id()))
                    .flatMap(Entry::awaited)
                    .filter(wait -> wait.held().reason() == held.reason()
                            && wait.session().equals(outcome.before().sessionId()));
            Wait wait = new Wait(
                    outcome.before().id(),
                    outcome.before().sessionId(),
                    outcome.before().vm().scope(),
                    known.map(Wait::since).orElse(at),
                    outcome.decision().rule(),
                    texts.computeIfAbsent(because, text -> text),
                    held);
            return known.filter(wait::equals).orElse(wait);
        });
    }

    /** Those in use, or those that are not. */
    Waiting only(boolean inUse) {
        Map<VmId, Entry> some = new HashMap<>(byVm);
        some.values().removeIf(entry -> entry.inUse() != inUse);
        return brakedSince.map(since -> of(some, since)).orElseGet(() -> new Waiting(some, Optional.empty()));
    }

    private Waiting of(Map<VmId, Entry> entries, Instant at) {
        boolean braked = entries.values().stream().anyMatch(Entry::isBraked);
        return new Waiting(entries, braked ? brakedSince.or(() -> Optional.of(at)) : Optional.empty());
    }

    private static boolean isInUse(VmOutcome outcome) {
        return outcome.before().session().isPresent();
    }

    Stream<Wait> waits() {
        return byVm.values().stream().flatMap(entry -> entry.awaited().stream());
    }

    Stream<Standing> findings() {
        return byVm.values().stream().flatMap(entry -> entry.findings().stream());
    }

    Optional<Braked> braked() {
        List<VmId> braked = byVm.entrySet().stream()
                .filter(entry -> entry.getValue().isBraked())
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing(VmId::value))
                .toList();
        return brakedSince.map(since -> new Braked(
                since, braked.size(), braked.stream().limit(MOST_NAMED).toList()));
    }
}
