package com.berryfi.vmsync.port;

import com.berryfi.vmsync.model.BillingInstruction;

/**
 * Carries billing instructions into the host's billing.
 *
 * <p>Called after the change that caused the instruction is durable, at least once for each key, and for one session in the
 * order of its keys. It must be idempotent by {@link BillingInstruction#key()}, and safe to call for different sessions at
 * the same time. It may block; the next instructions wait for it.
 */
@FunctionalInterface
public interface BillingPort {

    /**
     * Applies an instruction. Returning means: done, or done before.
     *
     * @param instruction what to do; one whose key was applied before changes nothing
     * @throws UnavailableException if it should be tried again later
     * @throws RejectedException if it can never be applied: it is parked, the later ones of its session wait behind it, and
     *     people are told
     */
    void apply(BillingInstruction instruction);
}
