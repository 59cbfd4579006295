package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Identity;
import com.berryfi.vmsync.model.Lapse;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.Outage;
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
import java.util.List;
import java.util.Optional;

/** From what is remembered and what is seen to the facts; and from the facts to what is remembered next. */
public final class Recollection {

    /**
     * What is known of a VM beside its rows, its memory and the evidence.
     *
     * @param pass the last complete pass of its scope, where this process has not made one yet; else empty
     * @param hold an operator's hold on it
     * @param outage the last time its scope went unread
     * @param unbroken the longest that may lie between two observations of one run
     * @param before what was judged of it earlier in this cycle; empty if nothing was
     */
    public record Background(
            Optional<Pass> pass,
            Optional<Order> hold,
            Optional<Outage> outage,
            Duration unbroken,
            Optional<Facts> before) {

        /** The same, once something was judged. */
        public Background after(Facts facts) {
            return new Background(pass, hold, outage, unbroken, Optional.of(facts));
        }
    }

    private Recollection() {}

    /**
     * The facts of one VM.
     *
     * @param sighting how its rows looked, this read included
     */
    public static Facts facts(
            ManagedVm managed,
            Evidence evidence,
            Memory memory,
            Background background,
            Sighting sighting,
            Instant now,
            SyncPolicy policy) {
        boolean fresh = !evidence.sentAt().isBefore(sighting.readAt());
        Optional<Run> run = background
                .before()
                .map(Facts::run)
                .orElseGet(() -> run(managed, memory))
                .filter(known -> isUnbroken(known, evidence, background.unbroken()));
        Optional<Instant> proven = background
                .before()
                .map(Facts::provenRunningAt)
                .orElseGet(() -> proven(managed, memory, background.pass(), sighting));
        Optional<Lapse> lapse = memory.metering()
                .filter(metering -> managed.sessionId().equals(Optional.of(metering.session())))
                .flatMap(Metering::lapse);
        Optional<Identity> identity = memory.identity().filter(known -> known.isOf(managed.vm()));
        boolean ourError = ourError(managed, memory);
        if (fresh) {
            Optional<Run.Subject> subject = isAnothers(evidence, identity, managed, ourError)
                    ? Optional.of(Run.Subject.REPLACED)
                    : Run.Subject.of(evidence.observation());
            run = extended(run, subject, evidence, policy.fence());
            if (subject.equals(Optional.of(Run.Subject.RUNNING))) {
                proven = latest(proven, Optional.of(evidence.sentAt()));
            }
            if (lapse.isEmpty() && opensLapse(managed, memory, run, evidence)) {
                lapse = Optional.of(new Lapse(
                        proven.or(() -> managed.session().flatMap(Session::startTime))
                                .orElse(evidence.sentAt()),
                        evidence.sentAt()));
            }
        }
        return new Facts(
                managed,
                evidence,
                run,
                memory.metering(),
                identity,
                proven,
                lapse,
                endRequested(managed, memory, sighting),
                changedAt(sighting, background.outage(), policy.fence()),
                background.hold(),
                ourError,
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

    /** What was seen before a long silence proves nothing after it: every grace starts afresh. */
    private static boolean isUnbroken(Run run, Evidence evidence, Duration unbroken) {
        return Duration.between(run.last(), evidence.sentAt()).compareTo(unbroken) <= 0;
    }

    /** Whether another machine answered than the one this session began on, or than the one that we called lost. */
    private static boolean isAnothers(
            Evidence evidence, Optional<Identity> identity, ManagedVm managed, boolean ourError) {
        return evidence.observation() instanceof Observation.Seen seen
                && seen.uid().isPresent()
                && identity.isPresent()
                && identity.get()
                        .uid()
                        .filter(known -> !known.equals(seen.uid().get()))
                        .isPresent()
                && (managed.session().isPresent() ? identity.get().session().equals(managed.sessionId()) : ourError);
    }

    private static Optional<Run> extended(
            Optional<Run> run, Optional<Run.Subject> subject, Evidence evidence, Duration patience) {
        if (subject.isEmpty() || isAnyones(run, subject.get(), evidence)) {
            return run;
        }
        Optional<Run> agreeing = run.filter(known -> known.subject() == subject.get());
        boolean proof = evidence.isDirect() && (isSettled(evidence) || isOld(agreeing, evidence, patience));
        return agreeing.map(known -> known.and(evidence, proof))
                .or(() -> Optional.of(Run.of(subject.get(), evidence, proof)));
    }

    /** Once another machine answered under an address, an answer that names no machine may be of either. */
    private static boolean isAnyones(Optional<Run> run, Run.Subject subject, Evidence evidence) {
        return run.map(Run::subject).equals(Optional.of(Run.Subject.REPLACED))
                && subject != Run.Subject.REPLACED
                && evidence.observation() instanceof Observation.Seen seen
                && seen.uid().isEmpty();
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

    /** Whether this evidence is a proof, and the first, that the machine is off under a session in use that is billed. */
    private static boolean opensLapse(ManagedVm managed, Memory memory, Optional<Run> run, Evidence evidence) {
        return usage(managed) == Usage.IN_USE
                && evidence.isDirect()
                && run.filter(known -> known.subject() == Run.Subject.OFF && known.directs() > 0)
                        .isPresent()
                && memory.metering()
                        .map(metering -> metering.openGap().isEmpty() && !metering.stopped())
                        .orElse(true);
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
                : pass.filter(any -> hadAgreed(managed)).flatMap(any -> saidBy(any, managed));
        return latest(latest(tracked, passed), sighting.provenRunningAt())
                .filter(instant -> !instant.isBefore(start.get()));
    }

    /** A session that begins agrees with the cloud only on a machine that is believed running. */
    private static boolean hadAgreed(ManagedVm managed) {
        Usage usage = usage(managed);
        return usage == Usage.BEGINNING ? managed.vm().believed() == VmStatus.RUNNING : usage != Usage.NONE;
    }

    private static Optional<Instant> saidBy(Pass pass, ManagedVm managed) {
        return pass.except().getOrDefault(managed.id(), Optional.of(pass.at()));
    }

    private static Usage usage(ManagedVm managed) {
        return managed.session().map(session -> Usage.of(session.status())).orElse(Usage.NONE);
    }

    private static Optional<Instant> endRequested(ManagedVm managed, Memory memory, Sighting sighting) {
        return usage(managed) == Usage.TERMINATING
                ? memory.tracking()
                        .filter(known -> known.session().equals(managed.sessionId()))
                        .flatMap(Tracking::endRequestedAt)
                        .or(() -> Optional.of(sighting.readAt()))
                : Optional.empty();
    }

    /** A fence that was open when the scope went unread is given its whole time again. */
    private static Optional<Instant> changedAt(Sighting sighting, Optional<Outage> outage, Duration fence) {
        return sighting.changedAt()
                .map(at -> outage.filter(gone ->
                                at.isBefore(gone.until()) && at.plus(fence).isAfter(gone.from()))
                        .map(Outage::until)
                        .orElse(at));
    }

    private static boolean ourError(ManagedVm managed, Memory memory) {
        return managed.vm().believed() == VmStatus.ERROR
                && memory.tracking().map(Tracking::ourError).orElse(false);
    }

    private static Optional<Instant> latest(Optional<Instant> one, Optional<Instant> other) {
        return one.isEmpty() || (other.isPresent() && other.get().isAfter(one.get())) ? other : one;
    }

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
        if (facts.isStale()) {
            return before.tracking();
        }
        boolean ourError = after.vm().believed() == VmStatus.ERROR && (ours ? setsError(effects) : facts.ourError());
        if (facts.isUnknown()) {
            // The pass must not speak for a VM of which nothing is known.
            return before.tracking().isPresent() || !inSession || !passSpeaks
                    ? before.tracking()
                    : Optional.of(tracking(facts, before, after, facts.changedAt(), "", ourError));
        }
        boolean commanded = effects.stream().anyMatch(Effect.Deallocate.class::isInstance);
        boolean settled = ours
                ? decision.held().isEmpty() && !ourError
                : facts.inStep() && !isWatched(facts) && decision.held().isEmpty();
        if (settled && (!inSession || passSpeaks)) {
            return Optional.empty();
        }
        Optional<Instant> changedAt =
                commanded ? Optional.of(facts.now()) : ours ? Optional.empty() : facts.changedAt();
        return Optional.of(tracking(facts, before, after, changedAt, settled ? "" : decision.verdict(), ourError));
    }

    private static boolean setsError(List<Effect> effects) {
        return effects.stream()
                .anyMatch(effect -> effect instanceof Effect.ReleaseVm release && release.status() == VmStatus.ERROR);
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
                after.fingerprint().material(),
                after.sessionId(),
                changedAt,
                facts.run(),
                facts.provenRunningAt(),
                facts.endRequestedAt(),
                ourError,
                verdict);
    }

    /**
     * Which machine the VM's address is known to lead to: learned by a direct read when it is first met, when a session begins, and
     * when the row was pointed elsewhere. Another machine under a session's address is not ours, and not learned.
     */
    public static Optional<Identity> identity(Facts facts, Memory before) {
        if (facts.isStale()
                || facts.isReplaced()
                || !facts.evidence().isDirect()
                || !(facts.evidence().observation() instanceof Observation.Seen seen)) {
            return before.identity();
        }
        ManagedVm managed = facts.managed();
        boolean known = facts.identity()
                .map(identity ->
                        managed.sessionId().isEmpty() || identity.session().equals(managed.sessionId()))
                .orElse(false);
        return known
                ? before.identity()
                : Optional.of(new Identity(
                        managed.id(),
                        managed.vm().scope(),
                        managed.vm().address(),
                        seen.uid(),
                        managed.sessionId(),
                        facts.evidence().sentAt()));
    }

    /** Whether a direct read is due to learn which machine a running session is on: at its start, and when it was away. */
    public static boolean isIdentityDue(Facts facts, Memory before) {
        boolean learned = facts.identity()
                .map(identity -> identity.session().equals(facts.managed().sessionId()))
                .orElse(false);
        boolean wasAway = before.tracking()
                .flatMap(Tracking::run)
                .map(run -> run.subject() == Run.Subject.MISSING)
                .orElse(false);
        return facts.usage().isLive() && facts.isRunning() && !facts.evidence().isDirect() && (!learned || wasAway);
    }
}
