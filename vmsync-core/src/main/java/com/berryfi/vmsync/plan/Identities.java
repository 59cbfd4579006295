package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Identity;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Run;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Tracking;
import com.berryfi.vmsync.model.Usage;
import java.util.Optional;

/** Which very machine a VM's address leads to, and when that is to be learned. */
public final class Identities {

    private Identities() {}

    /**
     * Which machine the VM's address is known to lead to: learned by a direct read when it is first met, when a session comes
     * into use, and when the row was pointed elsewhere; while a session begins, its machine may still be made anew. Another machine under a session's address is not ours, and not learned.
     */
    public static Optional<Identity> learned(Facts facts, Memory before) {
        if (facts.isStale()
                || facts.isReplaced()
                || !facts.evidence().isDirect()
                || !(facts.evidence().observation() instanceof Observation.Seen seen)) {
            return before.identity();
        }
        ManagedVm managed = facts.managed();
        Optional<SessionId> using = facts.usage() == Usage.IN_USE ? managed.sessionId() : Optional.empty();
        boolean known = facts.identity()
                .map(identity -> using.isEmpty() || identity.session().equals(using))
                .orElse(false);
        return known
                ? before.identity()
                : Optional.of(new Identity(
                        managed.id(),
                        managed.vm().scope(),
                        managed.vm().address(),
                        seen.uid(),
                        using,
                        facts.evidence().sentAt()));
    }

    /** Whether a direct read is due to learn which machine a running session is on: at its start, and when it was away. */
    public static boolean isDue(Facts facts, Memory before) {
        boolean learned = facts.identity()
                .map(identity -> identity.session().equals(facts.managed().sessionId()))
                .orElse(false);
        boolean wasAway = before.tracking()
                .flatMap(Tracking::run)
                .map(run -> run.subject() == Run.Subject.MISSING)
                .orElse(false);
        return facts.usage() == Usage.IN_USE
                && facts.isRunning()
                && !facts.evidence().isDirect()
                && (!learned || wasAway);
    }
}
