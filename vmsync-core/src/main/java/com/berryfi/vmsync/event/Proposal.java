package com.berryfi.vmsync.event;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.ManagedVm;

/**
 * A correction that a rule in mode ALERT would have made, had it been allowed to.
 *
 * @param before the host's rows
 * @param evidence what the cloud said
 * @param decision what would be done about it, and why
 */
public record Proposal(ManagedVm before, Evidence evidence, Decision decision) {}
