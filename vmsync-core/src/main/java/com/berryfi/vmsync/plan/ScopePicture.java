package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.ScopeOutcome;
import com.berryfi.vmsync.model.ScopeStatus;
import com.berryfi.vmsync.model.ScopeStatus.Braked;
import com.berryfi.vmsync.model.ScopeStatus.Unreadable;
import com.berryfi.vmsync.model.Standing;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.Unverified;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
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
 * @param failures why each kind cannot read it
 * @param live how many sessions live there
 * @param oldest the session that was not verified for the longest time
 * @param quotaLeft what was last said to be left of the limits
 * @param waiting the VMs of which something is to be said
 * @param strays the findings of machines whose rows are gone
 * @param brakedSince since when the brake holds something
 */
record ScopePicture(
        Scope scope,
        Instant met,
        Set<SyncKind> ours,
        Set<SyncKind> elsewhere,
        Map<SyncKind, Unreadable> failures,
        int live,
        Optional<Unverified> oldest,
        Map<String, Long> quotaLeft,
        Map<VmId, Entry> waiting,
        List<Standing> strays,
        Optional<Instant> brakedSince) {

    private static final int MOST_NAMED = 20;

    ScopePicture {
        ours = Set.copyOf(ours);
        elsewhere = Set.copyOf(elsewhere);
        failures = Map.copyOf(failures);
        waiting = Map.copyOf(waiting);
        strays = List.copyOf(strays);
    }

    /**
     * A VM of which something is to be said.
     *
     * @param inUse whether a quick sync will look at it again
     * @param held what it waits for
     */
    record Entry(boolean inUse, Optional<Held.Reason> held, List<Standing> findings) {

        static Entry of(VmOutcome outcome, Instant asOf) {
            boolean ended = outcome.result() == VmOutcome.Result.DONE
                    && outcome.decision().effects().stream().anyMatch(Effect.EndSession.class::isInstance);
            return new Entry(
                    outcome.before().session().isPresent() && !ended,
                    outcome.result() == VmOutcome.Result.HELD
                            ? outcome.decision().held().map(Held::reason)
                            : Optional.empty(),
                    outcome.findings(asOf).toList());
        }

        boolean saysAnything() {
            return held.isPresent() || !findings.isEmpty();
        }
    }

    static ScopePicture firstMet(Scope scope, Instant at) {
        return new ScopePicture(
                scope,
                at,
                Set.of(),
                Set.of(),
                Map.of(),
                0,
                Optional.empty(),
                Map.of(),
                Map.of(),
                List.of(),
                Optional.empty());
    }

    /**
     * After it was read.
     *
     * @param outcomes those of its VMs that are not in step
     * @param found the findings of its machines whose rows are gone; only a full sync looks for them
     */
    ScopePicture read(SyncReport report, ScopeOutcome outcome, List<VmOutcome> outcomes, List<Standing> found) {
        SyncKind kind = report.kind();
        Instant at = report.endedAt();
        Set<SyncKind> nowOurs = with(ours, kind);
        Set<SyncKind> others = without(elsewhere, kind);
        Map<SyncKind, Unreadable> failing = failing(kind, outcome.failure(), at);
        boolean whole = outcome.failure().isEmpty();
        boolean speaksOfUse = kind == SyncKind.QUICK || !others.contains(SyncKind.QUICK);
        boolean counts = speaksOfUse && outcome.isLookedAt();
        Map<VmId, Entry> entries = new LinkedHashMap<>(waiting);
        if (whole) {
            entries.values().removeIf(entry -> entry.inUse() ? speaksOfUse : kind == SyncKind.FULL);
        }
        for (VmOutcome each : outcomes) {
            VmId vm = each.before().id();
            Entry entry = Entry.of(each, at);
            if (each.before().session().isPresent() && !speaksOfUse) {
                continue;
            }
            if (entry.saysAnything()) {
                entries.put(vm, entry);
            } else if (!(each.evidence().observation() instanceof Observation.Unknown)) {
                entries.remove(vm);
            }
        }
        Map<String, Long> left = outcome.quotaLeft().isEmpty() ? quotaLeft : outcome.quotaLeft();
        List<Standing> stray = kind == SyncKind.FULL && whole ? found : strays;
        return new ScopePicture(
                scope,
                met,
                nowOurs,
                others,
                failing,
                counts ? outcome.live() : live,
                counts ? outcome.oldestUnverified() : oldest,
                left,
                entries,
                stray,
                brakedSince(entries, at));
    }

    /** After a sync that met no row of it, or none in use; empty if nothing is left to be said. */
    Optional<ScopePicture> absent(SyncKind kind, List<Standing> found) {
        if (kind == SyncKind.FULL) {
            return found.isEmpty()
                    ? Optional.empty()
                    : Optional.of(firstMet(scope, met).withStrays(found));
        }
        return Optional.of(withoutUse(ours, without(elsewhere, kind), strays));
    }

    /** After a sync of a kind that another replica made. */
    ScopePicture leftToOthers(SyncKind kind) {
        Set<SyncKind> others = with(elsewhere, kind);
        Set<SyncKind> left = without(ours, kind);
        if (kind == SyncKind.QUICK) {
            return withoutUse(left, others, strays);
        }
        Map<VmId, Entry> inUse = new LinkedHashMap<>(waiting);
        inUse.values().removeIf(entry -> !entry.inUse() || !left.contains(SyncKind.QUICK));
        return new ScopePicture(
                scope,
                met,
                left,
                others,
                of(SyncKind.QUICK),
                left.isEmpty() ? 0 : live,
                left.isEmpty() ? Optional.empty() : oldest,
                quotaLeft,
                inUse,
                List.of(),
                inUse.isEmpty() ? Optional.empty() : brakedSince);
    }

    private ScopePicture withoutUse(Set<SyncKind> left, Set<SyncKind> others, List<Standing> found) {
        Map<VmId, Entry> unused = new LinkedHashMap<>(waiting);
        unused.values().removeIf(Entry::inUse);
        return new ScopePicture(
                scope,
                met,
                left,
                others,
                of(SyncKind.FULL),
                0,
                Optional.empty(),
                quotaLeft,
                unused,
                found,
                unused.values().stream().anyMatch(ScopePicture::isBraked) ? brakedSince : Optional.empty());
    }

    private ScopePicture withStrays(List<Standing> found) {
        return withoutUse(ours, elsewhere, found);
    }

    /** Whether this process looks after it. */
    boolean isOurs() {
        return !ours.isEmpty();
    }

    /** All that is to be said of its VMs. */
    Collection<Entry> entries() {
        return waiting.values();
    }

    Stream<Standing> findings() {
        return Stream.concat(entries().stream().flatMap(entry -> entry.findings().stream()), strays.stream());
    }

    ScopeStatus status(Knowledge knowledge, Instant now, Duration full) {
        List<VmId> braked = waiting.entrySet().stream()
                .filter(entry -> isBraked(entry.getValue()))
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing(VmId::value))
                .toList();
        return new ScopeStatus(
                scope,
                knowledge.wholeAt(scope),
                knowledge.frozen(scope, met, now, full),
                unreadable(),
                live,
                oldest,
                brakedSince.map(since -> new Braked(
                        since, braked.size(), braked.stream().limit(MOST_NAMED).toList())),
                quotaLeft);
    }

    /** A credential at fault before all else: nobody but a person ends that. */
    private Optional<Unreadable> unreadable() {
        return failures.values().stream()
                .max(Comparator.comparing((Unreadable each) -> each.cause().isOfCredential())
                        .thenComparing(Unreadable::times));
    }

    private Optional<Instant> brakedSince(Map<VmId, Entry> entries, Instant at) {
        return entries.values().stream().anyMatch(ScopePicture::isBraked)
                ? brakedSince.or(() -> Optional.of(at))
                : Optional.empty();
    }

    private static boolean isBraked(Entry entry) {
        return entry.held().equals(Optional.of(Held.Reason.BRAKE));
    }

    /** A full sync reads in whatever way a quick one does, and not the other way round. */
    private Map<SyncKind, Unreadable> failing(SyncKind kind, Optional<Observation.Unknown> failure, Instant at) {
        Map<SyncKind, Unreadable> next = new EnumMap<>(SyncKind.class);
        next.putAll(failures);
        if (failure.isEmpty()) {
            next.remove(kind);
            if (kind == SyncKind.FULL) {
                next.clear();
            }
        } else if (failure.get().cause() != UnknownCause.DATABASE) {
            next.merge(
                    kind,
                    new Unreadable(failure.get().cause(), failure.get().detail(), at, 1),
                    (known, news) -> saysWhy(news.cause()) && !Alarm.isSameMatter(known.cause(), news.cause())
                            ? news
                            : new Unreadable(known.cause(), known.detail(), known.since(), known.times() + 1));
        }
        return next;
    }

    /** Who was not asked was not refused either. */
    private static boolean saysWhy(UnknownCause cause) {
        return cause != UnknownCause.NOT_REACHED && cause != UnknownCause.LEFT_ALONE;
    }

    private Map<SyncKind, Unreadable> of(SyncKind kind) {
        Unreadable failure = failures.get(kind);
        return failure == null ? Map.of() : Map.of(kind, failure);
    }

    private static Set<SyncKind> with(Set<SyncKind> some, SyncKind kind) {
        Set<SyncKind> all = EnumSet.of(kind);
        all.addAll(some);
        return all;
    }

    private static Set<SyncKind> without(Set<SyncKind> some, SyncKind kind) {
        List<SyncKind> rest = new ArrayList<>(some);
        rest.remove(kind);
        return Set.copyOf(rest);
    }
}
