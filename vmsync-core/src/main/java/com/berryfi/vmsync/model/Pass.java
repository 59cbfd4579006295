package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The last time a scope was read to its end, plausibly. It speaks for every VM in use that has no {@link Tracking} and is not
 * excepted: at this instant both sides agreed on it.
 *
 * @param scope which
 * @param at when the read was sent
 * @param except VMs of which it says nothing, for their rows were bad or what was to be remembered of them could not be written; with
 *     the last proof, from before this pass, that each ran
 * @param listed how many machines the cloud named; the measure of the next list
 */
public record Pass(Scope scope, Instant at, Map<VmId, Optional<Instant>> except, int listed) {

    /**
     * Copies the exceptions: later changes of them are not seen here.
     *
     * @param scope which
     * @param at when the read was sent
     * @param except VMs of which it says nothing, with the last proof that each ran
     * @param listed how many machines the cloud named
     */
    public Pass {
        except = Map.copyOf(except);
    }

    /**
     * A pass without exceptions.
     *
     * @param scope which scope was read
     * @param at when the read was sent
     * @param listed how many machines the cloud named
     */
    public Pass(Scope scope, Instant at, int listed) {
        this(scope, at, Map.of(), listed);
    }
}
