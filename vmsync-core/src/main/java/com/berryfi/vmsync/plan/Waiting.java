package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.ScopeStatus.Braked;
import com.berryfi.vmsync.model.Standing;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome;
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
     * @param held what it waits for
     */
    record Entry(boolean inUse, Optional<Held.Reason> held, List<Standing> findings) {

        static Entry of(VmOutcome outcome, Instant asOf) {
            boolean ended = outcome.result() == VmOutcome.Result.DONE
                    && outcome.decision().effects().stream().anyMatch(Effect.EndSession.class::isInstance);
            return new Entry(
                    isInUse(outcome) && !ended,
                    outcome.decision().held().map(Held::reason),
                    outcome.findings(asOf).toList());
        }

        boolean saysAnything() {
            return held.isPresent() || !findings.isEmpty();
        }

        boolean isBraked() {
            return held.equals(Optional.of(Held.Reason.BRAKE));
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
        for (VmOutcome each : outcomes) {
            Entry entry = Entry.of(each, at);
            if (isInUse(each) && !speaksOfUse) {
                continue;
            }
            if (entry.saysAnything()) {
                next.put(each.before().id(), entry);
            } else if (!(each.evidence().observation() instanceof Observation.Unknown)) {
                next.remove(each.before().id());
            }
        }
        return of(next, at);
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

    Stream<Held.Reason> held() {
        return byVm.values().stream().flatMap(entry -> entry.held().stream());
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
