package com.berryfi.vmsync.model;

import java.time.Duration;

/**
 * What a host may choose about the rules. Immutable; start from {@link #standard()}.
 *
 * @param mapping which status is written for a power state
 * @param freeStatus what a VM becomes when its session has ended
 * @param endedStatus what a session becomes that had to be ended
 * @param fence how long a change by the host is left to come true
 * @param startGrace how long a session may take to begin
 * @param confirmationSpan the least time between the two direct reads that prove STOPPED
 * @param stopTimeout how long a machine may stay on, or stopped, without a session before it is reported
 * @param cut to which instant billing goes back
 */
public record SyncPolicy(
        StatusMapping mapping,
        VmStatus freeStatus,
        SessionStatus endedStatus,
        Duration fence,
        Duration startGrace,
        Duration confirmationSpan,
        Duration stopTimeout,
        BillingCut cut) {

    public SyncPolicy {
        if (freeStatus != VmStatus.AVAILABLE && freeStatus != VmStatus.STOPPED && freeStatus != VmStatus.DEALLOCATED) {
            throw new IllegalArgumentException(
                    "freeStatus: a released VM is AVAILABLE, STOPPED or DEALLOCATED, not " + freeStatus);
        }
        if (!endedStatus.isEnded()) {
            throw new IllegalArgumentException("endedStatus: a session cannot end as " + endedStatus);
        }
        positive("fence", fence);
        positive("startGrace", startGrace);
        positive("confirmationSpan", confirmationSpan);
        positive("stopTimeout", stopTimeout);
    }

    /** The defaults: standard mapping, AVAILABLE, TERMINATED, 5 min, 4 min, 25 s, 15 min, last proof of running. */
    public static SyncPolicy standard() {
        return new SyncPolicy(
                StatusMapping.standard(),
                VmStatus.AVAILABLE,
                SessionStatus.TERMINATED,
                Duration.ofMinutes(5),
                Duration.ofMinutes(4),
                Duration.ofSeconds(25),
                Duration.ofMinutes(15),
                BillingCut.LAST_PROOF_OF_RUNNING);
    }

    public SyncPolicy withMapping(StatusMapping value) {
        return new SyncPolicy(value, freeStatus, endedStatus, fence, startGrace, confirmationSpan, stopTimeout, cut);
    }

    public SyncPolicy withFreeStatus(VmStatus value) {
        return new SyncPolicy(mapping, value, endedStatus, fence, startGrace, confirmationSpan, stopTimeout, cut);
    }

    public SyncPolicy withEndedStatus(SessionStatus value) {
        return new SyncPolicy(mapping, freeStatus, value, fence, startGrace, confirmationSpan, stopTimeout, cut);
    }

    public SyncPolicy withFence(Duration value) {
        return new SyncPolicy(mapping, freeStatus, endedStatus, value, startGrace, confirmationSpan, stopTimeout, cut);
    }

    public SyncPolicy withStartGrace(Duration value) {
        return new SyncPolicy(mapping, freeStatus, endedStatus, fence, value, confirmationSpan, stopTimeout, cut);
    }

    public SyncPolicy withConfirmationSpan(Duration value) {
        return new SyncPolicy(mapping, freeStatus, endedStatus, fence, startGrace, value, stopTimeout, cut);
    }

    public SyncPolicy withStopTimeout(Duration value) {
        return new SyncPolicy(mapping, freeStatus, endedStatus, fence, startGrace, confirmationSpan, value, cut);
    }

    public SyncPolicy withCut(BillingCut value) {
        return new SyncPolicy(
                mapping, freeStatus, endedStatus, fence, startGrace, confirmationSpan, stopTimeout, value);
    }

    private static void positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + ": must be longer than zero, is " + value);
        }
    }
}
