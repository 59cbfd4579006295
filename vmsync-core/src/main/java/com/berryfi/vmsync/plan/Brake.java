package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.BrakeKind;
import com.berryfi.vmsync.model.BrakePolicy;
import com.berryfi.vmsync.model.Budget;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Outage;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Spending;
import com.berryfi.vmsync.model.VmId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How many confirmed endings, suspensions or deallocations may pass in a while. */
public final class Brake {

    /**
     * One that asks to pass.
     *
     * @param provenSince since when direct reads have said so without a break; empty if they have not
     */
    public record Candidate(VmId vm, Optional<Instant> provenSince) {}

    /**
     * What a scope's candidates are measured by.
     *
     * @param inScope how many there are in the scope that could go
     * @param inAll how many there are in all scopes
     * @param outage the scope's last one: after it, the share grows from nothing to its whole over the window
     */
    public record Measure(BrakePolicy policy, Scope scope, int inScope, int inAll, Optional<Outage> outage) {}

    /**
     * Who passes and who does not.
     *
     * @param spent what those who pass take from the budget
     * @param held who does not pass, and for how long
     */
    public record Outcome(List<Spending> spent, Map<VmId, Held> held) {}

    private Brake() {}

    /** Decides. Those that were proven for the release time pass, and count for nobody. */
    public static Outcome decide(
            BrakeKind kind, List<Candidate> candidates, Budget budget, Measure measure, Instant now) {
        Instant since = now.minus(measure.policy().window());
        List<Spending> recent = budget.spent().stream()
                .filter(each -> each.kind() == kind && each.at().isAfter(since))
                .toList();
        Set<VmId> known = new HashSet<>();
        int inScope = 0;
        for (Spending each : recent) {
            known.add(each.vm());
            inScope += each.scope().equals(measure.scope()) ? 1 : 0;
        }
        List<Candidate> asking = candidates.stream()
                .filter(each -> !known.contains(each.vm()) && !isReleased(each, measure.policy(), now))
                .toList();
        int room = Math.min(
                room(inScope, measure.inScope(), measure, now, asking.size()),
                room(recent.size(), measure.inAll(), measure, now, asking.size()));
        List<Spending> spent = new ArrayList<>();
        Map<VmId, Held> held = new HashMap<>();
        for (Candidate each : asking) {
            if (spent.size() < room) {
                spent.add(new Spending(kind, measure.scope(), each.vm(), now));
            } else {
                Optional<Instant> release =
                        each.provenSince().map(at -> at.plus(measure.policy().release()));
                held.put(each.vm(), new Held(Held.Reason.BRAKE, release, Held.ReleasedBy.TIME));
            }
        }
        return new Outcome(spent, held);
    }

    private static boolean isReleased(Candidate candidate, BrakePolicy policy, Instant now) {
        return candidate
                .provenSince()
                .filter(at -> !now.isBefore(at.plus(policy.release())))
                .isPresent();
    }

    /** How many of those asking may pass: all, if that is not too many in all; else what is left of those that always may. */
    private static int room(int gone, int left, Measure measure, Instant now, int asking) {
        long share = (long) (gone + left) * measure.policy().sharePercent() / 100;
        long ramped = measure.outage()
                .map(outage -> ramped(share, outage, measure, now))
                .orElse(share);
        int always = Math.max(0, measure.policy().always() - gone);
        return gone + asking <= ramped ? asking : Math.min(asking, always);
    }

    private static long ramped(long share, Outage outage, Measure measure, Instant now) {
        Duration since = Duration.between(outage.until(), now);
        Duration window = measure.policy().window();
        return since.compareTo(window) >= 0 ? share : share * Math.max(0, since.toMillis()) / window.toMillis();
    }
}
