package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.Set;

/**
 * The last time a scope was read to its end. It speaks for every VM in use that has no {@link Tracking} and is not excepted: at this
 * instant both sides agreed on it.
 *
 * @param scope which
 * @param at when the read was sent
 * @param except VMs of which it says nothing: their rows were bad, or what was to be remembered of them could not be written
 */
public record Pass(Scope scope, Instant at, Set<VmId> except) {

    public Pass {
        except = Set.copyOf(except);
    }

    /** A pass without exceptions. */
    public Pass(Scope scope, Instant at) {
        this(scope, at, Set.of());
    }
}
