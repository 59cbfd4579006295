package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.BillingCut;
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
import java.util.Optional;

/** From what is remembered and what is seen to the facts. */
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
        Optional<Instant> proven = latest(
                background.before().flatMap(Facts::provenRunningAt),
                proven(managed, memory, background.pass(), sighting));
        Optional<Instant> ranAt = proven;
        boolean fresh = !evidence.sentAt().isBefore(sighting.readAt()) && !evidence.isOvertaken(ranAt, now);
        Optional<Run> run = background
                .before()
                .map(Facts::run)
                .orElseGet(() -> run(managed, memory))
                .filter(known -> !isContradicted(known, ranAt))
                .filter(known -> provesUse(known, managed)
                        || (isUnbroken(known, evidence, background.unbroken())
                                && !isFromBefore(background.outage(), known)));
        Optional<Metering> metering = memory.metering()
                .map(known -> ofSession(managed, Optional.of(known)).isPresent()
                        ? ranAt.map(at -> Meter.ran(known, at)).orElse(known)
                        : known);
        Optional<Identity> identity = memory.identity().filter(known -> known.isOf(managed.vm()));
        boolean ourError = ourError(managed, memory);
        if (fresh) {
            Optional<Run.Subject> subject = isAnothers(evidence, identity, managed, ourError)
                    ? Optional.of(Run.Subject.REPLACED)
                    : Run.Subject.of(evidence.observation());
            run = extended(run, subject, evidence, now, policy.fence());
            if (subject.equals(Optional.of(Run.Subject.RUNNING))) {
                proven = latest(proven, Optional.of(evidence.sentAt()));
            }
            metering = metered(managed, metering, evidence, run, proven, policy.cut());
        }
        Optional<Lapse> known = ofSession(managed, metering).flatMap(Metering::lapse);
        Optional<Lapse> lapse = known.isEmpty() && fresh && opensLapse(managed, metering, run, evidence)
                ? Optional.of(new Lapse(
                        billedUntil(
                                proven.or(() -> managed.session().flatMap(Session::startTime)), evidence, policy.cut()),
                        evidence.sentAt()))
                : known;
        return new Facts(
                managed,
                evidence,
                run,
                metering,
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
                .filter(known -> known.fingerprint().equals(managed.materialFingerprint()))
                .flatMap(Tracking::run);
    }

    /** A machine that ran under a session in use, and that nothing has spoken against since, ran all the while. */
    private static boolean provesUse(Run run, ManagedVm managed) {
        return run.subject() == Run.Subject.RUNNING && usage(managed) == Usage.IN_USE;
    }

    /**
     * Whether somebody has seen the machine run since a run against it began: contrary evidence ends a run, though whoever had it did
     * not know of the run. Of another machine under the address it may have been as well.
     */
    private static boolean isContradicted(Run run, Optional<Instant> ranAt) {
        return run.subject() != Run.Subject.RUNNING
                && run.subject() != Run.Subject.REPLACED
                && ranAt.filter(run.first()::isBefore).isPresent();
    }

    /** What was seen before a long silence proves nothing after it: every grace starts afresh. */
    private static boolean isUnbroken(Run run, Evidence evidence, Duration unbroken) {
        return Duration.between(run.last(), evidence.sentAt()).compareTo(unbroken) <= 0;
    }

    /** Nor does what was seen while the scope was not read whole, however often it was. */
    private static boolean isFromBefore(Optional<Outage> outage, Run run) {
        return outage.filter(gone -> run.first().isBefore(gone.until())).isPresent();
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
            Optional<Run> run, Optional<Run.Subject> subject, Evidence evidence, Instant now, Duration patience) {
        if (subject.isEmpty() || isAnyones(run, subject.get(), evidence)) {
            return run;
        }
        Optional<Run> agreeing = run.filter(known -> known.subject() == subject.get());
        Optional<Instant> proof = evidence.isDirect() && (isSettled(evidence) || isOld(agreeing, evidence, patience))
                ? Optional.of(now)
                : Optional.empty();
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

    private static Optional<Metering> ofSession(ManagedVm managed, Optional<Metering> metering) {
        return metering.filter(known -> managed.sessionId().equals(Optional.of(known.session())));
    }

    /** What this evidence says of an interruption of the bill that is known already. */
    private static Optional<Metering> metered(
            ManagedVm managed,
            Optional<Metering> metering,
            Evidence evidence,
            Optional<Run> run,
            Optional<Instant> proven,
            BillingCut cut) {
        if (usage(managed) != Usage.IN_USE
                || !evidence.isDirect()
                || ofSession(managed, metering).isEmpty()) {
            return metering;
        }
        if (run.filter(known -> known.subject() == Run.Subject.RUNNING).isPresent()
                && evidence.power() == PowerState.RUNNING) {
            return metering.map(known -> Meter.running(known, evidence.sentAt()));
        }
        return provesOff(run, evidence)
                ? metering.map(known -> Meter.off(known, billedUntil(proven, evidence, cut)))
                : metering;
    }

    /**
     * Until when is billed what this evidence proves off: the host's choice. A proof of running from after it, a list that others read
     * meanwhile, is none of before.
     */
    private static Instant billedUntil(Optional<Instant> proven, Evidence off, BillingCut cut) {
        return cut == BillingCut.FIRST_PROOF_OF_OFF
                ? off.sentAt()
                : proven.filter(at -> at.isBefore(off.sentAt())).orElse(off.sentAt());
    }

    /** Whether this evidence is a proof that the machine is off. */
    private static boolean provesOff(Optional<Run> run, Evidence evidence) {
        return evidence.isDirect()
                && evidence.power().isOff()
                && run.filter(known -> known.subject().isOff() && known.directs() > 0)
                        .isPresent();
    }

    /** Whether this evidence is the first proof that the machine is off under a session in use that is billed. */
    private static boolean opensLapse(
            ManagedVm managed, Optional<Metering> metering, Optional<Run> run, Evidence evidence) {
        return usage(managed) == Usage.IN_USE
                && provesOff(run, evidence)
                && ofSession(managed, metering)
                        .map(known -> known.openGap().isEmpty() && !known.stopped())
                        .orElse(true);
    }

    /**
     * The last proof, before this evidence, that the machine ran for this session: what is tracked, or what this process itself has
     * seen, or, where it has seen nothing yet or nothing later, the last complete pass. A proof from before the session began is none.
     */
    private static Optional<Instant> proven(ManagedVm managed, Memory memory, Optional<Pass> pass, Sighting sighting) {
        Optional<Instant> start = managed.session().flatMap(Session::startTime);
        if (start.isEmpty()) {
            return Optional.empty();
        }
        Optional<Instant> tracked = memory.tracking().flatMap(Tracking::provenRunningAt);
        Optional<Instant> passed = pass.filter(any -> hadAgreed(managed))
                .filter(any -> memory.tracking()
                        .map(known -> wasMadeWithout(known, any, managed))
                        .orElse(true))
                .flatMap(any -> saidBy(any, managed));
        return latest(latest(tracked, passed), sighting.provenRunningAt())
                .filter(instant -> !instant.isBefore(start.get()));
    }

    /** A session that begins agrees with the cloud only on a machine that is believed running. */
    private static boolean hadAgreed(ManagedVm managed) {
        Usage usage = usage(managed);
        return usage == Usage.BEGINNING ? managed.vm().believed() == VmStatus.RUNNING : usage != Usage.NONE;
    }

    /**
     * Whether a pass says nothing of what is tracked, and so was made by somebody who did not know of it: who knew, and saw the same
     * or anything else, has tracked that, or excepted the VM.
     */
    private static boolean wasMadeWithout(Tracking tracking, Pass pass, ManagedVm managed) {
        return !pass.except().containsKey(managed.id())
                && tracking.run()
                        .filter(run -> run.subject() != Run.Subject.REPLACED)
                        .filter(run -> run.last().isBefore(pass.at()))
                        .isPresent();
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
}
