package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.Optional;

/**
 * All a rule may look at.
 *
 * @param managed the host's rows
 * @param evidence what the cloud says
 * @param run the agreeing contrary observations, this one included; empty if nothing was ever seen
 * @param metering what was said of the session's bill; empty if nothing was
 * @param identity which machine the VM's address led to before this evidence; empty if that was never learned
 * @param provenRunningAt the last proof that the machine ran for this session, this evidence included; empty if there is none
 * @param lapse a proof that the machine was off, this evidence included, not yet entered in the bill; empty if there is none
 * @param endRequestedAt when the session was first seen TERMINATING; empty if it is not
 * @param changedAt when a change by the host to these rows was first seen; empty if none was
 * @param hold an operator's hold on this VM; empty if there is none
 * @param ourError whether an ERROR in the VM's row was set by us
 * @param readAt when the host's rows were read
 * @param now the present
 * @param policy what the host chose
 */
public record Facts(
        ManagedVm managed,
        Evidence evidence,
        Optional<Run> run,
        Optional<Metering> metering,
        Optional<Identity> identity,
        Optional<Instant> provenRunningAt,
        Optional<Lapse> lapse,
        Optional<Instant> endRequestedAt,
        Optional<Instant> changedAt,
        Optional<Order> hold,
        boolean ourError,
        Instant readAt,
        Instant now,
        SyncPolicy policy) {

    /**
     * The facts of a first look: no history, the standard policy, everything as of the read. For trying rules out.
     *
     * @param managed the host's rows
     * @param evidence what the cloud says
     * @return facts of the instant at which the read was sent
     */
    public static Facts firstLook(ManagedVm managed, Evidence evidence) {
        Instant now = evidence.sentAt();
        return new Facts(
                managed,
                evidence,
                Run.Subject.of(evidence.observation())
                        .map(subject ->
                                Run.of(subject, evidence, evidence.isDirect() ? Optional.of(now) : Optional.empty())),
                Optional.empty(),
                Optional.empty(),
                evidence.power() == PowerState.RUNNING ? Optional.of(now) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                now,
                now,
                SyncPolicy.standard());
    }

    /** {@return the status in the VM's row} */
    public VmStatus believed() {
        return managed.vm().believed();
    }

    /** {@return how much of a session the VM has; {@link Usage#NONE} if none is open} */
    public Usage usage() {
        return managed.session().map(session -> Usage.of(session.status())).orElse(Usage.NONE);
    }

    /** {@return the power of our machine that was seen; UNKNOWN if none was, for another's power says nothing of ours} */
    public PowerState power() {
        return isReplaced() ? PowerState.UNKNOWN : evidence.power();
    }

    /** {@return whether the VM was seen, and the cloud is not in the middle of creating, updating or deleting it} */
    public boolean isSettled() {
        return evidence.observation() instanceof Observation.Seen seen
                && seen.provisioning().isSettled();
    }

    /** {@return whether our machine was seen running} */
    public boolean isRunning() {
        return power() == PowerState.RUNNING;
    }

    /**
     * Whether another machine answers under our address than the one that this session began on or, without a session, the one that
     * we called lost.
     *
     * @return whether it does, by this evidence
     */
    public boolean isReplaced() {
        return run.isPresent()
                && run.get().subject() == Run.Subject.REPLACED
                && evidence.observation() instanceof Observation.Seen;
    }

    /** {@return whether our machine is not there: a direct read did not find it, a list left it out, or another answers in its place} */
    public boolean isAbsent() {
        return evidence.observation() instanceof Observation.Missing
                || isReplaced()
                || (evidence.observation() instanceof Observation.Unknown unknown
                        && unknown.cause() == UnknownCause.NOT_LISTED);
    }

    /** {@return whether three direct reads over the missing span, this one the last, did not find our machine} */
    public boolean isProvenMissing() {
        return evidence.observation() instanceof Observation.Missing
                && evidence.isDirect()
                && run.filter(known -> known.subject() == Run.Subject.MISSING && known.directs() >= 3)
                        .flatMap(Run::firstDirect)
                        .filter(first -> !evidence.sentAt().isBefore(first.plus(policy.missingSpan())))
                        .isPresent();
    }

    /** {@return whether nothing is known of the VM, not even that it is absent} */
    public boolean isUnknown() {
        return evidence.power() == PowerState.UNKNOWN && !isAbsent();
    }

    /** {@return whether an index, which proves nothing, says of the machine what is not believed, or that a session's does not run} */
    public boolean isRumouredOtherwise() {
        return evidence.observation() instanceof Observation.Unknown unknown
                && unknown.rumour().filter(power -> !isAsBelieved(power)).isPresent();
    }

    private boolean isAsBelieved(PowerState power) {
        return policy.mapping().agrees(believed(), power) && (usage() == Usage.NONE || power == PowerState.RUNNING);
    }

    /** {@return whether the request was sent before the rows were read, so that it cannot speak of them, or the answer is overtaken} */
    public boolean isStale() {
        return evidence.sentAt().isBefore(readAt) || isOvertaken();
    }

    /** {@return whether the answer speaks against another that was asked for later, and came first: that the machine ran} */
    public boolean isOvertaken() {
        return evidence.isOvertaken(provenRunningAt, now);
    }

    /** {@return whether the session is, at present, not billed by our word} */
    public boolean isSuspended() {
        return metering.flatMap(Metering::openGap).isPresent();
    }

    /**
     * Whether the session was proven off, and its bill does not say yet that it runs again, whether that is proven or not.
     *
     * @return whether its bill has an open gap, or a lapse that is no gap yet
     */
    public boolean isInterrupted() {
        return isSuspended() || lapse.isPresent();
    }

    /** {@return whether the session is interrupted, and was proven running since} */
    public boolean isBack() {
        return isInterrupted() && metering.flatMap(Metering::backAt).isPresent();
    }

    /** {@return whether the host's rows say that a session lives which we have ended: old values were saved over ours} */
    public boolean isOverwritten() {
        return metering.flatMap(Metering::tombstone).isPresent()
                && metering.map(Metering::session).equals(managed.meteredSession())
                && (managed.session().isPresent()
                        || managed.vm().currentSession().isPresent());
    }

    /** {@return whether VM and session name one another, or neither does} */
    public boolean rowsAgree() {
        return managed.vm().currentSession().equals(managed.sessionId());
    }

    /** {@return whether the VM's row says ERROR, and we did not set it} */
    public boolean isHostError() {
        return believed() == VmStatus.ERROR && !ourError;
    }

    /** {@return until when a change by the host is left alone; empty if it has made none} */
    public Optional<Instant> fenceUntil() {
        return changedAt.map(instant -> instant.plus(policy.fence()));
    }

    /** {@return whether a change by the host is still left alone: it was first seen less than a fence ago} */
    public boolean isFenced() {
        return fenceUntil().map(now::isBefore).orElse(false);
    }

    /** {@return when the cloud began to say what it says now} */
    public Instant seenSince() {
        return run.map(Run::first).orElse(evidence.sentAt());
    }

    /** {@return whether believed status and power say the same, whatever session there is} */
    public boolean statusAgrees() {
        return policy.mapping().agrees(believed(), power());
    }

    /** {@return whether both sides agree on the machine, its session and its bill} */
    public boolean inStep() {
        return switch (usage()) {
            case NONE -> statusAgrees() || isHostError();
            case BEGINNING -> isRunning() && believed() == VmStatus.RUNNING;
            case IN_USE -> isRunning() && believed() == VmStatus.RUNNING && !isInterrupted();
            case TERMINATING -> false;
        };
    }
}
