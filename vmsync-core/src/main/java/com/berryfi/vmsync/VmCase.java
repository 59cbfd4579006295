package com.berryfi.vmsync;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Mode;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Sighting;
import com.berryfi.vmsync.model.SyncPolicy;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.plan.Freshness;
import com.berryfi.vmsync.plan.Identities;
import com.berryfi.vmsync.plan.Recollection;
import com.berryfi.vmsync.plan.Restraint;
import com.berryfi.vmsync.rule.RuleBook;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One VM as it was loaded, to be judged by evidence. */
record VmCase(ManagedVm managed, Memory memory, Sighting sighting) {

    private static final Logger LOG = LoggerFactory.getLogger(VmCase.class);
    static final String RULE_FAILED = "rule-failed";

    VmId id() {
        return managed.id();
    }

    /** The same, with what this process knows by now of the machine's having run. */
    VmCase knowing(Optional<Instant> provenRunningAt) {
        return new VmCase(
                managed, memory, provenRunningAt.map(sighting::provenRunning).orElse(sighting));
    }

    /** A case, the facts it was judged by, and the ruling. */
    record Judged(VmCase vmCase, Facts facts, RuleBook.Ruling ruling, boolean inStep) {

        Decision decision() {
            return ruling.decision();
        }

        /** Whether a direct read would bring the matter on, or is due to learn which machine this is. */
        boolean wantsDirectRead() {
            return isHeldForRead() || isIdentityDue();
        }

        /** What was read directly just now is not read again. */
        boolean isHeldForRead() {
            return !facts.evidence().isDirect()
                    && (facts.isRumouredOtherwise()
                            || decision()
                                    .held()
                                    .map(held -> held.wantsDirectRead(facts.now()))
                                    .orElse(false));
        }

        boolean isIdentityDue() {
            return Identities.isDue(facts, vmCase.memory());
        }

        boolean hasFailed() {
            return decision().rule().equals(RULE_FAILED);
        }

        /** The same, with nothing left but what people are told. */
        Judged heldBack(Held by, String why) {
            return new Judged(vmCase, facts, new RuleBook.Ruling(decision().heldBack(by, why), ruling.mode()), inStep);
        }
    }

    /** By what a case is judged, beside its evidence. */
    record Bench(
            Recollection.Background background,
            Optional<Restraint.Freeze> freeze,
            Instant now,
            SyncPolicy policy,
            RuleBook rules) {}

    /** Judges; a rule that throws costs this VM its verdict and no other, and counts as if nothing were known. */
    Judged judge(Evidence evidence, Bench bench) {
        Facts facts = facts(evidence, bench);
        try {
            RuleBook.Ruling ruling = bench.rules().rule(facts);
            if (Freshness.lacksProof(ruling.decision(), facts)) {
                return failed(
                        facts,
                        bench,
                        "rule " + ruling.decision().rule() + " asks for "
                                + ruling.decision().effects() + " without the proof of a fresh direct read");
            }
            Decision decision = Restraint.under(bench.freeze(), Restraint.noting(facts, ruling.decision()));
            return new Judged(this, facts, new RuleBook.Ruling(decision, ruling.mode()), facts.inStep());
        } catch (RuntimeException | Error e) {
            return failed(facts, bench, "a rule threw " + Trouble.of(e));
        }
    }

    private Facts facts(Evidence evidence, Bench bench) {
        return Recollection.facts(managed, evidence, memory, bench.background(), sighting, bench.now(), bench.policy());
    }

    private Judged failed(Facts facts, Bench bench, String why) {
        LOG.error("VM {} is left alone: {}", id(), why);
        Evidence evidence = facts.evidence();
        Evidence nothing = new Evidence(
                new Observation.Unknown(UnknownCause.OTHER, why),
                evidence.kind(),
                evidence.sentAt(),
                evidence.requestId());
        Facts unknown = facts(nothing, bench);
        Decision decision = Decision.nothing(RULE_FAILED, nothing.observation().toString());
        return new Judged(this, unknown, new RuleBook.Ruling(decision, Mode.ACT), false);
    }
}
