package com.berryfi.vmsync.event;

import com.berryfi.vmsync.model.Scope;

/**
 * A scope that could not be read, and can be again.
 *
 * @param scope which
 */
public record ReadableScope(Scope scope) {}
