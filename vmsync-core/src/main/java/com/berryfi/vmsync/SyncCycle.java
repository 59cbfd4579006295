package com.berryfi.vmsync;

import com.berryfi.vmsync.event.BadRow;
import com.berryfi.vmsync.event.CycleEnded;
import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Standing;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.plan.TimeBudget;
import com.berryfi.vmsync.plan.Turns;
import com.berryfi.vmsync.port.PortException;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.port.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One cycle over all scopes: each for itself, then the bill. */
final class SyncCycle {

    private static final Logger LOG = LoggerFactory.getLogger(SyncCycle.class);

    private final SyncContext context;
    private final Map<SyncKind, Executor> scopesExecutors;
    private final BillingDelivery billing;
    private final Map<Scope, Instant> failedAt = new ConcurrentHashMap<>();
    private final AtomicLong turns = new AtomicLong();
    private final Oddities oddities = new Oddities();

    SyncCycle(SyncContext context, Map<SyncKind, Executor> scopesExecutors, BillingDelivery billing) {
        this.context = context;
        this.scopesExecutors = Map.copyOf(scopesExecutors);
        this.billing = billing;
    }

    SyncReport run(SyncKind kind, String cycle) {
        return Mdc.during(cycle, () -> {
            SyncReport report = done(kind, cycle);
            tell(report);
            return report;
        });
    }

    /** What a full sync would do now; nothing is written, and nobody is told. */
    SyncReport preview(String cycle) {
        return Mdc.during(
                cycle, () -> new SyncCycle(context.forPreview(), scopesExecutors, billing).done(SyncKind.FULL, cycle));
    }

    private SyncReport done(SyncKind kind, String cycle) {
        Instant startedAt = context.now();
        Instant deadline = startedAt.plus(context.settings().interval(kind));
        List<RowProblem> problems = new ArrayList<>();
        Instant readsUntil = TimeBudget.readsUntil(startedAt, context.settings().interval(kind));
        List<ScopeSync.Result> results = List.of();
        List<Standing> strays = List.of();
        try {
            watchClock();
            context.watchman().refreshOrders(context.store().journal());
            results = synchronised(kind, cycle, readsUntil, problems);
            strays = strays(kind, cycle, readsUntil, results);
            settle(results, cycle);
        } catch (PortException e) {
            context.watchman().distrustAll();
            problems.add(new RowProblem("database", String.valueOf(e.getMessage())));
        }
        BillingDelivery.Round round = delivered(deadline, problems);
        return new SyncReport(
                kind,
                cycle,
                startedAt,
                context.now(),
                context.settings().dryRun(),
                Optional.empty(),
                results.stream().map(ScopeSync.Result::scope).toList(),
                results.stream().flatMap(result -> result.outcomes().stream()).toList(),
                strays,
                problems,
                round.delivered(),
                round.waiting());
    }

    /** What was noted by a clock that has jumped is worth nothing. */
    private void watchClock() {
        Duration jump = context.clockWatch().jumped();
        if (!jump.isZero()) {
            LOG.error("the clock jumped by {}: nothing is done until every scope was read whole again", jump);
            context.watchman().clockJumped();
            context.sightings().forget();
        }
    }

    /** Only a full sync that met every row knows which are gone. */
    private List<Standing> strays(SyncKind kind, String cycle, Instant readsUntil, List<ScopeSync.Result> results) {
        if (kind != SyncKind.FULL) {
            return List.of();
        }
        Set<VmId> present =
                results.stream().flatMap(result -> result.present().stream()).collect(Collectors.toSet());
        return new StraySync(context, cycle).run(present, readsUntil);
    }

    private void settle(List<ScopeSync.Result> results, String cycle) {
        if (context.settings().dryRun()) {
            return;
        }
        Set<SessionId> living =
                results.stream().flatMap(result -> result.living().stream()).collect(Collectors.toSet());
        new Settlements(context).settle(living, cycle);
    }

    private List<ScopeSync.Result> synchronised(
            SyncKind kind, String cycle, Instant readsUntil, List<RowProblem> problems) {
        SessionStore.Scopes scopes = context.store()
                .scopes(kind == SyncKind.FULL ? SessionStore.Selection.ALL : SessionStore.Selection.IN_USE);
        problems.addAll(scopes.problems());
        List<CompletableFuture<ScopeSync.Result>> running =
                Turns.order(scopes.scopes(), failedAt, turns.incrementAndGet()).stream()
                        .map(scope -> begun(scope, kind, cycle, readsUntil))
                        .toList();
        List<ScopeSync.Result> results =
                running.stream().map(CompletableFuture::join).toList();
        results.forEach(result -> problems.addAll(result.problems()));
        boolean whole =
                results.stream().noneMatch(result -> result.scope().failure().isPresent());
        if (kind == SyncKind.FULL && whole) {
            context.sightings()
                    .retain(Stream.concat(
                                    scopes.problems().stream().flatMap(problem -> problem.vm().stream()),
                                    results.stream().flatMap(result -> result.present().stream()))
                            .collect(Collectors.toSet()));
        }
        return results;
    }

    private CompletableFuture<ScopeSync.Result> begun(Scope scope, SyncKind kind, String cycle, Instant readsUntil) {
        try {
            return CompletableFuture.supplyAsync(
                    () -> Mdc.during(cycle, scope, () -> synchronised(scope, kind, cycle, readsUntil)),
                    Objects.requireNonNull(scopesExecutors.get(kind)));
        } catch (RejectedExecutionException e) {
            LOG.error("scope {} could not be synchronised: its executor takes no task", scope);
            return CompletableFuture.completedFuture(
                    ScopeSync.Result.failed(scope, UnknownCause.NOT_REACHED, "the executor takes no task"));
        }
    }

    /** One scope's trouble is its own, whatever it is. */
    private ScopeSync.Result synchronised(Scope scope, SyncKind kind, String cycle, Instant readsUntil) {
        ScopeSync.Result result = attempted(scope, kind, cycle, readsUntil);
        boolean reached = result.scope()
                .failure()
                .map(failure -> failure.cause() != UnknownCause.NOT_REACHED)
                .orElse(true);
        if (reached && result.scope().failure().isPresent()) {
            failedAt.put(scope, context.now());
        } else if (reached) {
            failedAt.remove(scope);
        }
        return result;
    }

    private ScopeSync.Result attempted(Scope scope, SyncKind kind, String cycle, Instant readsUntil) {
        if (context.closing().getAsBoolean()) {
            return ScopeSync.Result.failed(scope, UnknownCause.NOT_REACHED, "closing");
        }
        try {
            return new ScopeSync(context, scope, kind, cycle, readsUntil).run();
        } catch (PortException e) {
            LOG.warn("scope {} could not be synchronised: {}", scope, e.getMessage());
            if (e instanceof UnavailableException) {
                context.watchman().distrustAll();
            }
            return ScopeSync.Result.failed(scope, UnknownCause.OTHER, String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            LOG.error("scope {} could not be synchronised: {}", scope, Trouble.of(e));
            return ScopeSync.Result.failed(
                    scope, UnknownCause.OTHER, e.getClass().getName());
        }
    }

    private BillingDelivery.Round delivered(Instant deadline, List<RowProblem> problems) {
        if (context.settings().dryRun()) {
            return BillingDelivery.Round.NONE;
        }
        try {
            return billing.deliver(
                    () -> context.closing().getAsBoolean() || !context.now().isBefore(deadline));
        } catch (PortException e) {
            problems.add(new RowProblem("billing", String.valueOf(e.getMessage())));
            return BillingDelivery.Round.NONE;
        }
    }

    private void tell(SyncReport report) {
        List<RowProblem> news = oddities.news(report.problems());
        news.forEach(problem -> context.listeners().tell(listener -> listener.onBadRow(new BadRow(problem))));
        if (report.isNoteworthy() || !news.isEmpty()) {
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
