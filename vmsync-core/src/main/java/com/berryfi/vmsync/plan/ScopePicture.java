package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.ScopeOutcome;
import com.berryfi.vmsync.model.ScopeStatus;
import com.berryfi.vmsync.model.Standing;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.Unverified;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.model.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the reports of a process come to for one scope. What is said of VMs in use is the quick sync's to say, and the full one's as
 * well unless another replica makes the quick one.
 *
 * @param met when it was first met
 * @param ours which kinds of sync this process makes of it
 * @param elsewhere which kinds others make
 * @param failures why it cannot be read
 * @param use its sessions
 * @param quotaLeft what was last said to be left of the limits
 * @param waiting its VMs of which something is to be said
 * @param strays the findings of machines whose rows are gone
 */
record ScopePicture(
        Scope scope,
        Instant met,
        Set<SyncKind> ours,
        Set<SyncKind> elsewhere,
        Failures failures,
        Use use,
        Map<String, Long> quotaLeft,
        Waiting waiting,
        List<Standing> strays) {

    /**
     * The sessions of a scope.
     *
     * @param live how many live there
     * @param oldest the one that was not verified for the longest time
     */
    record Use(int live, Optional<Unverified> oldest) {
        static final Use NONE = new Use(0, Optional.empty());
    }

    ScopePicture {
        ours = Set.copyOf(ours);
        elsewhere = Set.copyOf(elsewhere);
        strays = List.copyOf(strays);
    }

    static ScopePicture firstMet(Scope scope, Instant at) {
        return new ScopePicture(
                scope, at, Set.of(), Set.of(), Failures.NONE, Use.NONE, Map.of(), Waiting.NONE, List.of());
    }

    /**
     * After it was read.
     *
     * @param outcomes those of its VMs that are not in step
     * @param found the findings of its machines whose rows are gone; only a full sync looks for them
     */
    ScopePicture read(SyncReport report, ScopeOutcome outcome, List<VmOutcome> outcomes, List<Standing> found) {
        SyncKind kind = report.kind();
        Set<SyncKind> others = without(elsewhere, kind);
        boolean whole = outcome.failure().isEmpty();
        boolean speaksOfUse = kind == SyncKind.QUICK || !others.contains(SyncKind.QUICK);
        return new ScopePicture(
                scope,
                met,
                with(ours, kind),
                others,
                failures.after(kind, outcome.failure(), report.endedAt()),
                speaksOfUse && outcome.isLookedAt() ? new Use(outcome.live(), outcome.oldestUnverified()) : use,
                outcome.quotaLeft().isEmpty() ? quotaLeft : outcome.quotaLeft(),
                waiting.after(kind, whole, speaksOfUse, outcomes, report.endedAt()),
                kind == SyncKind.FULL && whole ? found : strays);
    }

    /** After a sync that met no row of it, or none in use; empty if nothing is left to be said. */
    Optional<ScopePicture> absent(SyncKind kind, List<Standing> found) {
        if (kind == SyncKind.QUICK) {
            return Optional.of(withoutUse(ours, without(elsewhere, kind)));
        }
        ScopePicture blank = firstMet(scope, met);
        return found.isEmpty() ? Optional.empty() : Optional.of(blank.with(found));
    }

    /** After a sync of a kind that another replica made. */
    ScopePicture leftToOthers(SyncKind kind) {
        Set<SyncKind> left = without(ours, kind);
        Set<SyncKind> others = with(elsewhere, kind);
        if (kind == SyncKind.QUICK) {
            return withoutUse(left, others);
        }
        boolean used = left.contains(SyncKind.QUICK);
        return new ScopePicture(
                scope,
                met,
                left,
                others,
                failures.only(SyncKind.QUICK),
                used ? use : Use.NONE,
                quotaLeft,
                used ? waiting.only(true) : Waiting.NONE,
                List.of());
    }

    private ScopePicture withoutUse(Set<SyncKind> left, Set<SyncKind> others) {
        return new ScopePicture(
                scope,
                met,
                left,
                others,
                failures.only(SyncKind.FULL),
                Use.NONE,
                quotaLeft,
                waiting.only(false),
                strays);
    }

    private ScopePicture with(List<Standing> found) {
        return new ScopePicture(scope, met, ours, elsewhere, failures, use, quotaLeft, waiting, found);
    }

    /** Whether this process looks after it. */
    boolean isOurs() {
        return !ours.isEmpty();
    }

    Stream<Wait> waits() {
        return waiting.waits();
    }

    Stream<Standing> findings() {
        return Stream.concat(waiting.findings(), strays.stream());
    }

    ScopeStatus status(Knowledge knowledge, Instant now, Duration full) {
        return new ScopeStatus(
                scope,
                knowledge.wholeAt(scope),
                knowledge.frozen(scope, met, now, full),
                failures.worst(),
                use.live(),
                use.oldest(),
                waiting.braked(),
                quotaLeft);
    }

    private static Set<SyncKind> with(Set<SyncKind> some, SyncKind kind) {
        Set<SyncKind> all = EnumSet.of(kind);
        all.addAll(some);
        return all;
    }

    private static Set<SyncKind> without(Set<SyncKind> some, SyncKind kind) {
        Set<SyncKind> rest = EnumSet.noneOf(SyncKind.class);
        rest.addAll(some);
        rest.remove(kind);
        return rest;
    }
}
