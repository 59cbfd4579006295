package com.berryfi.vmsync;

import com.berryfi.vmsync.VmCase.Judged;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.Unverified;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** Of the sessions in use that were met together, the one whose machine the cloud said nothing definite of for the longest time. */
final class Verification {

    private Verification() {}

    static Optional<Unverified> oldest(Collection<Judged> verdicts, SyncContext context) {
        Optional<Unverified> oldest = Optional.empty();
        for (Judged verdict : verdicts) {
            Optional<Session> session = verdict.vmCase().managed().session();
            if (session.isPresent()) {
                Instant since = since(verdict, session.get(), context);
                if (oldest.filter(other -> !since.isBefore(other.since())).isEmpty()) {
                    oldest = Optional.of(new Unverified(
                            verdict.vmCase().managed().vm().scope(),
                            verdict.vmCase().id(),
                            session.get().id(),
                            since));
                }
            }
        }
        return oldest;
    }

    /** What is remembered is asked for those alone of whom nothing was said just now. */
    private static Instant since(Judged verdict, Session session, SyncContext context) {
        Evidence evidence = verdict.facts().evidence();
        boolean definite = !(evidence.observation() instanceof Observation.Unknown);
        if (definite
                && verdict.facts()
                        .now()
                        .isBefore(evidence.sentAt().plus(context.settings().quickInterval()))) {
            return evidence.sentAt();
        }
        // Another loop of this process may have asked later than a slow answer was asked for.
        return context.sightings()
                .lastKnown(verdict.vmCase().id())
                .map(Evidence::sentAt)
                .or(() -> definite
                        ? Optional.of(evidence.sentAt())
                        : verdict.facts().provenRunningAt())
                .orElseGet(() -> begun(session, context));
    }

    private static Instant begun(Session session, SyncContext context) {
        Instant process = context.watchman().startedAt();
        return session.startTime().filter(process::isBefore).orElse(process);
    }
}
