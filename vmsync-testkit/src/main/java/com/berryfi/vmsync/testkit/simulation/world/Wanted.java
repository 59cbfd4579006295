package com.berryfi.vmsync.testkit.simulation.world;

import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.VmId;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Since when there has been something to read, without a break: of each VM, and of each scope, whichever of its VMs it was. Not
 * thread-safe.
 */
public final class Wanted {

    private final Map<Scope, TreeMap<VmId, Instant>> vms = new LinkedHashMap<>();
    private final Map<Scope, Instant> scopes = new HashMap<>();

    /** {@return the scopes of which there is something to read, in the order in which they first were there} */
    public List<Scope> scopes() {
        return vms.keySet().stream().filter(scopes::containsKey).toList();
    }

    /**
     * {@return since when a scope has had some VM to read; empty if it has none}
     *
     * @param scope which scope
     */
    public Optional<Instant> since(Scope scope) {
        return Optional.ofNullable(scopes.get(scope));
    }

    /**
     * {@return the VMs of a scope that are to be read, each with the instant since when it is}
     *
     * @param scope which scope
     */
    public SortedMap<VmId, Instant> vms(Scope scope) {
        return Collections.unmodifiableSortedMap(vms.getOrDefault(scope, new TreeMap<>()));
    }

    void set(VmId vm, Scope scope, boolean wanted, Instant at) {
        TreeMap<VmId, Instant> ofScope = vms.computeIfAbsent(scope, same -> new TreeMap<>());
        if (wanted) {
            ofScope.putIfAbsent(vm, at);
            scopes.putIfAbsent(scope, at);
        } else if (ofScope.remove(vm) != null && ofScope.isEmpty()) {
            scopes.remove(scope);
        }
    }
}
