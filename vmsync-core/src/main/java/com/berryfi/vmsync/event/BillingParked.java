package com.berryfi.vmsync.event;

import com.berryfi.vmsync.model.BillingInstruction;

/**
 * The host's billing refused an instruction for good, or broke off too often over it; the later ones of its session wait behind it,
 * until an operator releases it: see {@link com.berryfi.vmsync.Operator#deliverAgain} and
 * {@link com.berryfi.vmsync.Operator#takeForDelivered}.
 *
 * @param instruction which
 * @param why in the billing's words
 */
public record BillingParked(BillingInstruction instruction, String why) {}
