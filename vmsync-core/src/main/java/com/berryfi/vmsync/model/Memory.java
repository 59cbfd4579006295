package com.berryfi.vmsync.model;

import java.util.Optional;

/**
 * All that is remembered of one VM and its session.
 *
 * @param tracking empty if the VM is in step
 * @param metering of the present session; empty if nothing was ever said of its bill
 */
public record Memory(Optional<Tracking> tracking, Optional<Metering> metering) {

    public static final Memory EMPTY = new Memory(Optional.empty(), Optional.empty());
}
