package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Interval;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.Mode;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Tracking;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From a decision to all that it writes. */
public final class ChangePlan {

    /**
     * How a decision is carried out.
     *
     * @param mode of the rule that made it
     * @param dryRun whether nothing is written to the host's rows, whatever the mode
     * @param passSpeaks whether the read will be remembered as a complete pass
     * @param hostEnds whether the host ends its sessions by a method of its own: then its rows are left to it
     * @param cycle for the audit
     */
    public record Terms(Mode mode, boolean dryRun, boolean passSpeaks, boolean hostEnds, String cycle) {
        boolean acts() {
            return mode == Mode.ACT && !dryRun;
        }
    }

    /**
     * What is to be written, and what is to be done after.
     *
     * @param change what is written
     * @param left how the host's rows are to change that its own method ends; empty if we write them
     */
    public record Planned(Change change, Optional<Transition> left) {}

    private ChangePlan() {}

    /**
     * What is to be written.
     *
     * @return empty if nothing is: neither the rows, nor the bill, nor what is remembered would change
     */
    public static Optional<Planned> of(Facts facts, Decision decision, Memory before, Terms terms) {
        ManagedVm managed = facts.managed();
        List<Effect> effects = terms.acts() ? decision.effects() : List.of();
        List<BillingInstruction> billing = new ArrayList<>();
        Optional<Metering> metering = entered(effects, facts, before, terms, billing);
        Transition whole = transition(effects, facts, metering);
        boolean left = terms.hostEnds() && whole.sessionEnd().isPresent();
        Transition transition = left ? Transition.NONE : whole;
        boolean ours = !transition.isNone();
        ManagedVm after = transition.appliedTo(managed);
        Optional<Tracking> tracking =
                Retention.remembered(facts, decision, effects, before, after, ours, terms.passSpeaks());
        boolean audit = (decision.changesAnything() && terms.acts()) || isNewVerdict(decision, before, facts);
        Memory remembered = new Memory(tracking, metering, Identities.learned(facts, before));
        if (!ours
                && !left
                && !audit
                && sameMatter(tracking, before.tracking())
                && metering.equals(before.metering())
                && remembered.identity().equals(before.identity())) {
            return Optional.empty();
        }
        Change change = new Change(
                facts.now(),
                managed,
                transition,
                before,
                remembered,
                billing,
                audit ? List.of(record(facts, decision, terms)) : List.of());
        return Optional.of(new Planned(change, left ? Optional.of(whole) : Optional.empty()));
    }

    private static Optional<Metering> entered(
            List<Effect> effects, Facts facts, Memory before, Terms terms, List<BillingInstruction> billing) {
        Optional<SessionId> session = facts.managed().sessionId();
        if (session.isEmpty()) {
            return before.metering();
        }
        Metering untouched = before.metering()
                .orElseGet(
                        () -> Metering.untouched(session.get(), facts.managed().id()));
        Metering seen = terms.mode() == Mode.ACT ? facts.metering().orElse(untouched) : untouched;
        boolean lapses = terms.mode() == Mode.ACT && !seen.lapse().equals(facts.lapse());
        Metering metering = lapses ? seen.lapsed(facts.lapse()) : seen;
        for (Effect effect : effects) {
            Ledger.Entry entry =
                    Ledger.enter(metering, effect, facts.managed().session().flatMap(Session::startTime));
            metering = entry.metering();
            entry.instruction().ifPresent(billing::add);
        }
        return metering.equals(untouched) ? before.metering() : Optional.of(metering);
    }

    private static Transition transition(List<Effect> effects, Facts facts, Optional<Metering> metering) {
        Optional<VmStatus> status = Optional.empty();
        boolean release = false;
        Optional<Transition.SessionEnd> end = Optional.empty();
        for (Effect effect : effects) {
            if (effect instanceof Effect.SetVmStatus set) {
                status = Optional.of(set.status());
            } else if (effect instanceof Effect.ReleaseVm released) {
                status = Optional.of(released.status());
                release = true;
            } else if (effect instanceof Effect.EndSession ending) {
                end = Optional.of(new Transition.SessionEnd(
                        ending.endedAs(),
                        ending.at(),
                        billable(facts, metering, ending.at()),
                        ending.reason(),
                        ending.cleanup()));
            }
        }
        VmStatus believed = facts.believed();
        return new Transition(status.filter(written -> written != believed), release, end);
    }

    /** What the bill comes to; nothing where there is none. */
    private static Duration billable(Facts facts, Optional<Metering> metering, Instant end) {
        Optional<Instant> start = facts.managed().session().flatMap(Session::startTime);
        return metering.isEmpty() || start.isEmpty()
                ? Duration.ZERO
                : Ledger.billed(start.get(), end, metering.get().gaps()).stream()
                        .map(Interval::length)
                        .reduce(Duration.ZERO, Duration::plus);
    }

    /** Whether people have not yet been told this verdict on a VM that is out of step, or that it is in step again. */
    public static boolean isNewVerdict(Decision decision, Memory before, Facts facts) {
        if (facts.isStale() || facts.isUnknown()) {
            return false;
        }
        String known = before.tracking().map(Tracking::verdict).orElse("");
        boolean inStep = facts.inStep()
                && decision.effects().isEmpty()
                && decision.held().isEmpty();
        return inStep ? !known.isEmpty() && facts.managed().session().isPresent() : !known.equals(decision.verdict());
    }

    private static boolean sameMatter(Optional<Tracking> after, Optional<Tracking> before) {
        if (after.isEmpty() || before.isEmpty()) {
            return after.isEmpty() && before.isEmpty();
        }
        return before.get().saysTheSameAs(after.get());
    }

    private static AuditRecord record(Facts facts, Decision decision, Terms terms) {
        Instant now = facts.now();
        return new AuditRecord(
                now,
                terms.cycle(),
                facts.managed().id(),
                facts.managed().sessionId(),
                facts.managed().vm().scope(),
                decision.rule(),
                terms.mode(),
                decision.because(),
                facts.believed(),
                facts.managed().session().map(Session::status),
                facts.evidence(),
                decision.effects().stream().map(Effect::toString).toList(),
                decision.held());
    }
}
