package com.berryfi.vmsync.event;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.ManagedVm;

/**
 * A correction that is durable.
 *
 * @param before the host's rows before it
 * @param evidence what the cloud said
 * @param decision what was done about it, and why
 */
public record Correction(ManagedVm before, Evidence evidence, Decision decision) {}
