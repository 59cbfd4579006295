package com.berryfi.vmsync.testkit.arm;

import java.time.Instant;
import java.util.Optional;

/**
 * A machine's power from one change on.
 *
 * @param during the status code until the change is through; empty if there is none
 * @param after the status code from then on
 * @param since when it began to change
 * @param settledAt when the change is through
 */
record ArmPower(Optional<String> during, Optional<String> after, Instant since, Instant settledAt) {

    static ArmPower settled(Optional<String> code, Instant since) {
        return new ArmPower(code, code, since, since);
    }

    boolean isChangingAt(Instant instant) {
        return instant.isBefore(settledAt);
    }

    Optional<String> codeAt(Instant instant) {
        return isChangingAt(instant) ? during : after;
    }
}
