package com.berryfi.vmsync.event;

import com.berryfi.vmsync.model.SyncKind;

/**
 * A cycle begins.
 *
 * @param kind which VMs it looks at
 * @param cycle its name in logs and audit
 */
public record CycleBegun(SyncKind kind, String cycle) {}
