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
 * @param leftToOthers the scopes that were left to other replicas
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
        List<Scope> leftToOthers,
        List<VmOutcome> outcomes,
        List<Standing> strays,
        List<RowProblem> problems,
        int billingDelivered,
        int billingWaiting) {

    /** What {@link #problems} names our own database by, where a host's row would stand. */
    public static final String DATABASE = "database";

    /** What {@link #problems} names the delivery of billing by, where a host's row would stand. */
    public static final String BILLING = "billing";

    /**
     * Copies the lists: later changes of them are not seen here.
     *
     * @param kind which VMs it looked at
     * @param cycle its name in logs and audit
     * @param startedAt when it began
     * @param endedAt when it ended
     * @param dryRun whether it wrote nothing
     * @param skipped why it did nothing at all; empty if it ran
     * @param scopes what it read, a record for each scope
     * @param leftToOthers the scopes that were left to other replicas
     * @param outcomes the VMs that are not in step
     * @param strays findings about machines whose rows are gone
     * @param problems rows that cannot be worked with, and what else failed
     * @param billingDelivered how many billing instructions were delivered
     * @param billingWaiting how many could not be, and are tried again
     */
    public SyncReport {
        scopes = List.copyOf(scopes);
        leftToOthers = List.copyOf(leftToOthers);
        outcomes = List.copyOf(outcomes);
        strays = List.copyOf(strays);
        problems = List.copyOf(problems);
    }

    /** {@return how many VMs were looked at, in all scopes} */
    public int checked() {
        return scopes.stream().mapToInt(ScopeOutcome::checked).sum();
    }

    /** {@return how many scopes were left to other replicas} */
    public int elsewhere() {
        return leftToOthers.size();
    }

    /** {@return the host's rows that cannot be worked with: the {@link #problems} but for those of our own database and of billing} */
    public List<RowProblem> badRows() {
        return problems.stream()
                .filter(problem ->
                        !problem.row().equals(DATABASE) && !problem.row().equals(BILLING))
                .toList();
    }

    /** {@return why our own database cost the cycle, or one of its scopes, its work; empty if it did not} */
    public Optional<String> lost() {
        return problems.stream()
                .filter(problem -> problem.row().equals(DATABASE))
                .map(RowProblem::problem)
                .findFirst()
                .or(() -> scopes.stream()
                        .flatMap(scope -> scope.failure().stream())
                        .filter(failure -> failure.cause() == UnknownCause.DATABASE)
                        .map(Observation.Unknown::detail)
                        .findFirst());
    }

    /**
     * How many decisions had a certain result.
     *
     * @param result which
     * @return of how many VMs; those in step do not count
     */
    public long count(VmOutcome.Result result) {
        return outcomes.stream().filter(outcome -> outcome.result() == result).count();
    }

    /** {@return all findings that stand, with what they have cost so far; empty if there are none} */
    public List<Standing> findings() {
        return Stream.concat(outcomes.stream().flatMap(outcome -> outcome.findings(endedAt)), strays.stream())
                .toList();
    }

    /** {@return whether something was corrected, or went wrong} */
    public boolean isNoteworthy() {
        return count(VmOutcome.Result.DONE) > 0
                || count(VmOutcome.Result.REFUSED) > 0
                || count(VmOutcome.Result.FAILED) > 0
                || problems.stream().anyMatch(problem -> problem.oddity().isEmpty())
                || billingWaiting > 0
                || scopes.stream().anyMatch(scope -> scope.failure().isPresent());
    }
}
