package com.berryfi.vmsync.testkit.simulation.sabotage;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.rule.RuleBook;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What may be wrong in the rules. */
final class RuleFaults {

    private RuleFaults() {}

    /** The second read that confirms a stop is not made. */
    static RuleBook endOnOneStopped(RuleBook book) {
        return OtherRule.in(book, "end-when-stopped", (facts, decision) -> {
            if (!facts.evidence().isDirect() || decision.held().isEmpty()) {
                return decision;
            }
            Instant cut =
                    openGap(facts).map(Gap::from).or(facts::provenRunningAt).orElse(facts.seenSince());
            return Decision.act(
                    decision.rule(),
                    decision.because(),
                    List.of(
                            new Effect.EndSession(facts.policy().endedStatus(), cut, "stopped", false),
                            new Effect.StopMetering(cut, "stopped"),
                            new Effect.ReleaseVm(facts.policy().freeStatus())));
        });
    }

    /** A VM in maintenance follows the cloud, like any other. */
    static RuleBook touchMaintenance(RuleBook book) {
        return OtherRule.in(
                book,
                "leave-maintenance",
                (facts, decision) -> facts.power() == PowerState.RUNNING
                        ? Decision.act(
                                decision.rule(), decision.because(), List.of(new Effect.SetVmStatus(VmStatus.RUNNING)))
                        : decision);
    }

    /** Billing resumes as of the instant from which it was not billed: nothing is left free. */
    static RuleBook resumeFromTheBegin(RuleBook book) {
        RuleBook broken = book;
        for (RuleBook.Entry entry : book.entries()) {
            broken = OtherRule.in(broken, entry.id(), RuleFaults::resumedFromTheBegin);
        }
        return broken;
    }

    private static Decision resumedFromTheBegin(Facts facts, Decision decision) {
        Optional<Instant> begin = openGap(facts).map(Gap::from);
        return new Decision(
                decision.rule(),
                decision.because(),
                decision.effects().stream()
                        .map(effect -> begin.isPresent() && effect instanceof Effect.ResumeMetering resume
                                ? new Effect.ResumeMetering(begin.get(), resume.reason())
                                : effect)
                        .toList(),
                decision.held());
    }

    private static Optional<Gap> openGap(Facts facts) {
        return facts.metering().flatMap(Metering::openGap);
    }

    /** A machine that runs for nobody is no finding. */
    static RuleBook overlookOrphans(RuleBook book) {
        return OtherRule.in(
                book, "watch-running", (facts, decision) -> Decision.nothing(decision.rule(), decision.because()));
    }
}
