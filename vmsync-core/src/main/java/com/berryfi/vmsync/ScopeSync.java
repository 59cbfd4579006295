package com.berryfi.vmsync;

import com.berryfi.vmsync.VmCase.Judged;
import com.berryfi.vmsync.event.UnreadableScope;
import com.berryfi.vmsync.model.CloudAddress;
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
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.port.SessionStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
    private final Instant deadline;

    ScopeSync(SyncContext context, Scope scope, SyncKind kind, String cycle, Instant deadline) {
        this.context = context;
        this.scope = scope;
        this.kind = kind;
        this.cycle = cycle;
        this.deadline = deadline;
    }

    /** What a scope's part of a cycle came to. */
    record Result(ScopeOutcome scope, List<VmOutcome> outcomes, List<RowProblem> problems) {

        /** Of a scope that could not be synchronised at all. */
        static Result failed(Scope scope, UnknownCause cause, String why) {
            return new Result(
                    new ScopeOutcome(scope, 0, 0, 0, 0, 0, Optional.of(new Observation.Unknown(cause, why))),
                    List.of(),
                    List.of());
        }
    }

    Result run() {
        List<RowProblem> problems = new ArrayList<>();
        List<VmCase> cases = load(problems);
        if (cases.isEmpty()) {
            return new Result(outcome(List.of(), 0, 0, Optional.empty()), List.of(), problems);
        }
        Optional<Pass> lastPass = lastPass();
        Instant askedAt = context.now();
        Reading list = context.cloud().read(scope, addresses(cases), ReadKind.LIST, deadline);
        list.failure()
                .ifPresent(failure -> context.listeners()
                        .tell(listener -> listener.onUnreadableScope(new UnreadableScope(scope, failure))));
        list.notices().forEach(notice -> LOG.warn("{}", notice));
        Map<VmId, Judged> verdicts = new LinkedHashMap<>();
        cases.forEach(each -> verdicts.put(each.id(), judge(each, evidence(each, list, askedAt), lastPass)));
        int directReads = confirm(verdicts, lastPass);
        verdicts.values().stream().map(ScopeSync::addressProblem).forEach(problem -> problem.ifPresent(problems::add));
        boolean complete = list.complete();
        List<Applier.Applied> applied = new Applier(
                        context, cycle, context.settings().interval(kind), complete)
                .apply(List.copyOf(verdicts.values()));
        // A VM whose memory could not be written must not be spoken for by the pass.
        if (complete && applied.stream().allMatch(each -> each.remembered() || !isInSession(each))) {
            record(new Pass(scope, askedAt));
        }
        List<VmOutcome> outcomes =
                applied.stream().map(Applier.Applied::outcome).toList();
        return new Result(
                outcome(List.copyOf(verdicts.values()), list.listed(), directReads, list.failure()),
                outcomes.stream().filter(ScopeSync::isOutOfStep).toList(),
                problems);
    }

    /** An address that no machine can be found by is the row's fault, and said of the row. */
    private static Optional<RowProblem> addressProblem(Judged verdict) {
        return verdict.facts().evidence().observation() instanceof Observation.Unknown unknown
                        && (unknown.cause() == UnknownCause.MALFORMED_ADDRESS
                                || unknown.cause() == UnknownCause.DUPLICATE_ADDRESS)
                ? Optional.of(new RowProblem("VM " + verdict.vmCase().id(), unknown.detail()))
                : Optional.empty();
    }

    private static boolean isInSession(Applier.Applied applied) {
        return applied.outcome().before().session().isPresent();
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
            Map<VmId, Memory> memories = recall(page.vms());
            for (ManagedVm managed : page.vms()) {
                Memory memory = memories.getOrDefault(managed.id(), Memory.EMPTY);
                if (present.add(managed.id())) {
                    cases.add(new VmCase(managed, memory, context.sightings().note(managed, memory, readAt)));
                }
            }
            after = page.next();
        } while (after.isPresent());
        if (kind == SyncKind.FULL) {
            context.sightings().retain(scope, present);
        }
        return cases;
    }

    private Map<VmId, Memory> recall(List<ManagedVm> vms) {
        return context.settings().dryRun()
                ? context.dryRunMemory().recall(context.store().journal(), vms)
                : context.store().journal().recall(vms);
    }

    private Optional<Pass> lastPass() {
        return context.settings().dryRun()
                ? context.dryRunMemory().lastPass(context.store().journal(), scope)
                : context.store().journal().lastPass(scope);
    }

    private void record(Pass pass) {
        if (context.settings().dryRun()) {
            context.dryRunMemory().record(pass);
        } else {
            context.store().journal().recordPass(pass);
        }
    }

    private static Set<CloudAddress> addresses(List<VmCase> cases) {
        return cases.stream().map(each -> each.managed().vm().address()).collect(Collectors.toSet());
    }

    /** What a list says of one VM: to be left out of a whole list is a reason to look, never an absence. */
    private static Evidence evidence(VmCase vmCase, Reading list, Instant askedAt) {
        Evidence seen = list.evidence().get(vmCase.managed().vm().address());
        if (seen != null) {
            return seen;
        }
        Observation.Unknown why = list.failure()
                .orElse(new Observation.Unknown(UnknownCause.NOT_LISTED, "of " + list.listed() + " VMs listed"));
        return new Evidence(why, ReadKind.LIST, askedAt, Optional.empty());
    }

    private Judged judge(VmCase vmCase, Evidence evidence, Optional<Pass> lastPass) {
        return vmCase.judge(
                evidence, lastPass, context.now(), context.settings().policy(), context.rules());
    }

    /** Reads those directly whose verdict waits for it, the paying ones first, and judges them again. */
    private int confirm(Map<VmId, Judged> verdicts, Optional<Pass> lastPass) {
        List<VmCase> wanted = verdicts.values().stream()
                .filter(Judged::wantsDirectRead)
                .map(Judged::vmCase)
                .sorted(Comparator.comparing(each -> each.managed().session().isEmpty()))
                .toList();
        int read = 0;
        int batch = context.settings().batchSize();
        for (int from = 0; from < wanted.size() && !isOver(); from += batch) {
            List<VmCase> together = wanted.subList(from, Math.min(from + batch, wanted.size()));
            Reading direct = context.cloud().read(scope, addresses(together), ReadKind.DIRECT, deadline);
            for (VmCase each : together) {
                Evidence evidence = direct.evidence().get(each.managed().vm().address());
                if (evidence != null) {
                    read++;
                    verdicts.put(each.id(), judge(each, evidence, lastPass));
                }
            }
        }
        return read;
    }

    private boolean isOver() {
        return context.closing().getAsBoolean() || !context.now().isBefore(deadline);
    }

    private ScopeOutcome outcome(
            List<Judged> verdicts, int listed, int directReads, Optional<Observation.Unknown> failure) {
        int inStep =
                (int) verdicts.stream().filter(each -> each.facts().inStep()).count();
        int unknown =
                (int) verdicts.stream().filter(each -> each.facts().isUnknown()).count();
        return new ScopeOutcome(scope, verdicts.size(), inStep, unknown, listed, directReads, failure);
    }
}
