package com.berryfi.vmsync;

import com.berryfi.vmsync.event.BadRow;
import com.berryfi.vmsync.event.CycleBegun;
import com.berryfi.vmsync.event.CycleEnded;
import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.plan.Health;
import com.berryfi.vmsync.plan.TimeBudget;
import com.berryfi.vmsync.plan.Turns;
import com.berryfi.vmsync.port.PortException;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.port.UnavailableException;
import com.berryfi.vmsync.port.WorkCoordinator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One cycle over all scopes: each for itself, then the bill. */
final class SyncCycle {

    private static final Logger LOG = LoggerFactory.getLogger(SyncCycle.class);

    /** The scopes of a cycle: those that were synchronised, and those that are other replicas'. */
    private record Round(List<ScopeSync.Result> results, List<Scope> elsewhere) {}

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
            context.listeners().tell(listener -> listener.onCycleBegun(new CycleBegun(kind, cycle)));
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
        Round round = new Round(List.of(), List.of());
        StraySync.Found strays = StraySync.Found.NOTHING;
        try {
            watchClock();
            context.watchman().refreshOrders(context.store().journal());
            round = synchronised(kind, cycle, readsUntil, problems);
            strays = strays(kind, cycle, readsUntil, round);
            settle(round.results(), cycle);
        } catch (PortException e) {
            context.watchman().distrustAll(context.now());
            problems.add(new RowProblem(SyncReport.DATABASE, String.valueOf(e.getMessage())));
        }
        BillingDelivery.Round delivered = delivered(deadline, problems);
        return new SyncReport(
                kind,
                cycle,
                startedAt,
                context.now(),
                context.settings().dryRun(),
                Optional.empty(),
                round.results().stream().map(ScopeSync.Result::scope).toList(),
                Stream.concat(round.elsewhere().stream(), strays.elsewhere().stream())
                        .distinct()
                        .toList(),
                round.results().stream()
                        .flatMap(result -> result.outcomes().stream())
                        .toList(),
                strays.findings(),
                problems,
                delivered.delivered(),
                delivered.waiting());
    }

    /** What was noted by a clock that has jumped is worth nothing. */
    private void watchClock() {
        Duration jump = context.clockWatch().jumped();
        if (!jump.isZero()) {
            LOG.error("the clock jumped by {}: nothing is done until every scope was read whole again", jump);
            context.watchman().clockJumped(context.now());
            context.sightings().forget();
        }
    }

    /** Only a full sync that met every row knows which are gone. */
    private StraySync.Found strays(SyncKind kind, String cycle, Instant readsUntil, Round round) {
        if (kind != SyncKind.FULL) {
            return StraySync.Found.NOTHING;
        }
        Set<VmId> present = round.results().stream()
                .flatMap(result -> result.present().stream())
                .collect(Collectors.toSet());
        return new StraySync(context, cycle).run(present, readsUntil);
    }

    private void settle(List<ScopeSync.Result> results, String cycle) {
        if (context.settings().dryRun()) {
            return;
        }
        Set<SessionId> living =
                results.stream().flatMap(result -> result.living().stream()).collect(Collectors.toSet());
        context.ifOurs(
                        WorkCoordinator.SharedWork.SETTLEMENT,
                        context.settings().quickInterval(),
                        lease -> new Settlements(context).settle(living, cycle))
                .filter(closed -> closed > 0)
                .ifPresent(closed -> LOG.info("{} bills of sessions that the host has ended are closed", closed));
    }

    private Round synchronised(SyncKind kind, String cycle, Instant readsUntil, List<RowProblem> problems) {
        SessionStore.Scopes scopes = context.store()
                .scopes(kind == SyncKind.FULL ? SessionStore.Selection.ALL : SessionStore.Selection.IN_USE);
        problems.addAll(scopes.problems());
        List<Optional<ScopeSync.Result>> ended = Bulkhead.run(
                Turns.order(scopes.scopes(), failedAt, turns.incrementAndGet()),
                context.settings().credentialScopes(),
                Objects.requireNonNull(scopesExecutors.get(kind)),
                scope -> Mdc.during(cycle, scope, () -> synchronised(scope, kind, cycle, readsUntil)),
                this::rejected);
        List<ScopeSync.Result> results =
                ended.stream().flatMap(Optional::stream).toList();
        results.forEach(result -> problems.addAll(result.problems()));
        boolean whole =
                results.stream().noneMatch(result -> result.scope().failure().isPresent());
        List<Scope> elsewhere = new ArrayList<>(scopes.scopes());
        results.forEach(result -> elsewhere.remove(result.scope().scope()));
        if (kind == SyncKind.FULL && whole) {
            Set<VmId> present = Stream.concat(
                            scopes.problems().stream().flatMap(problem -> problem.vm().stream()),
                            results.stream().flatMap(result -> result.present().stream()))
                    .collect(Collectors.toCollection(HashSet::new));
            if (!elsewhere.isEmpty()) {
                // Of a scope that another replica reads whole, this one may read those in use.
                present.addAll(context.sightings()
                        .readSince(context.now()
                                .minus(Health.threeTimes(context.settings().fullInterval()))));
            }
            context.sightings().retain(present);
        }
        return new Round(results, elsewhere);
    }

    private Optional<ScopeSync.Result> rejected(Scope scope, Throwable why) {
        if (context.closing().getAsBoolean()) {
            return Optional.of(ScopeSync.Result.failed(scope, UnknownCause.NOT_REACHED, "closing"));
        }
        LOG.error("scope {} could not be synchronised: its executor takes no task: {}", scope, Trouble.of(why));
        return Optional.of(ScopeSync.Result.failed(scope, UnknownCause.NOT_REACHED, "the executor takes no task"));
    }

    /** One scope's trouble is its own, whatever it is. */
    private Optional<ScopeSync.Result> synchronised(Scope scope, SyncKind kind, String cycle, Instant readsUntil) {
        Optional<ScopeSync.Result> result = attempted(scope, kind, cycle, readsUntil);
        result.ifPresent(own -> noteFailure(scope, own));
        return result;
    }

    private void noteFailure(Scope scope, ScopeSync.Result result) {
        boolean reached = result.scope()
                .failure()
                .map(failure -> failure.cause() != UnknownCause.NOT_REACHED)
                .orElse(true);
        if (reached && result.scope().failure().isPresent()) {
            failedAt.put(scope, context.now());
        } else if (reached) {
            failedAt.remove(scope);
        }
    }

    /** Empty if the scope is another replica's. */
    private Optional<ScopeSync.Result> attempted(Scope scope, SyncKind kind, String cycle, Instant readsUntil) {
        if (context.closing().getAsBoolean()) {
            return Optional.of(ScopeSync.Result.failed(scope, UnknownCause.NOT_REACHED, "closing"));
        }
        try {
            return context.ifOurs(
                    new WorkCoordinator.ScopeWork(scope, kind),
                    context.settings().interval(kind),
                    lease -> new ScopeSync(context, scope, kind, cycle, readsUntil).run());
        } catch (PortException e) {
            LOG.warn("scope {} could not be synchronised: {}", scope, e.getMessage());
            boolean down = e instanceof UnavailableException;
            if (down) {
                context.watchman().distrustAll(context.now());
            }
            return Optional.of(ScopeSync.Result.failed(
                    scope, down ? UnknownCause.DATABASE : UnknownCause.OTHER, String.valueOf(e.getMessage())));
        } catch (RuntimeException | Error e) {
            LOG.error("scope {} could not be synchronised: {}", scope, Trouble.of(e));
            return Optional.of(ScopeSync.Result.failed(
                    scope, UnknownCause.OTHER, e.getClass().getName()));
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
            problems.add(new RowProblem(SyncReport.BILLING, String.valueOf(e.getMessage())));
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
