package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Run;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.Sighting;
import com.berryfi.vmsync.model.SyncPolicy;
import com.berryfi.vmsync.model.Tracking;
import com.berryfi.vmsync.model.Usage;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** From what is remembered and what is seen to the facts; and from the facts to what is remembered next. */
public final class Recollection {

    private Recollection() {}

    /**
     * The facts of one VM.
     *
     * @param pass the last complete pass of the VM's scope, where this process has not made one yet; else empty
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
        Optional<Instant> proven = proven(managed, memory, pass, sighting);
        if (fresh) {
            run = extended(run, evidence, policy.fence());
            if (evidence.power() == PowerState.RUNNING) {
                proven = latest(proven, Optional.of(evidence.sentAt()));
            }
        }
        return new Facts(
                managed,
                evidence,
                run,
                memory.metering(),
                proven,
                endRequested(managed, memory, sighting),
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

    private static Optional<Run> extended(Optional<Run> run, Evidence evidence, Duration patience) {
        Optional<Run.Subject> subject = Run.Subject.of(evidence.observation());
        if (subject.isEmpty()) {
            return run;
        }
        Optional<Run> agreeing = run.filter(known -> known.subject() == subject.get());
        boolean proof = evidence.isDirect() && (isSettled(evidence) || isOld(agreeing, evidence, patience));
        return agreeing.map(known -> known.and(evidence, proof))
                .or(() -> Optional.of(Run.of(subject.get(), evidence, proof)));
    }

    private static boolean isSettled(Evidence evidence) {
        return !(evidence.observation() instanceof Observation.Seen seen)
                || seen.provisioning().isSettled();
    }

    /** A change that the cloud does not come to an end with must not keep the machine from being off for ever. */
    private static boolean isOld(Optional<Run> run, Evidence evidence, Duration patience) {
        return run.map(known -> !evidence.sentAt().isBefore(known.first().plus(patience)))
                .orElse(false);
    }

    /**
     * The last proof, before this evidence, that the machine ran for this session: what is tracked, or what this process itself has
     * seen, or, where it has seen nothing yet, the last complete pass. A proof from before the session began is none.
     */
    private static Optional<Instant> proven(ManagedVm managed, Memory memory, Optional<Pass> pass, Sighting sighting) {
        Optional<Instant> start = managed.session().flatMap(Session::startTime);
        if (start.isEmpty()) {
            return Optional.empty();
        }
        Optional<Instant> tracked = memory.tracking().flatMap(Tracking::provenRunningAt);
        Optional<Instant> passed = memory.tracking().isPresent()
                ? Optional.empty()
                : pass.filter(any -> speaksOf(any, managed)).map(Pass::at);
        return latest(latest(tracked, passed), sighting.provenRunningAt())
                .filter(instant -> !instant.isBefore(start.get()));
    }

    /** A session that begins agrees with the cloud only on a machine that is believed running. */
    private static boolean speaksOf(Pass pass, ManagedVm managed) {
        Usage usage =
                managed.session().map(session -> Usage.of(session.status())).orElse(Usage.NONE);
        boolean agreed = usage == Usage.BEGINNING ? managed.vm().believed() == VmStatus.RUNNING : usage != Usage.NONE;
        return agreed && !pass.except().contains(managed.id());
    }

    private static Optional<Instant> endRequested(ManagedVm managed, Memory memory, Sighting sighting) {
        boolean terminating = managed.session()
                .map(session -> Usage.of(session.status()) == Usage.TERMINATING)
                .orElse(false);
        return terminating
                ? memory.tracking().flatMap(Tracking::endRequestedAt).or(() -> Optional.of(sighting.readAt()))
                : Optional.empty();
    }

    private static Optional<Instant> latest(Optional<Instant> one, Optional<Instant> other) {
        return one.isEmpty() || (other.isPresent() && other.get().isAfter(one.get())) ? other : one;
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
                facts.endRequestedAt(),
                verdict);
    }
}
