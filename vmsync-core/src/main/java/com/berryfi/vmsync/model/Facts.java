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
 * @param provenRunningAt the last proof that the machine ran for this session, this evidence included; empty if there is none
 * @param endRequestedAt when the session was first seen TERMINATING; empty if it is not
 * @param changedAt when a change by the host to these rows was first seen; empty if none was
 * @param readAt when the host's rows were read
 * @param now the present
 * @param policy what the host chose
 */
public record Facts(
        ManagedVm managed,
        Evidence evidence,
        Optional<Run> run,
        Optional<Metering> metering,
        Optional<Instant> provenRunningAt,
        Optional<Instant> endRequestedAt,
        Optional<Instant> changedAt,
        Instant readAt,
        Instant now,
        SyncPolicy policy) {

    /** The facts of a first look: no history, the standard policy, everything as of the read. For trying rules out. */
    public static Facts firstLook(ManagedVm managed, Evidence evidence) {
        Instant now = evidence.sentAt();
        return new Facts(
                managed,
                evidence,
                Run.Subject.of(evidence.observation()).map(subject -> Run.of(subject, evidence, evidence.isDirect())),
                Optional.empty(),
                evidence.power() == PowerState.RUNNING ? Optional.of(now) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                now,
                now,
                SyncPolicy.standard());
    }

    public VmStatus believed() {
        return managed.vm().believed();
    }

    public Usage usage() {
        return managed.session().map(session -> Usage.of(session.status())).orElse(Usage.NONE);
    }

    /** The power that was seen; UNKNOWN if none was. */
    public PowerState power() {
        return evidence.power();
    }

    /** Whether the cloud is not in the middle of creating, updating or deleting the VM. */
    public boolean isSettled() {
        return evidence.observation() instanceof Observation.Seen seen
                && seen.provisioning().isSettled();
    }

    public boolean isRunning() {
        return power() == PowerState.RUNNING;
    }

    /** Whether a direct read did not find the VM, or a list left it out. */
    public boolean isAbsent() {
        return evidence.observation() instanceof Observation.Missing
                || (evidence.observation() instanceof Observation.Unknown unknown
                        && unknown.cause() == UnknownCause.NOT_LISTED);
    }

    /** Whether nothing is known of the VM, not even that it is absent. */
    public boolean isUnknown() {
        return power() == PowerState.UNKNOWN && !isAbsent();
    }

    /** Whether the request was sent before the rows were read: it cannot speak of them. */
    public boolean isStale() {
        return evidence.sentAt().isBefore(readAt);
    }

    /** Whether the session is, at present, not billed by our word. */
    public boolean isSuspended() {
        return metering.flatMap(Metering::openGap).isPresent();
    }

    /** Until when a change by the host is left alone; empty if it has made none. */
    public Optional<Instant> fenceUntil() {
        return changedAt.map(instant -> instant.plus(policy.fence()));
    }

    public boolean isFenced() {
        return fenceUntil().map(now::isBefore).orElse(false);
    }

    /** When the cloud began to say what it says now. */
    public Instant seenSince() {
        return run.map(Run::first).orElse(evidence.sentAt());
    }

    /** Whether believed status and power say the same, whatever session there is. */
    public boolean statusAgrees() {
        return policy.mapping().agrees(believed(), power());
    }

    /** Whether both sides agree on the machine, its session and its bill. */
    public boolean inStep() {
        return switch (usage()) {
            case NONE -> statusAgrees() || believed() == VmStatus.ERROR;
            case BEGINNING -> isRunning() && believed() == VmStatus.RUNNING;
            case IN_USE -> isRunning() && believed() == VmStatus.RUNNING && !isSuspended();
            case TERMINATING -> false;
        };
    }
}
