package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.View;
import com.berryfi.vmsync.model.Alert;
import com.berryfi.vmsync.model.ScopeStatus;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncStatus;
import com.berryfi.vmsync.model.UnknownCause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A status and the alerts that stand by it, as figures.
 *
 * @param status as of when it was taken
 * @param alerts that stand
 */
record Snapshot(SyncStatus status, List<Alert> alerts) {

    static Snapshot of(View view) {
        return new Snapshot(view.status(), view.alerts());
    }

    double acting() {
        return status.enabled() && !status.dryRun() && status.startedAt().isPresent() ? 1 : 0;
    }

    double missedDeadline(SyncKind kind) {
        return status.loop(kind).missed().isPresent() ? 1 : 0;
    }

    /** Since the last cycle ended or, before the first, since the start. */
    double secondsSinceCycle(SyncKind kind) {
        return secondsSince(status.loop(kind).last().map(last -> last.endedAt()).or(status::startedAt));
    }

    double secondsUnverified() {
        return secondsSince(status.oldestUnverified().map(oldest -> oldest.since()));
    }

    double secondsWaiting() {
        return secondsSince(status.billing().waitingSince());
    }

    private double secondsSince(Optional<Instant> since) {
        return since.map(begin -> Duration.between(begin, status.asOf()).toMillis() / 1000.0)
                .map(seconds -> Math.max(0, seconds))
                .orElse(0.0);
    }

    double liveSessions() {
        return status.scopes().stream().mapToInt(ScopeStatus::live).sum();
    }

    double braked() {
        return status.scopes().stream()
                .flatMap(scope -> scope.braked().stream())
                .mapToInt(ScopeStatus.Braked::count)
                .sum();
    }

    double frozenScopes() {
        return status.scopes().stream()
                .filter(scope -> scope.frozen().isPresent())
                .count();
    }

    double unreadableScopes(UnknownCause cause) {
        return status.scopes().stream()
                .flatMap(scope -> scope.unreadable().stream())
                .filter(failure -> failure.cause() == cause)
                .count();
    }

    double alerts(Alert.Kind kind, Alert.Level level) {
        return alerts.stream()
                .filter(alert -> alert.kind() == kind && alert.level() == level)
                .count();
    }

    double badRows() {
        return status.badRows().map(bad -> bad.rows().size()).orElse(0);
    }

    double cyclesLost() {
        return status.database().map(SyncStatus.Lost::times).orElse(0);
    }

    /** What the scope with the least has left of a limit; not a number if none has told. */
    double quotaLeft(String limit) {
        return status.scopes().stream()
                .flatMap(scope -> Optional.ofNullable(scope.quotaLeft().get(limit)).stream())
                .mapToDouble(Long::doubleValue)
                .min()
                .orElse(Double.NaN);
    }
}
