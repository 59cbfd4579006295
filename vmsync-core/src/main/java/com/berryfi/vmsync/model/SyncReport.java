package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one cycle saw and did.
 *
 * @param kind which VMs it looked at
 * @param cycle its name in logs and audit
 * @param startedAt when it began
 * @param endedAt when it ended
 * @param dryRun whether it wrote nothing
 * @param skipped why it did nothing at all; empty if it ran
 * @param scopes what it read, a record for each scope
 * @param elsewhere how many more scopes were left to other replicas
 * @param outcomes the VMs that are not in step
 * @param strays findings about machines whose rows are gone
 * @param problems rows that cannot be worked with, and what else failed
 * @param billingDelivered how many billing instructions were delivered
 * @param billingWaiting how many could not be, and are tried again
 */
public record SyncReport(
        SyncKind kind,
        String cycle,
        Instant startedAt,
        Instant endedAt,
        boolean dryRun,
        Optional<String> skipped,
        List<ScopeOutcome> scopes,
        int elsewhere,
        List<VmOutcome> outcomes,
        List<Standing> strays,
        List<RowProblem> problems,
        int billingDelivered,
        int billingWaiting) {

    public SyncReport {
        scopes = List.copyOf(scopes);
        outcomes = List.copyOf(outcomes);
        strays = List.copyOf(strays);
        problems = List.copyOf(problems);
    }

    /** How many VMs were looked at. */
    public int checked() {
        return scopes.stream().mapToInt(ScopeOutcome::checked).sum();
    }

    /** How many decisions had a certain result. */
    public long count(VmOutcome.Result result) {
        return outcomes.stream().filter(outcome -> outcome.result() == result).count();
    }

    /** All findings that stand, with what they have cost so far. */
    public List<Standing> findings() {
        return Stream.concat(outcomes.stream().flatMap(outcome -> outcome.findings(endedAt)), strays.stream())
                .toList();
    }

    /** Whether something was corrected, or went wrong. */
    public boolean isNoteworthy() {
        return count(VmOutcome.Result.DONE) > 0
                || count(VmOutcome.Result.REFUSED) > 0
                || count(VmOutcome.Result.FAILED) > 0
                || problems.stream().anyMatch(problem -> problem.oddity().isEmpty())
                || billingWaiting > 0
                || scopes.stream().anyMatch(scope -> scope.failure().isPresent());
    }
}
