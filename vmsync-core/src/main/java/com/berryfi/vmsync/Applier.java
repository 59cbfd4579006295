package com.berryfi.vmsync;

import com.berryfi.vmsync.VmCase.Judged;
import com.berryfi.vmsync.event.Correction;
import com.berryfi.vmsync.event.Finding;
import com.berryfi.vmsync.event.Proposal;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Mode;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.model.VmOutcome.Result;
import com.berryfi.vmsync.plan.ChangePlan;
import com.berryfi.vmsync.plan.ChangePlan.Planned;
import com.berryfi.vmsync.plan.Freshness;
import com.berryfi.vmsync.port.PortException;
import com.berryfi.vmsync.port.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries verdicts out: commits, and says what was done. */
final class Applier {

    private static final Logger LOG = LoggerFactory.getLogger(Applier.class);

    private final SyncContext context;
    private final Gate gate;
    private final String cycle;
    private final Duration interval;
    private final boolean passSpeaks;

    /** @param interval how old a list may be when it is acted on */
    Applier(SyncContext context, String cycle, Duration interval, boolean passSpeaks) {
        this.context = context;
        this.gate = new Gate(context);
        this.cycle = cycle;
        this.interval = interval;
        this.passSpeaks = passSpeaks;
    }

    /** What became of a verdict, and whether what is to be remembered of it is durable. */
    record Applied(VmOutcome outcome, boolean remembered) {}

    /** Applies verdicts, a batch a transaction. */
    List<Applied> apply(List<Judged> verdicts) {
        List<Applied> applied = new ArrayList<>();
        int batch = context.settings().batchSize();
        List<Judged> pending = new ArrayList<>();
        List<Planned> changes = new ArrayList<>();
        for (Judged verdict : gate.pass(fresh(verdicts, applied))) {
            Optional<Planned> change = planned(verdict);
            if (change.isEmpty()) {
                applied.add(new Applied(outcome(verdict, resultOf(verdict), ""), !saysNothingOfSession(verdict)));
                continue;
            }
            pending.add(verdict);
            changes.add(change.get());
            if (changes.size() == batch) {
                applied.addAll(commit(pending, changes));
                pending.clear();
                changes.clear();
            }
        }
        applied.addAll(commit(pending, changes));
        return applied;
    }

    /** Whether a session's machine was not seen, and that is remembered by nobody: a pass must not speak for it. */
    private static boolean saysNothingOfSession(Judged verdict) {
        return verdict.vmCase().managed().session().isPresent()
                && (verdict.facts().isUnknown() || verdict.facts().isStale());
    }

    /** Those that are young enough to act on; what becomes of the others is noted. */
    private List<Judged> fresh(List<Judged> verdicts, List<Applied> tooOld) {
        List<Judged> fresh = new ArrayList<>();
        for (Judged verdict : verdicts) {
            if (isFresh(verdict)) {
                fresh.add(verdict);
            } else {
                tooOld.add(tooOld(verdict));
            }
        }
        return fresh;
    }

    private boolean isFresh(Judged verdict) {
        return !verdict.facts().isOvertaken()
                && Freshness.holds(verdict.decision(), verdict.facts().evidence(), context.now(), interval);
    }

    private static Applied tooOld(Judged verdict) {
        String why = verdict.facts().isOvertaken()
                ? "the machine was seen running by an answer that was asked for later"
                : "the evidence has grown too old";
        return new Applied(outcome(verdict, Result.TOO_OLD, why), false);
    }

    private Optional<Planned> planned(Judged verdict) {
        return ChangePlan.of(
                verdict.facts(),
                verdict.decision(),
                verdict.vmCase().memory(),
                new ChangePlan.Terms(
                        verdict.ruling().mode(),
                        context.settings().dryRun(),
                        passSpeaks,
                        context.ender().isPresent(),
                        cycle));
    }

    /** The brake may have taken its time: what has grown too old since is dropped. */
    private List<Applied> commit(List<Judged> verdicts, List<Planned> changes) {
        List<Applied> applied = new ArrayList<>();
        List<Judged> fresh = new ArrayList<>();
        List<Planned> still = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            if (isFresh(verdicts.get(i))) {
                fresh.add(verdicts.get(i));
                still.add(changes.get(i));
            } else {
                applied.add(tooOld(verdicts.get(i)));
            }
        }
        applied.addAll(committed(fresh, still));
        return applied;
    }

    private List<Applied> committed(List<Judged> verdicts, List<Planned> changes) {
        if (changes.isEmpty()) {
            return List.of();
        }
        List<CommitOutcome> outcomes;
        try {
            outcomes = written(changes.stream().map(Planned::change).toList());
        } catch (PortException e) {
            if (e instanceof UnavailableException) {
                context.watchman().distrustAll(context.now());
            }
            LOG.warn("{} changes were not committed, they are decided afresh: {}", changes.size(), e.getMessage());
            return verdicts.stream()
                    .map(verdict -> new Applied(outcome(verdict, Result.FAILED, String.valueOf(e.getMessage())), false))
                    .toList();
        }
        List<Applied> applied = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            applied.add(settled(verdicts.get(i), changes.get(i), outcomes.get(i)));
        }
        return applied;
    }

    /** A dry run keeps to itself what it would have written. */
    private List<CommitOutcome> written(List<Change> changes) {
        if (!context.settings().dryRun()) {
            return context.store().commit(changes);
        }
        changes.forEach(context.memories()::rememberUnwritten);
        return Collections.nCopies(changes.size(), new CommitOutcome.Committed());
    }

    private Applied settled(Judged verdict, Planned planned, CommitOutcome outcome) {
        Change change = planned.change();
        return Mdc.during(verdict.vmCase().managed(), () -> {
            if (outcome instanceof CommitOutcome.Conflict conflict) {
                LOG.debug(
                        "VM {}: {} had changed, the host wins", verdict.vmCase().id(), conflict.what());
                return new Applied(outcome(verdict, Result.LOST_RACE, conflict.what()), false);
            }
            if (outcome instanceof CommitOutcome.Refused refused) {
                LOG.error(
                        "VM {}: the database refuses the change: {}",
                        verdict.vmCase().id(),
                        refused.why());
                return new Applied(outcome(verdict, Result.REFUSED, refused.why()), false);
            }
            if (!change.transition().isNone()) {
                // Noted as of now: who read the rows before this commit must not take it for the host's.
                context.sightings().noteOurs(change.transition().appliedTo(change.expected()), context.now());
            }
            tell(verdict, change);
            return new Applied(followedUp(verdict, planned), true);
        });
    }

    /** What is not ours to write is asked for once our own word on it is durable; if it fails, it is asked for again. */
    private VmOutcome followedUp(Judged verdict, Planned planned) {
        ManagedVm managed = verdict.vmCase().managed();
        boolean acts = !context.settings().dryRun() && verdict.ruling().mode() == Mode.ACT;
        try {
            if (acts && planned.left().isPresent()) {
                context.ender().orElseThrow().end(managed, planned.left().get());
            }
            if (acts && verdict.decision().effects().stream().anyMatch(Effect.Deallocate.class::isInstance)) {
                return deallocated(verdict);
            }
        } catch (PortException e) {
            LOG.warn("VM {}: asked for, and not done yet: {}", managed.id(), e.getMessage());
            return outcome(verdict, Result.FAILED, String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            LOG.error("VM {}: asked for, and not done yet: the host's port threw {}", managed.id(), Trouble.of(e));
            return outcome(verdict, Result.FAILED, "the host's port threw " + Trouble.of(e));
        }
        return outcome(verdict, resultOf(verdict), "");
    }

    private VmOutcome deallocated(Judged verdict) {
        Vm vm = verdict.vmCase().managed().vm();
        context.sightings().noteCommand(vm.id(), context.now());
        Optional<String> operation = context.power()
                .orElseThrow()
                .deallocate(vm.scope(), vm.address(), context.settings().timeout());
        String note = operation.map(id -> "asked for, operation " + id).orElse("");
        LOG.info("VM {}: deallocation {}", vm.id(), note.isEmpty() ? "asked for" : note);
        return outcome(verdict, resultOf(verdict), note);
    }

    /** What became of a verdict that is written, or needs no writing. */
    private Result resultOf(Judged verdict) {
        Decision decision = verdict.decision();
        if (verdict.hasFailed()) {
            return Result.FAILED;
        }
        if (decision.changesAnything()) {
            return context.settings().dryRun() || verdict.ruling().mode() != Mode.ACT ? Result.WOULD_DO : Result.DONE;
        }
        return decision.held().isPresent() ? Result.HELD : Result.NOTHING;
    }

    private void tell(Judged verdict, Change change) {
        Decision decision = verdict.decision();
        ManagedVm before = change.expected();
        boolean corrected =
                !change.transition().isNone() || !change.billing().isEmpty() || resultOf(verdict) == Result.DONE;
        boolean newVerdict = !change.audit().isEmpty();
        if (corrected) {
            LOG.warn("{}", sentence("corrected", verdict));
            context.listeners()
                    .tell(listener -> listener.onCorrection(
                            new Correction(before, verdict.facts().evidence(), decision)));
        } else if (newVerdict && decision.changesAnything()) {
            LOG.warn("{}", sentence("would correct", verdict));
            if (verdict.ruling().mode() == Mode.ALERT) {
                context.listeners()
                        .tell(listener -> listener.onProposal(
                                new Proposal(before, verdict.facts().evidence(), decision)));
            }
        } else if (newVerdict) {
            LOG.debug("{}", sentence("left alone", verdict));
        }
        if (newVerdict && verdict.ruling().mode() != Mode.OBSERVE) {
            outcome(verdict, Result.HELD, "")
                    .findings(context.now())
                    .forEach(standing ->
                            context.listeners().tell(listener -> listener.onFinding(new Finding(standing))));
        }
    }

    private static String sentence(String what, Judged verdict) {
        ManagedVm managed = verdict.vmCase().managed();
        return what + ": VM " + managed.id()
                + managed.session().map(session -> ", session " + session.id()).orElse("")
                + ", believed " + managed.vm().believed()
                + managed.session().map(session -> "/" + session.status()).orElse("")
                + ", found " + verdict.facts().evidence().observation() + ", "
                + verdict.decision().rule() + ": " + verdict.decision().effects()
                + verdict.decision().held().map(held -> ", held: " + held).orElse("");
    }

    private static VmOutcome outcome(Judged verdict, Result result, String note) {
        return new VmOutcome(
                verdict.vmCase().managed(),
                verdict.facts().evidence(),
                verdict.decision(),
                verdict.ruling().mode(),
                result,
                note);
    }
}
