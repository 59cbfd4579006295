package com.berryfi.vmsync;

import com.berryfi.vmsync.event.BadRow;
import com.berryfi.vmsync.event.CycleEnded;
import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.port.PortException;
import com.berryfi.vmsync.port.SessionStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One cycle over all scopes: each for itself, then the bill. */
final class SyncCycle {

    private static final Logger LOG = LoggerFactory.getLogger(SyncCycle.class);

    private final SyncContext context;
    private final Executor scopesExecutor;
    private final BillingDelivery billing;

    SyncCycle(SyncContext context, Executor scopesExecutor, BillingDelivery billing) {
        this.context = context;
        this.scopesExecutor = scopesExecutor;
        this.billing = billing;
    }

    SyncReport run(SyncKind kind, String cycle) {
        return Mdc.during(cycle, () -> {
            Instant startedAt = context.now();
            Instant deadline = startedAt.plus(context.settings().interval(kind));
            List<RowProblem> problems = new ArrayList<>();
            List<ScopeSync.Result> results = synchronised(kind, cycle, deadline, problems);
            BillingDelivery.Round round = delivered(problems);
            SyncReport report = new SyncReport(
                    kind,
                    cycle,
                    startedAt,
                    context.now(),
                    context.settings().dryRun(),
                    Optional.empty(),
                    results.stream().map(ScopeSync.Result::scope).toList(),
                    results.stream()
                            .flatMap(result -> result.outcomes().stream())
                            .toList(),
                    problems,
                    round.delivered(),
                    round.waiting());
            tell(report);
            return report;
        });
    }

    private List<ScopeSync.Result> synchronised(
            SyncKind kind, String cycle, Instant deadline, List<RowProblem> problems) {
        SessionStore.Scopes scopes;
        try {
            scopes = context.store()
                    .scopes(kind == SyncKind.FULL ? SessionStore.Selection.ALL : SessionStore.Selection.IN_USE);
        } catch (PortException e) {
            problems.add(new RowProblem("database", String.valueOf(e.getMessage())));
            return List.of();
        }
        problems.addAll(scopes.problems());
        List<CompletableFuture<ScopeSync.Result>> running = scopes.scopes().stream()
                .map(scope -> CompletableFuture.supplyAsync(
                        () -> Mdc.during(cycle, scope, () -> synchronised(scope, kind, cycle, deadline)),
                        scopesExecutor))
                .toList();
        List<ScopeSync.Result> results =
                running.stream().map(CompletableFuture::join).toList();
        results.forEach(result -> problems.addAll(result.problems()));
        return results;
    }

    /** One scope's trouble is its own. */
    private ScopeSync.Result synchronised(Scope scope, SyncKind kind, String cycle, Instant deadline) {
        if (context.closing().getAsBoolean()) {
            return ScopeSync.Result.failed(scope, UnknownCause.NOT_REACHED, "closing");
        }
        try {
            return new ScopeSync(context, scope, kind, cycle, deadline).run();
        } catch (PortException e) {
            LOG.warn("scope {} could not be synchronised: {}", scope, e.getMessage());
            return ScopeSync.Result.failed(scope, UnknownCause.OTHER, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("scope {} could not be synchronised", scope, e);
            return ScopeSync.Result.failed(
                    scope, UnknownCause.OTHER, e.getClass().getName());
        }
    }

    private BillingDelivery.Round delivered(List<RowProblem> problems) {
        if (context.settings().dryRun()) {
            return BillingDelivery.Round.NONE;
        }
        try {
            return billing.deliver();
        } catch (PortException e) {
            problems.add(new RowProblem("billing", String.valueOf(e.getMessage())));
            return BillingDelivery.Round.NONE;
        }
    }

    private void tell(SyncReport report) {
        report.problems()
                .forEach(problem -> context.listeners().tell(listener -> listener.onBadRow(new BadRow(problem))));
        if (report.isNoteworthy()) {
            LOG.info(
                    "{} sync {}: {} VMs checked, {} corrected, {} held, {} failed, {} bad rows, {} of {} scopes unreadable,"
                            + " {} billing instructions delivered, {} waiting",
                    report.kind(),
                    report.cycle(),
                    report.checked(),
                    report.count(VmOutcome.Result.DONE),
                    report.count(VmOutcome.Result.HELD),
                    report.count(VmOutcome.Result.FAILED) + report.count(VmOutcome.Result.REFUSED),
                    report.problems().size(),
                    report.scopes().stream()
                            .filter(scope -> scope.failure().isPresent())
                            .count(),
                    report.scopes().size(),
                    report.billingDelivered(),
                    report.billingWaiting());
        }
        context.listeners().tell(listener -> listener.onCycle(new CycleEnded(report)));
    }
}
