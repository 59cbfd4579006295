package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.stream.Stream;

/**
 * What a synchronisation saw of one VM, decided and did.
 *
 * @param before the host's rows as they were read
 * @param evidence what the cloud said
 * @param decision what follows from it
 * @param mode how far the rule is carried out
 * @param result what became of it
 * @param note more to {@code result}, in words; may be empty
 */
public record VmOutcome(ManagedVm before, Evidence evidence, Decision decision, Mode mode, Result result, String note) {

    /**
     * The findings in the decision, as of an instant.
     *
     * @param asOf until when they are reckoned to have cost money
     * @return empty if it has none
     */
    public Stream<Standing> findings(Instant asOf) {
        return decision.effects().stream()
                .filter(Effect.Report.class::isInstance)
                .map(Effect.Report.class::cast)
                .map(report -> new Standing(
                        report.kind(),
                        before.id(),
                        before.vm().scope(),
                        before.sessionId(),
                        report.since(),
                        asOf,
                        report.text()));
    }

    /** What became of a decision. */
    public enum Result {
        /** Nothing was to be done. */
        NOTHING,
        /** Nothing is done yet; the decision says what is waited for. */
        HELD,
        /** Done, and durable. */
        DONE,
        /** Would be done, were this not a dry run or the rule not in another mode. */
        WOULD_DO,
        /** Somebody else wrote first; decided afresh in the next cycle. */
        LOST_RACE,
        /** The evidence had grown too old, or a later answer spoke against it; decided afresh in the next cycle. */
        TOO_OLD,
        /** The database refuses this row. */
        REFUSED,
        /** The database could not be reached, or a rule threw. */
        FAILED
    }
}
