package com.berryfi.vmsync;

import com.berryfi.vmsync.VmCase.Judged;
import com.berryfi.vmsync.event.ReadableScope;
import com.berryfi.vmsync.event.UnreadableScope;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.ScopeOutcome;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.plan.Plausibility;
import com.berryfi.vmsync.plan.Plausibility.LeftOut;
import com.berryfi.vmsync.port.PortException;
import com.berryfi.vmsync.port.SessionStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One scope in one cycle: load, read, decide, confirm, decide again, apply, remember the pass. */
final class ScopeSync {

    private static final Logger LOG = LoggerFactory.getLogger(ScopeSync.class);
    private static final int ROWS_A_PAGE = 500;

    private final SyncContext context;
    private final Scope scope;
    private final SyncKind kind;
    private final String cycle;
    private final Instant readsUntil;

    ScopeSync(SyncContext context, Scope scope, SyncKind kind, String cycle, Instant readsUntil) {
        this.context = context;
        this.scope = scope;
        this.kind = kind;
        this.cycle = cycle;
        this.readsUntil = readsUntil;
    }

    /**
     * What a scope's part of a cycle came to.
     *
     * @param present the VMs that were met, those with bad rows included
     * @param living the sessions that were met
     */
    record Result(
            ScopeOutcome scope,
            List<VmOutcome> outcomes,
            List<RowProblem> problems,
            Set<VmId> present,
            Set<SessionId> living) {

        /** Of a scope that could not be synchronised at all. */
        static Result failed(Scope scope, UnknownCause cause, String why) {
            return new Result(
                    ScopeOutcome.failed(scope, new Observation.Unknown(cause, why)),
                    List.of(),
                    List.of(),
                    Set.of(),
                    Set.of());
        }
    }

    Result run() {
        List<RowProblem> problems = new ArrayList<>();
        Instant loadedAt = context.now();
        // First the pass, then what is remembered beside it: a later pass would speak for those that were found off
        // meanwhile.
        Optional<Pass> last = context.lastPass(scope);
        Optional<Pass> speaking = context.speakingPass(scope);
        List<VmCase> cases = load(problems);
        Set<VmId> leftOut =
                problems.stream().flatMap(problem -> problem.vm().stream()).collect(Collectors.toSet());
        Set<VmId> present = cases.stream().map(VmCase::id).collect(Collectors.toCollection(HashSet::new));
        present.addAll(leftOut);
        noteCensus(cases, loadedAt);
        if (cases.isEmpty()) {
            return new Result(
                    outcome(List.of(), 0, 0, Map.of(), Optional.empty()), List.of(), problems, present, Set.of());
        }
        Instant askedAt = context.now();
        Twins twins = Twins.among(cases);
        int asked = twins.addressesOfOne().size();
        boolean asksAll = kind == SyncKind.FULL;
        Reading list = context.cloud().read(scope, twins.addressesOfOne(), ReadKind.LIST, kind, readsUntil);
        tell(list);
        Map<VmId, Evidence> seen = new LinkedHashMap<>();
        cases.forEach(each -> seen.put(each.id(), seen(each, twins, list, askedAt)));
        Set<VmId> unlisted = unlisted(seen);
        boolean whole = Plausibility.doubt(list, asked, new LeftOut(asksAll, 0, unlisted.size()), last)
                .isEmpty();
        if (whole) {
            context.watchman().noteWhole(scope, askedAt, last);
        }
        Map<VmId, Judged> verdicts = new LinkedHashMap<>();
        cases.forEach(each -> verdicts.put(
                each.id(),
                context.judge(
                        each,
                        Objects.requireNonNull(seen.get(each.id())),
                        context.background(each.managed(), speaking))));
        if (kind == SyncKind.FULL && list.complete()) {
            noteTwins(verdicts.values());
        }
        Applier applier = new Applier(context, cycle, context.settings().interval(kind), whole);
        List<Applier.Applied> applied = new ArrayList<>(applier.apply(verdicts.values().stream()
                .filter(each -> !each.wantsDirectRead())
                .toList()));
        int directReads = new Confirmer(context, scope, kind, readsUntil, applier, speaking).confirm(verdicts, applied);
        verdicts.values().stream().map(ScopeSync::addressProblem).forEach(problem -> problem.ifPresent(problems::add));
        LeftOut found = leftOut(asksAll, unlisted, verdicts, last);
        Optional<String> doubt = whole ? Optional.empty() : Plausibility.doubt(list, asked, found, last);
        if (doubt.isEmpty()) {
            applied.stream()
                    .filter(each -> !each.remembered())
                    .forEach(each -> leftOut.add(each.outcome().before().id()));
            Map<VmId, Optional<Instant>> except = lastProofs(leftOut, cases, speaking);
            record(new Pass(scope, askedAt, except, Plausibility.measure(list, asked, found, last)), last, whole);
        } else {
            context.watchman().noteFailed(scope, context.settings().interval(kind));
            if (list.complete()) {
                LOG.warn("scope {} was not read whole: {}", scope, doubt.get());
            }
        }
        return new Result(
                outcome(
                        List.copyOf(verdicts.values()),
                        list.listed(),
                        directReads + (list.isOneByOne() ? list.evidence().size() : 0),
                        list.quotaLeft(),
                        failure(list, doubt)),
                applied.stream()
                        .map(Applier.Applied::outcome)
                        .filter(ScopeSync::isOutOfStep)
                        .toList(),
                problems,
                present,
                cases.stream()
                        .flatMap(each -> each.managed().sessionId().stream())
                        .collect(Collectors.toSet()));
    }

    /** An implausible list is as good as one that failed. */
    private static Optional<Observation.Unknown> failure(Reading list, Optional<String> doubt) {
        return list.failure().or(() -> doubt.map(why -> new Observation.Unknown(UnknownCause.PARTIAL_LIST, why)));
    }

    private static Set<VmId> unlisted(Map<VmId, Evidence> seen) {
        return seen.entrySet().stream()
                .filter(each -> each.getValue().observation() instanceof Observation.Unknown unknown
                        && unknown.cause() == UnknownCause.NOT_LISTED)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** What came to be known of those that a list left out. */
    private static LeftOut leftOut(
            boolean asksAll, Set<VmId> unlisted, Map<VmId, Judged> verdicts, Optional<Pass> last) {
        return LeftOut.of(
                asksAll,
                unlisted.stream()
                        .map(vm -> Objects.requireNonNull(verdicts.get(vm)).facts())
                        .toList(),
                last);
    }

    private void noteCensus(List<VmCase> cases, Instant asOf) {
        Instant windowFrom = asOf.minus(context.settings().brake().window());
        int live = (int) cases.stream()
                .flatMap(each -> each.managed().session().stream())
                .filter(session -> session.status().isLive()
                        && session.startTime().filter(windowFrom::isAfter).isPresent())
                .count();
        int idle = (int) cases.stream()
                .filter(each -> each.managed().session().isEmpty())
                .count();
        context.watchman().noteCensus(scope, asOf, live, kind == SyncKind.FULL ? Optional.of(idle) : Optional.empty());
    }

    /**
     * Of those that the pass says nothing of, the last proof that is known, by whomever. For a VM that is tracked, no pass speaks: it was
     * not in step.
     */
    private Map<VmId, Optional<Instant>> lastProofs(Set<VmId> leftOut, List<VmCase> cases, Optional<Pass> speaking) {
        Optional<Pass> own = context.sightings().lastPass(scope);
        Set<VmId> tracked = cases.stream()
                .filter(each -> each.memory().tracking().isPresent())
                .map(VmCase::id)
                .collect(Collectors.toSet());
        Map<VmId, Optional<Instant>> except = new HashMap<>();
        for (VmId vm : leftOut) {
            Stream<Optional<Instant>> passed = tracked.contains(vm)
                    ? Stream.empty()
                    : Stream.of(
                            own.flatMap(pass -> pass.except().getOrDefault(vm, Optional.empty())),
                            speaking.flatMap(pass -> pass.except().getOrDefault(vm, Optional.of(pass.at()))));
            except.put(
                    vm,
                    Stream.concat(Stream.of(context.sightings().provenRunningAt(vm)), passed)
                            .flatMap(Optional::stream)
                            .max(Comparator.naturalOrder()));
        }
        return except;
    }

    /** A quick sync sees some rows only: what the last full one found to be twins stays so until the next. */
    private Evidence seen(VmCase vmCase, Twins twins, Reading list, Instant askedAt) {
        Optional<Observation.Unknown> twin =
                kind == SyncKind.FULL ? Optional.empty() : context.sightings().twin(vmCase.managed());
        return twin.map(why -> new Evidence(why, ReadKind.LIST, askedAt, Optional.empty()))
                .orElseGet(() -> twins.evidence(vmCase, list, askedAt));
    }

    private void noteTwins(Collection<Judged> verdicts) {
        Map<VmId, Observation.Unknown> found = new HashMap<>();
        for (Judged verdict : verdicts) {
            if (verdict.facts().evidence().observation() instanceof Observation.Unknown unknown
                    && unknown.cause() == UnknownCause.DUPLICATE_ADDRESS) {
                found.put(verdict.vmCase().id(), unknown);
            }
        }
        context.sightings().noteTwins(scope, found);
    }

    private void tell(Reading list) {
        list.failure()
                .filter(failure -> context.watchman().raise(scope, kind, failure.cause()))
                .ifPresent(failure -> context.listeners()
                        .tell(listener -> listener.onUnreadableScope(new UnreadableScope(scope, failure))));
        if (list.complete() && context.watchman().clear(scope, kind)) {
            context.listeners().tell(listener -> listener.onReadableScope(new ReadableScope(scope)));
        }
        list.notices().forEach(notice -> LOG.warn("{}", notice));
    }

    /** An address that no machine can be found by is the row's fault, and said of the row. */
    private static Optional<RowProblem> addressProblem(Judged verdict) {
        return verdict.facts().evidence().observation() instanceof Observation.Unknown unknown
                        && (unknown.cause() == UnknownCause.MALFORMED_ADDRESS
                                || unknown.cause() == UnknownCause.DUPLICATE_ADDRESS)
                ? Optional.of(new RowProblem("VM " + verdict.vmCase().id(), unknown.detail()))
                : Optional.empty();
    }

    private static boolean isOutOfStep(VmOutcome outcome) {
        return outcome.result() != VmOutcome.Result.NOTHING
                || !outcome.decision().effects().isEmpty();
    }

    private List<VmCase> load(List<RowProblem> problems) {
        SessionStore.Selection selection =
                kind == SyncKind.FULL ? SessionStore.Selection.ALL : SessionStore.Selection.IN_USE;
        List<VmCase> cases = new ArrayList<>();
        Set<VmId> present = new HashSet<>();
        Optional<VmId> after = Optional.empty();
        do {
            Instant readAt = context.now();
            SessionStore.Page page = context.store().page(scope, selection, after, ROWS_A_PAGE);
            problems.addAll(page.problems());
            Map<VmId, Memory> memories = context.memories().recall(page.vms());
            for (ManagedVm managed : page.vms()) {
                Memory memory = memories.get(managed.id());
                if (memory == null) {
                    problems.add(
                            new RowProblem("memory of VM " + managed.id(), "cannot be read").leavingOut(managed.id()));
                } else if (present.add(managed.id())) {
                    cases.add(new VmCase(managed, memory, context.sightings().note(managed, memory, readAt)));
                }
            }
            after = page.next();
        } while (after.isPresent());
        return cases;
    }

    private void record(Pass pass, Optional<Pass> last, boolean noted) {
        if (!noted) {
            context.watchman().noteWhole(scope, pass.at(), last);
        }
        context.sightings().notePassed(pass);
        try {
            context.memories().record(pass);
        } catch (PortException e) {
            LOG.warn("the pass of scope {} is not remembered: {}", scope, e.getMessage());
        }
    }

    private ScopeOutcome outcome(
            List<Judged> verdicts,
            int listed,
            int directReads,
            Map<String, Long> quotaLeft,
            Optional<Observation.Unknown> failure) {
        int inStep = (int) verdicts.stream()
                .filter(each -> each.inStep() && !each.facts().isUnknown())
                .count();
        int unknown =
                (int) verdicts.stream().filter(each -> each.facts().isUnknown()).count();
        int live = (int) verdicts.stream()
                .flatMap(each -> each.vmCase().managed().session().stream())
                .filter(session -> session.status().isLive())
                .count();
        return new ScopeOutcome(
                scope,
                verdicts.size(),
                inStep,
                unknown,
                listed,
                directReads,
                live,
                Verification.oldest(verdicts, context),
                quotaLeft,
                failure);
    }
}
