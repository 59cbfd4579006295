package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the delivery of billing instructions fares.
 *
 * @param elsewhere whether another replica delivers; then nothing more is known here
 * @param waiting how many could not be delivered, the last time
 * @param waitingSince since when some wait; empty if none does
 * @param parkedSince since when this process knows of any that are parked; empty if it knows of none
 * @param parked those that wait for an operator, oldest first, as they were when the last cycle ended
 */
public record BillingStatus(
        boolean elsewhere,
        int waiting,
        Optional<Instant> waitingSince,
        Optional<Instant> parkedSince,
        List<BillingInstruction> parked) {

    /** Of a process that has delivered nothing yet. */
    public static final BillingStatus NOTHING =
            new BillingStatus(false, 0, Optional.empty(), Optional.empty(), List.of());

    /** Of a process whose deliveries another does. */
    public static final BillingStatus ELSEWHERE =
            new BillingStatus(true, 0, Optional.empty(), Optional.empty(), List.of());

    /**
     * Copies the list: later changes of it are not seen here.
     *
     * @param elsewhere whether another replica delivers
     * @param waiting how many could not be delivered, the last time
     * @param waitingSince since when some wait; empty if none does
     * @param parkedSince since when this process knows of any that are parked; empty if it knows of none
     * @param parked those that wait for an operator, oldest first, as they were when the last cycle ended
     */
    public BillingStatus {
        parked = List.copyOf(parked);
    }
}
