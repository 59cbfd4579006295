package com.berryfi.vmsync.model;

import java.time.Duration;
import java.time.Instant;

/**
 * One cycle in figures.
 *
 * @param cycle its name in logs and audit
 * @param startedAt when it began
 * @param endedAt when it ended
 * @param checked how many VMs were looked at
 * @param inStep of how many both sides agree
 * @param unknown of how many the cloud said nothing
 * @param corrected how many corrections were made
 * @param proposed how many would have been made, were it not for the dry run or the rule's mode
 * @param held how many VMs wait for something, and nothing was done meanwhile
 * @param failed how many corrections the database refused, or that failed
 * @param scopes how many scopes were read
 * @param unreadable how many of these not to the end
 * @param elsewhere how many more were left to other replicas
 * @param directReads how many VMs were read directly
 * @param badRows how many rows could not be worked with
 * @param billingDelivered how many billing instructions were delivered
 * @param billingWaiting how many could not be
 */
public record CycleFigures(
        String cycle,
        Instant startedAt,
        Instant endedAt,
        int checked,
        int inStep,
        int unknown,
        long corrected,
        long proposed,
        long held,
        long failed,
        int scopes,
        long unreadable,
        int elsewhere,
        int directReads,
        int badRows,
        int billingDelivered,
        int billingWaiting) {

    /**
     * The figures of a report.
     *
     * @param report of which cycle
     * @return its figures, summed over all scopes
     */
    public static CycleFigures of(SyncReport report) {
        return new CycleFigures(
                report.cycle(),
                report.startedAt(),
                report.endedAt(),
                report.checked(),
                report.scopes().stream().mapToInt(ScopeOutcome::inStep).sum(),
                report.scopes().stream().mapToInt(ScopeOutcome::unknown).sum(),
                report.count(VmOutcome.Result.DONE),
                report.count(VmOutcome.Result.WOULD_DO),
                report.count(VmOutcome.Result.HELD),
                report.count(VmOutcome.Result.REFUSED) + report.count(VmOutcome.Result.FAILED),
                report.scopes().size(),
                report.scopes().stream()
                        .filter(scope -> scope.failure().isPresent())
                        .count(),
                report.elsewhere(),
                report.scopes().stream().mapToInt(ScopeOutcome::directReads).sum(),
                report.badRows().size(),
                report.billingDelivered(),
                report.billingWaiting());
    }

    /** {@return how long it took} */
    public Duration took() {
        return Duration.between(startedAt, endedAt);
    }
}
