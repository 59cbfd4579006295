package com.berryfi.vmsync;

import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Sighting;
import com.berryfi.vmsync.model.VmId;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** How each VM's rows looked when this process last read or wrote them, and what it last knew of the machine. */
final class Sightings {

    private static final int MOST_LAST_KNOWN = 200_000;

    private final Map<VmId, Sighting> byVm = new ConcurrentHashMap<>();
    private final Cache<VmId, Evidence> lastKnown =
            Caffeine.newBuilder().maximumSize(MOST_LAST_KNOWN).build();
    private final Map<Scope, Pass> passes = new ConcurrentHashMap<>();
    private final Set<VmId> missedOnce = ConcurrentHashMap.newKeySet();
    private final Map<Scope, Map<VmId, Observation.Unknown>> twins = new ConcurrentHashMap<>();
    private final Map<VmId, Duration> waitedFor = new ConcurrentHashMap<>();

    /** Notes a read. Where this process has seen nothing yet, what is remembered in the journal counts as seen. */
    Sighting note(ManagedVm managed, Memory memory, Instant readAt) {
        Sighting sighting = byVm.compute(managed.id(), (id, known) -> {
            Optional<Sighting> before = Optional.ofNullable(known)
                    .or(() -> memory.tracking()
                            .map(row ->
                                    new Sighting(row.fingerprint(), row.changedAt(), Instant.EPOCH, Optional.empty())));
            Sighting next = Sighting.next(before, managed, readAt);
            // What is tracked knows better, and may know that it did not run.
            return memory.tracking().isPresent()
                    ? next
                    : exceptedAt(managed).map(next::provenRunning).orElse(next);
        });
        // A later reader may have been quicker; what counts here is when these rows were read.
        return new Sighting(sighting.fingerprint(), sighting.changedAt(), readAt, sighting.provenRunningAt());
    }

    /** What our own last pass kept of a VM that it left out, and that is met again. */
    private Optional<Instant> exceptedAt(ManagedVm managed) {
        return lastPass(managed.vm().scope())
                .flatMap(pass -> pass.except().getOrDefault(managed.id(), Optional.empty()));
    }

    /** Notes the last proof, by whatever way it was known, that a machine ran. */
    void noteProof(Facts facts) {
        facts.provenRunningAt()
                .ifPresent(at -> byVm.computeIfPresent(facts.managed().id(), (id, known) -> known.provenRunning(at)));
    }

    /** Notes a change of our own. */
    void noteOurs(ManagedVm after, Instant at) {
        byVm.computeIfPresent(after.id(), (id, known) -> known.afterOurs(after, at));
    }

    /** Forgets the VMs that two whole full syncs in a row did not meet; one may have missed a row that was on its way. */
    void retain(Set<VmId> present) {
        Set<VmId> gone = new HashSet<>(byVm.keySet());
        gone.removeAll(present);
        Set<VmId> twice = new HashSet<>(gone);
        twice.retainAll(missedOnce);
        byVm.keySet().removeAll(twice);
        waitedFor.keySet().removeAll(twice);
        lastKnown.invalidateAll(twice);
        missedOnce.clear();
        missedOnce.addAll(gone);
        missedOnce.removeAll(twice);
    }

    /** The VMs whose rows this process has read since an instant, in syncs of whichever kind. */
    Set<VmId> readSince(Instant since) {
        return byVm.entrySet().stream()
                .filter(known -> !known.getValue().readAt().isBefore(since))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Notes which VMs of a scope share their address with another row, and how: only a full sync sees all rows. */
    void noteTwins(Scope scope, Map<VmId, Observation.Unknown> found) {
        twins.put(scope, Map.copyOf(found));
    }

    /** How the last full sync found a VM to share its address; empty if it does not. */
    Optional<Observation.Unknown> twin(ManagedVm managed) {
        return Optional.ofNullable(
                twins.getOrDefault(managed.vm().scope(), Map.of()).get(managed.id()));
    }

    /** Notes a whole pass that this process has made: from now on its own sightings speak. */
    void notePassed(Pass pass) {
        passes.put(pass.scope(), pass);
    }

    /** The last whole pass that this process has made; empty if it has made none. */
    Optional<Pass> lastPass(Scope scope) {
        return Optional.ofNullable(passes.get(scope));
    }

    /** When a VM was last proven running, as far as this process knows. */
    Optional<Instant> provenRunningAt(VmId vm) {
        return Optional.ofNullable(byVm.get(vm)).flatMap(Sighting::provenRunningAt);
    }

    /** Notes what the cloud said of a VM; what says nothing, or was asked for earlier, takes nothing away. */
    void noteEvidence(VmId vm, Evidence evidence) {
        if (!(evidence.observation() instanceof Observation.Unknown)) {
            lastKnown.asMap().merge(vm, evidence, (one, other) -> one.sentAt().isAfter(other.sentAt()) ? one : other);
        }
    }

    /** What the cloud said of a VM last; empty if this process has not seen it, or has met too many others since. */
    Optional<Evidence> lastKnown(VmId vm) {
        return Optional.ofNullable(lastKnown.getIfPresent(vm));
    }

    /** Notes a command of our own to a machine: it is left to come true. */
    void noteCommand(VmId vm, Instant at) {
        byVm.computeIfPresent(vm, (id, known) -> known.commanded(at));
    }

    /** A copy that may go its own way. */
    Sightings copy() {
        Sightings copy = new Sightings();
        copy.byVm.putAll(byVm);
        copy.lastKnown.putAll(lastKnown.asMap());
        copy.passes.putAll(passes);
        copy.missedOnce.addAll(missedOnce);
        copy.twins.putAll(twins);
        copy.waitedFor.putAll(waitedFor);
        return copy;
    }

    /** Forgets everything: the clock that it was noted by has jumped. */
    void forget() {
        byVm.clear();
        passes.clear();
        lastKnown.invalidateAll();
    }

    /** Notes that a direct read of a VM brought an answer. */
    void noteAnswered(VmId vm) {
        waitedFor.remove(vm);
    }

    /** Notes for how long a direct read of a VM was waited for in vain. */
    void noteUnanswered(VmId vm, Duration waited) {
        waitedFor.put(vm, waited);
    }

    /** For how long a VM was last waited for in vain: who had the least time comes first the next time. Zero if it answered. */
    Duration waitedInVain(VmId vm) {
        return waitedFor.getOrDefault(vm, Duration.ZERO);
    }
}
