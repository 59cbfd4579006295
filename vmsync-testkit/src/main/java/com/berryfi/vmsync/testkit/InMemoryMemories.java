package com.berryfi.vmsync.testkit;

import com.berryfi.vmsync.model.Amendment;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.Identity;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Tracking;
import com.berryfi.vmsync.model.VmId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What an {@link InMemoryJournal} remembers of VMs, bills and machines. Not thread-safe: its owner holds the lock. */
final class InMemoryMemories {

    private final Map<VmId, Tracking> trackings = new HashMap<>();
    private final Map<SessionId, Metering> meterings = new HashMap<>();
    private final TreeMap<SessionId, Metering> openMeterings = new TreeMap<>();
    private final TreeMap<VmId, Identity> identities = new TreeMap<>();
    private final Set<VmId> spoiled = new HashSet<>();

    Memory of(ManagedVm managed) {
        return new Memory(
                Optional.ofNullable(trackings.get(managed.id())),
                managed.meteredSession().map(meterings::get),
                Optional.ofNullable(identities.get(managed.id())));
    }

    Optional<Metering> metering(SessionId session) {
        return Optional.ofNullable(meterings.get(session));
    }

    List<Metering> openMeterings() {
        return openMeterings.values().stream()
                .filter(metering -> !spoiled.contains(metering.vm()))
                .toList();
    }

    List<Identity> identities() {
        return identities.values().stream()
                .filter(identity -> !spoiled.contains(identity.vm()))
                .toList();
    }

    /** Makes the memory of a VM one that cannot be read. */
    void spoil(VmId vm) {
        spoiled.add(vm);
    }

    /** Why the memory of a VM cannot be read; empty if it can. */
    Optional<String> unreadable(VmId vm) {
        return spoiled.contains(vm) ? Optional.of("the memory of VM " + vm + " cannot be read") : Optional.empty();
    }

    /** What is remembered otherwise than a change expects; empty if nothing is. */
    Optional<String> conflict(Change change) {
        VmId vm = change.expected().id();
        Memory before = change.before();
        return tracking(vm, before)
                .or(() -> before.metering()
                        .map(Metering::session)
                        .or(change.expected()::meteredSession)
                        .flatMap(session -> metering(session, before)))
                .or(() -> identity(vm, before));
    }

    /** What is remembered otherwise than an amendment expects, of the parts that it speaks of; empty if nothing is. */
    Optional<String> conflict(Amendment amendment) {
        VmId vm = amendment.vm();
        Memory before = amendment.before();
        Memory after = amendment.after();
        return Optional.of(before)
                .filter(any -> any.tracking().or(after::tracking).isPresent())
                .flatMap(any -> tracking(vm, before))
                .or(() -> before.metering()
                        .or(after::metering)
                        .map(Metering::session)
                        .flatMap(session -> metering(session, before)))
                .or(() -> before.identity().or(after::identity).flatMap(any -> identity(vm, before)));
    }

    private Optional<String> tracking(VmId vm, Memory before) {
        return Optional.ofNullable(trackings.get(vm))
                        .map(Tracking::version)
                        .equals(before.tracking().map(Tracking::version))
                ? Optional.empty()
                : Optional.of("the tracking of VM " + vm);
    }

    private Optional<String> metering(SessionId session, Memory before) {
        return metering(session).map(Metering::version).equals(before.metering().map(Metering::version))
                ? Optional.empty()
                : Optional.of("the metering of session " + session);
    }

    private Optional<String> identity(VmId vm, Memory before) {
        return Optional.ofNullable(identities.get(vm)).equals(before.identity())
                ? Optional.empty()
                : Optional.of("the identity of VM " + vm);
    }

    /** Remembers; what was compared before is replaced or deleted. */
    void replace(VmId vm, Memory before, Memory after) {
        before.tracking().ifPresent(tracking -> trackings.remove(vm));
        after.tracking().ifPresent(tracking -> trackings.put(vm, tracking));
        before.metering().map(Metering::session).ifPresent(session -> {
            meterings.remove(session);
            openMeterings.remove(session);
        });
        after.metering().ifPresent(metering -> {
            meterings.put(metering.session(), metering);
            if (!metering.stopped()) {
                openMeterings.put(metering.session(), metering);
            }
        });
        if (!before.identity().equals(after.identity())) {
            before.identity().ifPresent(identity -> identities.remove(vm));
            after.identity().ifPresent(identity -> identities.put(vm, identity));
        }
    }
}
