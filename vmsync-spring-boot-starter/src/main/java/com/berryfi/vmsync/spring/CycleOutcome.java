package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.VmOutcome;
import java.util.List;

/** How a cycle went, in one word. */
final class CycleOutcome {

    private static final String CLEAN = "clean";
    /** A scope could not be read, or a correction failed. */
    private static final String PARTIAL = "partial";
    /** Our own database cost it, or a part of it. */
    private static final String LOST = "lost";

    static final List<String> ALL = List.of(CLEAN, PARTIAL, LOST);

    private CycleOutcome() {}

    static String of(SyncReport report) {
        if (report.lost().isPresent()) {
            return LOST;
        }
        boolean partial =
                report.scopes().stream().anyMatch(scope -> scope.failure().isPresent())
                        || report.count(VmOutcome.Result.FAILED) + report.count(VmOutcome.Result.REFUSED) > 0;
        return partial ? PARTIAL : CLEAN;
    }
}
