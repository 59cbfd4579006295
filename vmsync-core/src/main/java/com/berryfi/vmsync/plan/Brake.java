package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.BrakeKind;
import com.berryfi.vmsync.model.BrakePolicy;
import com.berryfi.vmsync.model.Budget;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Outage;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Spending;
import com.berryfi.vmsync.model.VmId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** How many confirmed endings, suspensions or deallocations may pass in a while. */
public final class Brake {

    /**
     * One that asks to pass.
     *
     * @param session whose ending or suspension it is; empty if a VM without one is to be deallocated
     * @param provenSince since when direct reads have said so without a break; empty if they have not
     */
    public record Candidate(VmId vm, Optional<SessionId> session, Optional<Instant> provenSince) {}

    /**
     * How many there were in a scope that could go.
     *
     * @param asOf when they were counted; who went later is among them
     */
    public record Census(int count, Instant asOf) {}

    /**
     * What a scope's candidates are measured by.
     *
     * @param census of all scopes that are known
     * @param outage the scope's last one: after it, the share grows from nothing to its whole over the window
     */
    public record Measure(BrakePolicy policy, Scope scope, Map<Scope, Census> census, Optional<Outage> outage) {}

    /**
     * Who passes and who does not.
     *
     * @param spent the places that those who pass take, or take anew
     * @param held who does not pass, and for how long
     */
    public record Outcome(List<Spending> spent, Map<VmId, Held> held) {}

    /** By how much a place is taken, at most, before what it was taken for is durable. */
    public static final Duration AHEAD = Freshness.OF_PROOF;

    /** For whom a place is: for a session, or for a VM without one. */
    private record Taker(VmId vm, Optional<SessionId> session) {}

    private Brake() {}

    /**
     * Decides. Those that were proven for the release time pass, and count for nobody. Who has a place keeps it, and takes it anew: it
     * may not have come to what it took it for, and counts as of when it does.
     */
    public static Outcome decide(
            BrakeKind kind, List<Candidate> candidates, Budget budget, Measure measure, Instant now) {
        Instant since = now.minus(measure.policy().window()).minus(AHEAD);
        Map<Taker, Spending> recent = places(budget, kind, since);
        List<Candidate> unreleased = candidates.stream()
                .filter(each -> !isReleased(each, measure.policy(), now))
                .toList();
        List<Candidate> asking = unreleased.stream()
                .filter(each -> place(each, recent).isEmpty())
                .toList();
        Scope scope = measure.scope();
        List<Spending> inScope = recent.values().stream()
                .filter(each -> each.scope().equals(scope))
                .toList();
        int room = Math.min(
                room(
                        inScope,
                        measure.census().containsKey(scope) ? Set.of(scope) : Set.of(),
                        measure,
                        now,
                        asking.size()),
                room(recent.values(), measure.census().keySet(), measure, now, asking.size()));
        List<Spending> spent = new ArrayList<>();
        Map<VmId, Held> held = new HashMap<>();
        for (Candidate each : unreleased) {
            if (place(each, recent).filter(taken -> taken.at().isBefore(now)).isPresent()) {
                spent.add(new Spending(kind, scope, each.vm(), each.session(), now));
            }
        }
        int passing = 0;
        for (Candidate each : asking) {
            if (passing < room) {
                passing++;
                spent.add(new Spending(kind, scope, each.vm(), each.session(), now));
            } else {
                Optional<Instant> release =
                        each.provenSince().map(at -> at.plus(measure.policy().release()));
                held.put(each.vm(), new Held(Held.Reason.BRAKE, release, Held.ReleasedBy.TIME));
            }
        }
        return new Outcome(spent, held);
    }

    /** The places that are taken; of one that was taken anew, the last counts. */
    private static Map<Taker, Spending> places(Budget budget, BrakeKind kind, Instant since) {
        Map<Taker, Spending> places = new HashMap<>();
        for (Spending each : budget.spent()) {
            if (each.kind() == kind && each.at().isAfter(since)) {
                places.put(new Taker(each.vm(), each.session()), each);
            }
        }
        return places;
    }

    /** The place that was taken for this very matter; without a session, what was proven only since is another. */
    private static Optional<Spending> place(Candidate candidate, Map<Taker, Spending> recent) {
        return Optional.ofNullable(recent.get(new Taker(candidate.vm(), candidate.session())))
                .filter(taken -> candidate.session().isPresent()
                        || candidate.provenSince().filter(taken.at()::isBefore).isEmpty());
    }

    private static boolean isReleased(Candidate candidate, BrakePolicy policy, Instant now) {
        return candidate
                .provenSince()
                .filter(at -> !now.isBefore(at.plus(policy.release())))
                .isPresent();
    }

    /**
     * How many of those asking may pass: all, if that is not too many in all; else what is left of those that always may. The share is
     * of those that there were when the window began: those counted since, and those that had gone by then.
     */
    private static int room(Collection<Spending> gone, Set<Scope> scopes, Measure measure, Instant now, int asking) {
        long base = scopes.stream()
                        .mapToLong(scope -> census(scope, measure).count())
                        .sum()
                + gone.stream()
                        .filter(each -> scopes.contains(each.scope()))
                        .filter(each ->
                                each.at().isBefore(census(each.scope(), measure).asOf()))
                        .count();
        long share = base * measure.policy().sharePercent() / 100;
        long ramped = measure.outage()
                .map(outage -> ramped(share, outage, measure, now))
                .orElse(share);
        int always = Math.max(0, measure.policy().always() - gone.size());
        return gone.size() + asking <= ramped ? asking : Math.min(asking, always);
    }

    private static Census census(Scope scope, Measure measure) {
        return Objects.requireNonNull(measure.census().get(scope));
    }

    private static long ramped(long share, Outage outage, Measure measure, Instant now) {
        Duration since = Duration.between(outage.until(), now);
        Duration window = measure.policy().window();
        return since.compareTo(window) >= 0 ? share : share * Math.max(0, since.toMillis()) / window.toMillis();
    }
}
