package com.berryfi.vmsync;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Mode;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.Sighting;
import com.berryfi.vmsync.model.SyncPolicy;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.plan.Freshness;
import com.berryfi.vmsync.plan.Recollection;
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

    /** A case, the facts it was judged by, and the ruling. */
    record Judged(VmCase vmCase, Facts facts, RuleBook.Ruling ruling, boolean inStep) {

        Decision decision() {
            return ruling.decision();
        }

        boolean wantsDirectRead() {
            return decision()
                    .held()
                    .map(held -> held.wantsDirectRead(facts.now()))
                    .orElse(false);
        }

        boolean hasFailed() {
            return decision().rule().equals(RULE_FAILED);
        }
    }

    /** Judges; a rule that throws costs this VM its verdict and no other, and counts as if nothing were known. */
    Judged judge(Evidence evidence, Optional<Pass> pass, Instant now, SyncPolicy policy, RuleBook rules) {
        Facts facts = Recollection.facts(managed, evidence, memory, pass, sighting, now, policy);
        try {
            RuleBook.Ruling ruling = rules.rule(facts);
            if (Freshness.lacksProof(ruling.decision(), facts)) {
                return failed(
                        facts,
                        pass,
                        "rule " + ruling.decision().rule() + " asks for "
                                + ruling.decision().effects() + " without the proof of a fresh direct read");
            }
            return new Judged(this, facts, ruling, facts.inStep());
        } catch (RuntimeException | Error e) {
            return failed(facts, pass, "a rule threw " + Trouble.of(e));
        }
    }

    private Judged failed(Facts facts, Optional<Pass> pass, String why) {
        LOG.error("VM {} is left alone: {}", id(), why);
        Evidence evidence = facts.evidence();
        Evidence nothing = new Evidence(
                new Observation.Unknown(UnknownCause.OTHER, why),
                evidence.kind(),
                evidence.sentAt(),
                evidence.requestId());
        Facts unknown = Recollection.facts(managed, nothing, memory, pass, sighting, facts.now(), facts.policy());
        Decision decision = Decision.nothing(RULE_FAILED, nothing.observation().toString());
        return new Judged(this, unknown, new RuleBook.Ruling(decision, Mode.ACT), false);
    }
}
