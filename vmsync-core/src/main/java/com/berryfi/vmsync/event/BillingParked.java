package com.berryfi.vmsync.event;

import com.berryfi.vmsync.model.BillingInstruction;

/**
 * The host's billing refused an instruction for good; the later ones of its session wait behind it.
 *
 * @param instruction which
 * @param why in the billing's words
 */
public record BillingParked(BillingInstruction instruction, String why) {}
