package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Tracking;
import com.berryfi.vmsync.model.Usage;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** From the facts, and what was done about them, to what is remembered next. */
public final class Retention {

    private Retention() {}

    /**
     * What is remembered of a VM once a decision has been carried out.
     *
     * @param effects what was carried out
     * @param after the rows as they stand then
     * @param ours whether these rows were changed by us just now
     * @param passSpeaks whether this read will be remembered as a complete pass, which speaks for every VM in step
     */
    public static Optional<Tracking> remembered(
            Facts facts,
            Decision decision,
            List<Effect> effects,
            Memory before,
            ManagedVm after,
            boolean ours,
            boolean passSpeaks) {
        boolean inSession = after.session().isPresent();
        // Whose an error is, whoever writes it again, is settled by who set it first.
        boolean ourError =
                after.vm().believed() == VmStatus.ERROR && (facts.believed() != VmStatus.ERROR || facts.ourError());
        if (facts.isStale() || facts.isUnknown()) {
            // The pass must not speak for a VM of which nothing is known.
            return before.tracking().isPresent() || !inSession || !passSpeaks
                    ? before.tracking()
                    : Optional.of(tracking(facts, before, after, facts.changedAt(), "", ourError));
        }
        boolean settled = ours
                ? decision.held().isEmpty() && !ourError
                : facts.inStep() && !isWatched(facts) && decision.held().isEmpty();
        if (settled && (!inSession || passSpeaks)) {
            return Optional.empty();
        }
        boolean commanded = effects.stream().anyMatch(Effect.Deallocate.class::isInstance);
        Optional<Instant> changedAt =
                commanded ? Optional.of(facts.now()) : ours ? Optional.empty() : facts.changedAt();
        return Optional.of(tracking(facts, before, after, changedAt, settled ? "" : decision.verdict(), ourError));
    }

    /** In step, and yet to be remembered since when: it is, or becomes, a finding. */
    private static boolean isWatched(Facts facts) {
        return !facts.rowsAgree()
                || (facts.usage() == Usage.NONE && (facts.isRunning() || facts.power() == PowerState.STOPPED));
    }

    private static Tracking tracking(
            Facts facts,
            Memory before,
            ManagedVm after,
            Optional<Instant> changedAt,
            String verdict,
            boolean ourError) {
        // Versions start at an instant, so that a row deleted and made again never repeats one.
        long version = before.tracking()
                .map(known -> known.version() + 1)
                .orElse(facts.now().toEpochMilli());
        return new Tracking(
                after.id(),
                version,
                after.materialFingerprint(),
                after.sessionId(),
                changedAt,
                facts.run(),
                facts.provenRunningAt(),
                facts.endRequestedAt(),
                ourError,
                verdict);
    }
}
