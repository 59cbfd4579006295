package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingStatus;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.ScopeOutcome;
import com.berryfi.vmsync.model.Standing;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.SyncStatus;
import com.berryfi.vmsync.model.SyncStatus.BadRows;
import com.berryfi.vmsync.model.SyncStatus.Lost;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.model.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the reports of a process come to, one after another: out of it a status is made for any instant. Immutable.
 *
 * @param enabled whether anything is done at all
 * @param dryRun whether nothing is written
 * @param loops an entry for QUICK and for FULL
 * @param scopes those that were met, other replicas' included
 * @param badRows rows that cannot be worked with
 * @param billing how deliveries fare
 * @param database how our own database fails
 * @param history how drift went on
 */
public record Picture(
        boolean enabled,
        boolean dryRun,
        Map<SyncKind, LoopPicture> loops,
        Map<Scope, ScopePicture> scopes,
        Optional<BadRows> badRows,
        BillingStatus billing,
        Optional<Lost> database,
        DriftHistory history) {

    private static final Comparator<Wait> WAITS = Comparator.comparing(
                    (Wait wait) -> wait.session().isEmpty())
            .thenComparing(Wait::since)
            .thenComparing(wait -> wait.vm().value());

    public Picture {
        loops = Map.copyOf(loops);
        scopes = Map.copyOf(scopes);
    }

    /** Of a process that has done nothing yet. */
    public static Picture blank(boolean enabled, boolean dryRun, Duration quick, Duration full) {
        return new Picture(
                enabled,
                dryRun,
                Map.of(SyncKind.QUICK, LoopPicture.blank(quick), SyncKind.FULL, LoopPicture.blank(full)),
                Map.of(),
                Optional.empty(),
                BillingStatus.NOTHING,
                Optional.empty(),
                DriftHistory.NONE);
    }

    /** After a loop was started. */
    public Picture started(SyncKind kind, Instant at, Cadence slots) {
        return with(kind, loop(kind).started(at, slots));
    }

    /** After a cycle; one that was skipped changes nothing. */
    public Picture after(SyncReport report) {
        if (report.skipped().isPresent()) {
            return this;
        }
        Picture told = with(report.kind(), loop(report.kind()).after(report));
        return new Picture(
                enabled,
                dryRun,
                told.loops,
                scopesAfter(report),
                badRowsAfter(report),
                billing,
                lostAfter(report),
                history.after(report));
    }

    /**
     * After a look at the billing instructions that wait.
     *
     * @param waiting how many; empty if another replica delivers
     * @param parked those that are parked
     */
    public Picture billed(Instant at, Optional<Integer> waiting, List<BillingInstruction> parked) {
        BillingStatus next = waiting.map(count -> new BillingStatus(
                        false,
                        count,
                        since(count > 0, billing.waitingSince(), at),
                        since(!parked.isEmpty(), billing.parkedSince(), at),
                        parked))
                .orElse(BillingStatus.ELSEWHERE);
        return new Picture(enabled, dryRun, loops, scopes, badRows, next, database, history);
    }

    private static Optional<Instant> since(boolean stands, Optional<Instant> known, Instant at) {
        return stands ? known.or(() -> Optional.of(at)) : Optional.empty();
    }

    /**
     * The status that follows.
     *
     * @param knowledge how well the process knows its scopes by now
     */
    public SyncStatus status(Knowledge knowledge, Instant now) {
        Duration full = loop(SyncKind.FULL).interval();
        Map<Held.Reason, Integer> held = new EnumMap<>(Held.Reason.class);
        scopes.values().stream()
                .flatMap(ScopePicture::waits)
                .forEach(wait -> held.merge(wait.held().reason(), 1, Integer::sum));
        return new SyncStatus(
                now,
                enabled,
                dryRun,
                loop(SyncKind.QUICK).startedAt(),
                loops.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().status(now))),
                scopes.values().stream()
                        .filter(ScopePicture::isOurs)
                        .map(scope -> scope.status(knowledge, now, full))
                        .sorted(Comparator.comparing(scope -> scope.scope().toString()))
                        .toList(),
                scopes.values().stream()
                        .filter(scope -> !scope.elsewhere().isEmpty())
                        .collect(Collectors.toMap(ScopePicture::scope, ScopePicture::elsewhere)),
                held,
                scopes.values().stream()
                        .flatMap(ScopePicture::waits)
                        .sorted(WAITS)
                        .toList(),
                scopes.values().stream()
                        .flatMap(ScopePicture::findings)
                        .sorted(Comparator.comparing(Standing::since)
                                .thenComparing(finding -> finding.vm().value()))
                        .toList(),
                badRows,
                billing,
                knowledge.orders().stream()
                        .filter(order -> order.isInForce(now))
                        .toList(),
                database,
                history.trend());
    }

    private LoopPicture loop(SyncKind kind) {
        return Objects.requireNonNull(loops.get(kind), "kind: QUICK or FULL");
    }

    private Picture with(SyncKind kind, LoopPicture loop) {
        Map<SyncKind, LoopPicture> next = new EnumMap<>(loops);
        next.put(kind, loop);
        return new Picture(enabled, dryRun, next, scopes, badRows, billing, database, history);
    }

    private Map<Scope, ScopePicture> scopesAfter(SyncReport report) {
        Map<Scope, List<VmOutcome>> outcomes = report.outcomes().stream()
                .collect(Collectors.groupingBy(outcome -> outcome.before().vm().scope()));
        Map<Scope, List<Standing>> strays = report.strays().stream().collect(Collectors.groupingBy(Standing::scope));
        Map<Scope, ScopePicture> next = new HashMap<>();
        for (ScopeOutcome outcome : report.scopes()) {
            Scope scope = outcome.scope();
            next.put(
                    scope,
                    met(scope, report.endedAt())
                            .read(
                                    report,
                                    outcome,
                                    outcomes.getOrDefault(scope, List.of()),
                                    strays.getOrDefault(scope, List.of())));
        }
        for (Scope scope : report.leftToOthers()) {
            next.computeIfAbsent(scope, other -> met(other, report.endedAt()).leftToOthers(report.kind()));
        }
        Set<Scope> rest = new LinkedHashSet<>(scopes.keySet());
        rest.addAll(strays.keySet());
        rest.removeAll(next.keySet());
        for (Scope scope : rest) {
            ScopePicture known = met(scope, report.endedAt());
            // What was not looked for for want of a database is not gone.
            (report.lost().isPresent()
                            ? Optional.of(known)
                            : known.absent(report.kind(), strays.getOrDefault(scope, List.of())))
                    .ifPresent(left -> next.put(scope, left));
        }
        return next;
    }

    private ScopePicture met(Scope scope, Instant at) {
        ScopePicture known = scopes.get(scope);
        return known == null ? ScopePicture.firstMet(scope, at) : known;
    }

    private Optional<BadRows> badRowsAfter(SyncReport report) {
        Map<String, RowProblem> rows = new LinkedHashMap<>();
        if (report.kind() != SyncKind.FULL || report.lost().isPresent()) {
            badRows.ifPresent(known -> known.rows().forEach(problem -> rows.put(problem.row(), problem)));
        }
        report.badRows().forEach(problem -> rows.put(problem.row(), problem));
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new BadRows(
                        badRows.map(BadRows::since).orElse(report.endedAt()), new ArrayList<>(rows.values())));
    }

    private Optional<Lost> lostAfter(SyncReport report) {
        return report.lost()
                .map(why -> database.map(known -> new Lost(known.since(), why, known.times() + 1))
                        .orElse(new Lost(report.endedAt(), why, 1)));
    }
}
