package com.berryfi.vmsync.model;

import java.util.Optional;

/**
 * All that is remembered of one VM and its session.
 *
 * @param tracking empty if the VM is in step
 * @param metering of the present session, or of the one that the VM's row names if it has none; empty if nothing was ever said of it
 * @param identity which machine the VM's address led to; empty if that was never learned
 */
public record Memory(Optional<Tracking> tracking, Optional<Metering> metering, Optional<Identity> identity) {

    /** Nothing is remembered. */
    public static final Memory EMPTY = new Memory(Optional.empty(), Optional.empty(), Optional.empty());
}
