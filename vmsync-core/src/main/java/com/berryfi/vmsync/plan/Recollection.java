package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Run;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.Sighting;
import com.berryfi.vmsync.model.SyncPolicy;
import com.berryfi.vmsync.model.Tracking;
import com.berryfi.vmsync.model.Usage;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Instant;
import java.util.Optional;

/** From what is remembered and what is seen to the facts; and from the facts to what is remembered next. */
public final class Recollection {

    private Recollection() {}

    /**
     * The facts of one VM.
     *
     * @param pass the last complete pass of the VM's scope; empty if there was none
     * @param sighting how its rows looked, this read included
     */
    public static Facts facts(
            ManagedVm managed,
            Evidence evidence,
            Memory memory,
            Optional<Pass> pass,
            Sighting sighting,
            Instant now,
            SyncPolicy policy) {
        boolean fresh = !evidence.sentAt().isBefore(sighting.readAt());
        Optional<Run> run = run(managed, memory);
        Optional<Instant> proven = proven(managed, memory, pass);
        if (fresh) {
            run = extended(run, evidence);
            proven = evidence.power() == PowerState.RUNNING
                    ? proven.filter(known -> known.isAfter(evidence.sentAt())).or(() -> Optional.of(evidence.sentAt()))
                    : proven;
        }
        return new Facts(
                managed,
                evidence,
                run,
                memory.metering(),
                proven,
                sighting.changedAt(),
                sighting.readAt(),
                now,
                policy);
    }

    /** The run so far; none if the host has changed the rows since: what was seen before speaks of another state. */
    private static Optional<Run> run(ManagedVm managed, Memory memory) {
        return memory.tracking()
                .filter(known ->
                        known.fingerprint().equals(managed.fingerprint().material()))
                .flatMap(Tracking::run);
    }

    private static Optional<Run> extended(Optional<Run> run, Evidence evidence) {
        Optional<Run.Subject> subject = Run.Subject.of(evidence.observation());
        if (subject.isEmpty()) {
            return run;
        }
        return run.filter(known -> known.subject() == subject.get())
                .map(known -> known.and(evidence))
                .or(() -> Optional.of(Run.of(subject.get(), evidence)));
    }

    /**
     * The last proof, before this evidence, that the machine ran for this session. Where nothing is tracked the last complete pass
     * speaks: then both sides agreed. A proof from before the session began is none.
     */
    private static Optional<Instant> proven(ManagedVm managed, Memory memory, Optional<Pass> pass) {
        Optional<Instant> start = managed.session().flatMap(Session::startTime);
        if (start.isEmpty()) {
            return Optional.empty();
        }
        Optional<Instant> known = memory.tracking().isPresent()
                ? memory.tracking().flatMap(Tracking::provenRunningAt)
                : pass.filter(any -> passSpeaksOf(managed)).map(Pass::at);
        return known.filter(instant -> !instant.isBefore(start.get()));
    }

    /** A session that begins agrees with the cloud only on a machine that is believed running. */
    private static boolean passSpeaksOf(ManagedVm managed) {
        Usage usage =
                managed.session().map(session -> Usage.of(session.status())).orElse(Usage.NONE);
        return usage == Usage.IN_USE
                || (usage == Usage.BEGINNING && managed.vm().believed() == VmStatus.RUNNING);
    }

    /**
     * What is remembered once a decision has been carried out.
     *
     * @param after the rows as they stand then
     * @param ours whether these rows were changed by us just now
     * @param passSpeaks whether this read will be remembered as a complete pass, which speaks for every VM in step
     */
    public static Optional<Tracking> remembered(
            Facts facts, Decision decision, Memory before, ManagedVm after, boolean ours, boolean passSpeaks) {
        boolean inSession = after.session().isPresent();
        if (facts.isStale()) {
            return before.tracking();
        }
        if (facts.isUnknown()) {
            // The pass must not speak for a VM of which nothing is known.
            return before.tracking().isPresent() || !inSession || !passSpeaks
                    ? before.tracking()
                    : Optional.of(tracking(facts, before, after, "", false));
        }
        boolean settled = ours ? decision.held().isEmpty() : facts.inStep() && !isWatched(facts);
        if (settled && (!inSession || passSpeaks)) {
            return Optional.empty();
        }
        return Optional.of(tracking(facts, before, after, settled ? "" : decision.verdict(), ours));
    }

    /** In step, and yet to be remembered since when: it becomes a finding. */
    private static boolean isWatched(Facts facts) {
        return facts.usage() == Usage.NONE && (facts.isRunning() || facts.power() == PowerState.STOPPED);
    }

    private static Tracking tracking(Facts facts, Memory before, ManagedVm after, String verdict, boolean ours) {
        // Versions start at an instant, so that a row deleted and made again never repeats one.
        long version = before.tracking()
                .map(known -> known.version() + 1)
                .orElse(facts.now().toEpochMilli());
        return new Tracking(
                after.id(),
                version,
                after.fingerprint().material(),
                ours ? Optional.empty() : facts.changedAt(),
                facts.run(),
                facts.provenRunningAt(),
                verdict);
    }
}
