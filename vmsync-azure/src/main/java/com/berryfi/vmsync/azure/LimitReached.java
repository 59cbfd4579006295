package com.berryfi.vmsync.azure;

import com.berryfi.vmsync.azure.limit.ArmCall;
import java.time.Duration;

/** A call that was not sent: it would have gone over our share of a limit. */
final class LimitReached extends RuntimeException {

    private final transient Duration wait;
    private final boolean ofMachine;

    /**
     * @param wait until it may be sent
     * @param ofMachine whether it is a limit of that machine alone
     */
    LimitReached(ArmCall call, Duration wait, boolean ofMachine) {
        super("our share of Azure's limits leaves no " + call.kind() + " for " + wait.toSeconds() + " s");
        this.wait = wait;
        this.ofMachine = ofMachine;
    }

    Duration pause() {
        return wait;
    }

    boolean isOfMachine() {
        return ofMachine;
    }
}
