package com.berryfi.vmsync.event;

import com.berryfi.vmsync.model.SyncKind;
import java.time.Duration;

/**
 * A cycle took longer than its interval.
 *
 * @param kind which loop
 * @param took from its slot to its end
 * @param missed how many slots went by meanwhile
 */
public record CycleOverrun(SyncKind kind, Duration took, long missed) {}
