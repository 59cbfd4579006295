package com.berryfi.vmsync;

import com.berryfi.vmsync.VmCase.Judged;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.Unverified;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

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

    /** What is remembered is asked for those alone of whom nothing was said now. */
    private static Instant since(Judged verdict, Session session, SyncContext context) {
        Evidence evidence = verdict.facts().evidence();
        if (!(evidence.observation() instanceof Observation.Unknown)) {
            return evidence.sentAt();
        }
        Instant begun = Stream.concat(Stream.of(context.watchman().startedAt()), session.startTime().stream())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return context.sightings()
                .lastKnown(verdict.vmCase().id())
                .map(Evidence::sentAt)
                .or(() -> verdict.facts().provenRunningAt())
                .orElse(begun);
    }
}
