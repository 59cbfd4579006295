package com.berryfi.vmsync.event;

import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Scope;

/**
 * A scope that could not be read, or not to the end. Its VMs are left as they are.
 *
 * @param scope which
 * @param failure why
 */
public record UnreadableScope(Scope scope, Observation.Unknown failure) {}
