package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.Corrected;
import com.berryfi.vmsync.model.DriftPoint;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.ScopeOutcome;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.SyncStatus.Trend;
import com.berryfi.vmsync.model.VmOutcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How drift and its corrections went on. Held in this process's memory alone: a restart begins it anew, and what other replicas look
 * after, they tell. Immutable.
 *
 * @param points one for each full sync that looked at something, oldest first
 * @param since the corrections since the last point, by rule
 * @param recent the latest corrections, newest first
 */
record DriftHistory(List<DriftPoint> points, Map<String, Integer> since, List<Corrected> recent) {

    static final DriftHistory NONE = new DriftHistory(List.of(), Map.of(), List.of());

    /** A day of full syncs, five minutes apart. */
    static final int MOST_POINTS = 288;

    static final int MOST_RECENT = 50;

    DriftHistory {
        points = List.copyOf(points);
        since = Map.copyOf(since);
        recent = List.copyOf(recent);
    }

    /** After a cycle; a quick one that corrected nothing changes nothing. */
    DriftHistory after(SyncReport report) {
        Map<String, Integer> outOfStep = new HashMap<>();
        Map<String, Integer> corrected = new HashMap<>();
        Deque<Corrected> newest = new ArrayDeque<>();
        for (VmOutcome each : report.outcomes()) {
            String rule = each.decision().rule();
            if (isCorrection(each)) {
                corrected.merge(rule, 1, Integer::sum);
                newest.addFirst(corrected(each, report));
                if (newest.size() > MOST_RECENT) {
                    newest.removeLast();
                }
            }
            if (isOutOfStep(each)) {
                outOfStep.merge(rule, 1, Integer::sum);
            }
        }
        boolean point = report.kind() == SyncKind.FULL && report.checked() > 0;
        if (!point && corrected.isEmpty()) {
            return this;
        }
        since.forEach((rule, count) -> corrected.merge(rule, count, Integer::sum));
        return new DriftHistory(
                point ? and(point(report, outOfStep, corrected)) : points,
                point ? Map.of() : corrected,
                newest.isEmpty() ? recent : before(newest));
    }

    Trend trend() {
        return new Trend(points, recent);
    }

    private static boolean isCorrection(VmOutcome outcome) {
        return outcome.result() == VmOutcome.Result.DONE && outcome.decision().changesAnything();
    }

    /** What was corrected is in step, unless more is to come of it or people are told of it. */
    private static boolean isOutOfStep(VmOutcome outcome) {
        return !isCorrection(outcome)
                || outcome.decision().held().isPresent()
                || outcome.decision().effects().stream().anyMatch(Effect.Report.class::isInstance);
    }

    private static Corrected corrected(VmOutcome outcome, SyncReport report) {
        return new Corrected(
                report.endedAt(),
                outcome.before().id(),
                outcome.before().sessionId(),
                outcome.before().vm().scope(),
                outcome.decision().rule(),
                outcome.decision().because(),
                outcome.decision().effects());
    }

    private static DriftPoint point(SyncReport report, Map<String, Integer> outOfStep, Map<String, Integer> corrected) {
        return new DriftPoint(
                report.endedAt(),
                report.checked(),
                report.scopes().stream().mapToInt(ScopeOutcome::unknown).sum(),
                outOfStep,
                corrected);
    }

    private List<DriftPoint> and(DriftPoint point) {
        List<DriftPoint> next = new ArrayList<>(points);
        next.add(point);
        return next.subList(Math.max(0, next.size() - MOST_POINTS), next.size());
    }

    private List<Corrected> before(Deque<Corrected> newest) {
        List<Corrected> next = new ArrayList<>(newest);
        next.addAll(recent);
        return next.subList(0, Math.min(MOST_RECENT, next.size()));
    }
}
