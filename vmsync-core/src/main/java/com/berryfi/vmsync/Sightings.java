package com.berryfi.vmsync;

import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Sighting;
import com.berryfi.vmsync.model.VmId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How each VM's rows looked when this process last read or wrote them. */
final class Sightings {

    private final Map<Scope, Map<VmId, Sighting>> byScope = new ConcurrentHashMap<>();

    /** Notes a read. Where this process has seen nothing yet, what is remembered in the journal counts as seen. */
    Sighting note(ManagedVm managed, Memory memory, Instant readAt) {
        Sighting sighting = of(managed.vm().scope()).compute(managed.id(), (id, known) -> {
            Optional<Sighting> before = Optional.ofNullable(known)
                    .or(() -> memory.tracking()
                            .map(row -> new Sighting(row.fingerprint(), row.changedAt(), Instant.EPOCH)));
            return Sighting.next(before, managed, readAt);
        });
        // A later reader may have been quicker; what counts here is when these rows were read.
        return new Sighting(sighting.fingerprint(), sighting.changedAt(), readAt);
    }

    /** Notes a change of our own. */
    void noteOurs(ManagedVm after, Instant at) {
        of(after.vm().scope()).put(after.id(), Sighting.ours(after, at));
    }

    /** Forgets the VMs of a scope that are no longer there. */
    void retain(Scope scope, Set<VmId> present) {
        of(scope).keySet().retainAll(present);
    }

    private Map<VmId, Sighting> of(Scope scope) {
        return byScope.computeIfAbsent(scope, any -> new ConcurrentHashMap<>());
    }
}
