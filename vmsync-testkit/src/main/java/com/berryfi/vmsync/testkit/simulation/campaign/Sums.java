package com.berryfi.vmsync.testkit.simulation.campaign;

import com.berryfi.vmsync.testkit.simulation.SeedResult;
import com.berryfi.vmsync.testkit.simulation.world.FaultKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came of many seeds together. Not thread-safe. */
final class Sums {

    /** Of so many failing seeds all is kept. */
    private static final int KEPT = 3;

    private final EnumMap<FaultKind, Long> faults = new EnumMap<>(FaultKind.class);
    private final TreeMap<String, Long> rules = new TreeMap<>();
    private final List<Failure> failures = new ArrayList<>();
    private final List<Duration> detections = new ArrayList<>();
    private long seeds;
    private long violations;
    private long sessions;
    private long ends;
    private long wrongfulEnds;
    private long lists;
    private long directs;
    private Duration billedWhileOff = Duration.ZERO;
    private Duration unbilledWhileOn = Duration.ZERO;
    private Duration billedInTruthOff = Duration.ZERO;
    private Duration unbilledInTruthOn = Duration.ZERO;
    private Duration simulated = Duration.ZERO;
    private int fewestFaults = Integer.MAX_VALUE;
    private int fewestKinds = Integer.MAX_VALUE;
    private boolean sorted = true;

    /** A seed that failed, and what is to be said of it. */
    record Failure(long seed, List<String> what) {}

    /** One more seed. */
    void add(SeedResult result) {
        seeds++;
        result.faults().forEach((kind, count) -> faults.merge(kind, (long) count, Long::sum));
        result.rules().forEach((rule, count) -> rules.merge(rule, (long) count, Long::sum));
        int injected =
                result.faults().values().stream().mapToInt(Integer::intValue).sum();
        fewestFaults = Math.min(fewestFaults, injected);
        fewestKinds = Math.min(fewestKinds, result.faults().size());
        sessions += result.sessions();
        ends += result.ends();
        wrongfulEnds += result.wrongfulEnds();
        lists += result.lists();
        directs += result.directs();
        billedWhileOff = billedWhileOff.plus(result.billedWhileOff());
        unbilledWhileOn = unbilledWhileOn.plus(result.unbilledWhileOn());
        billedInTruthOff = billedInTruthOff.plus(result.billedInTruthOff());
        unbilledInTruthOn = unbilledInTruthOn.plus(result.unbilledInTruthOn());
        simulated = simulated.plus(result.simulated());
        detections.addAll(result.detections());
        sorted = false;
        if (!result.violations().isEmpty()) {
            failed(
                    result.seed(),
                    result.violations().size(),
                    result.violations().stream().map(Object::toString).toList());
        }
    }

    /** A seed that did not come to its end. */
    void crashed(long seed, Throwable how) {
        seeds++;
        StringBuilder text = new StringBuilder("seed " + seed + " did not come to its end: " + how);
        for (StackTraceElement element : how.getStackTrace()) {
            text.append("\n    at ").append(element);
        }
        failed(seed, 1, List.of(text.toString()));
    }

    private void failed(long seed, int count, List<String> what) {
        violations += count;
        if (failures.size() < KEPT) {
            failures.add(new Failure(seed, what));
        }
    }

    /** All of the seeds that follow. */
    void add(Sums next) {
        seeds += next.seeds;
        next.faults.forEach((kind, count) -> faults.merge(kind, count, Long::sum));
        next.rules.forEach((rule, count) -> rules.merge(rule, count, Long::sum));
        fewestFaults = Math.min(fewestFaults, next.fewestFaults);
        fewestKinds = Math.min(fewestKinds, next.fewestKinds);
        violations += next.violations;
        next.failures.stream().limit(KEPT - failures.size()).forEach(failures::add);
        sessions += next.sessions;
        ends += next.ends;
        wrongfulEnds += next.wrongfulEnds;
        lists += next.lists;
        directs += next.directs;
        billedWhileOff = billedWhileOff.plus(next.billedWhileOff);
        unbilledWhileOn = unbilledWhileOn.plus(next.unbilledWhileOn);
        billedInTruthOff = billedInTruthOff.plus(next.billedInTruthOff);
        unbilledInTruthOn = unbilledInTruthOn.plus(next.unbilledInTruthOn);
        simulated = simulated.plus(next.simulated);
        detections.addAll(next.detections);
        sorted = false;
    }

    /** How long it took at most to notice, for a share of the cases; zero if there were none. */
    Duration detection(double share) {
        if (!sorted) {
            detections.sort(null);
            sorted = true;
        }
        return detections.isEmpty() ? Duration.ZERO : detections.get((int) ((detections.size() - 1) * share));
    }

    long allFaults() {
        return faults.values().stream().mapToLong(Long::longValue).sum();
    }

    long faults(FaultKind kind) {
        return faults.getOrDefault(kind, 0L);
    }

    /** How often a rule decided; by its id, those that never did left out. */
    Map<String, Long> rules() {
        return rules;
    }

    List<Failure> failures() {
        return failures;
    }

    long seeds() {
        return seeds;
    }

    long violations() {
        return violations;
    }

    long sessions() {
        return sessions;
    }

    long ends() {
        return ends;
    }

    long wrongfulEnds() {
        return wrongfulEnds;
    }

    long lists() {
        return lists;
    }

    long directs() {
        return directs;
    }

    Duration billedWhileOff() {
        return billedWhileOff;
    }

    Duration unbilledWhileOn() {
        return unbilledWhileOn;
    }

    Duration billedInTruthOff() {
        return billedInTruthOff;
    }

    Duration unbilledInTruthOn() {
        return unbilledInTruthOn;
    }

    Duration simulated() {
        return simulated;
    }

    /** How many faults the smoothest seed had. */
    int fewestFaults() {
        return fewestFaults;
    }

    /** Of how many kinds the faults of the least varied seed were. */
    int fewestKinds() {
        return fewestKinds;
    }
}
