package com.berryfi.vmsync.event;

import com.berryfi.vmsync.model.SyncReport;

/**
 * A cycle has ended.
 *
 * @param report what it saw and did
 */
public record CycleEnded(SyncReport report) {}
