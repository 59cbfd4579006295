package com.berryfi.vmsync.port;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Scope;
import java.time.Duration;
import java.util.Optional;

/**
 * Changes the power of VMs in a cloud; used for orphans alone, and only by hosts that ask for it. Thread-safe. It tries once and
 * returns within {@code atMost}, or soon after.
 */
@FunctionalInterface
public interface VmPowerPort {

    /**
     * Asks the cloud to deallocate a machine. Returning means that it was accepted, or that the machine was off already; whether it
     * comes true is seen by the next reads. Safe to repeat.
     *
     * @param scope with which credential, in which subscription
     * @param address which machine
     * @param atMost how long the call may take
     * @return the cloud's own id of the operation that it has begun, for its support; empty if there was nothing to do, or it gave none
     * @throws UnavailableException if it should be tried again later
     * @throws RejectedException if the cloud refuses
     */
    Optional<String> deallocate(Scope scope, CloudAddress address, Duration atMost);
}
