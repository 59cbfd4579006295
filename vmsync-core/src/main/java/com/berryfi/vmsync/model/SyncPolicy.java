package com.berryfi.vmsync.model;

import java.time.Duration;
import java.util.Optional;

/**
 * What a host may choose about the rules. Immutable; start from {@link #standard()}.
 *
 * @param mapping which status is written for a power state
 * @param freeStatus what a VM becomes when its session has ended
 * @param endedStatus what a session becomes that had to be ended
 * @param fence how long a change by the host is left to come true
 * @param startGrace how long a session may take to begin
 * @param confirmationSpan the least time between the two direct reads that prove STOPPED
 * @param missingSpan the least time from the first to the last of the three direct not-founds that prove a VM missing
 * @param stopTimeout how long a machine may stay on, or stopped, without a session before it is reported
 * @param cut to which instant billing goes back
 * @param heartbeatDelay how long a heartbeat may put off an ending; empty where it is not the VM itself that sends it
 * @param quarantine how long an orphan is reported before it is deallocated; empty if it never is
 */
public record SyncPolicy(
        StatusMapping mapping,
        VmStatus freeStatus,
        SessionStatus endedStatus,
        Duration fence,
        Duration startGrace,
        Duration confirmationSpan,
        Duration missingSpan,
        Duration stopTimeout,
        BillingCut cut,
        Optional<Duration> heartbeatDelay,
        Optional<Duration> quarantine) {

    /** The longest that a heartbeat may put off an ending. */
    public static final Duration LONGEST_HEARTBEAT_DELAY = Duration.ofMinutes(2);

    /**
     * Checks each value.
     *
     * @param mapping which status is written for a power state
     * @param freeStatus what a VM becomes when its session has ended
     * @param endedStatus what a session becomes that had to be ended
     * @param fence how long a change by the host is left to come true
     * @param startGrace how long a session may take to begin
     * @param confirmationSpan the least time between the two direct reads that prove STOPPED
     * @param missingSpan the least time from the first to the last of the three direct not-founds that prove a VM missing
     * @param stopTimeout how long a machine may stay on, or stopped, without a session before it is reported
     * @param cut to which instant billing goes back
     * @param heartbeatDelay how long a heartbeat may put off an ending; empty where it is not the VM itself that sends it
     * @param quarantine how long an orphan is reported before it is deallocated; empty if it never is
     * @throws IllegalArgumentException if a released VM cannot be {@code freeStatus}, a session cannot end as {@code endedStatus}, a time
     *     is not longer than zero, or the delay is longer than {@link #LONGEST_HEARTBEAT_DELAY}; the message names which
     */
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
        positive("missingSpan", missingSpan);
        positive("stopTimeout", stopTimeout);
        heartbeatDelay.ifPresent(delay -> {
            positive("heartbeatDelay", delay);
            if (delay.compareTo(LONGEST_HEARTBEAT_DELAY) > 0) {
                throw new IllegalArgumentException(
                        "heartbeatDelay: must not be longer than " + LONGEST_HEARTBEAT_DELAY + ", is " + delay);
            }
        });
        quarantine.ifPresent(time -> positive("quarantine", time));
    }

    /**
     * The defaults.
     *
     * @return standard mapping, AVAILABLE, TERMINATED, 5 min, 4 min, 25 s, 2 min, 15 min, last proof of running; no heartbeat, no
     *     deallocation
     */
    public static SyncPolicy standard() {
        return new SyncPolicy(
                StatusMapping.standard(),
                VmStatus.AVAILABLE,
                SessionStatus.TERMINATED,
                Duration.ofMinutes(5),
                Duration.ofMinutes(4),
                Duration.ofSeconds(25),
                Duration.ofMinutes(2),
                Duration.ofMinutes(15),
                BillingCut.LAST_PROOF_OF_RUNNING,
                Optional.empty(),
                Optional.empty());
    }

    /**
     * The same, with another status for each power state.
     *
     * @param value which status is written for which; hosts may give their own
     * @return another policy; this one stays as it is
     */
    public SyncPolicy withMapping(StatusMapping value) {
        return with(value, freeStatus, endedStatus, fence, startGrace, confirmationSpan, missingSpan, stopTimeout, cut);
    }

    /**
     * The same, with another status of VMs whose session has ended.
     *
     * @param value AVAILABLE, STOPPED or DEALLOCATED
     * @return another policy; this one stays as it is
     * @throws IllegalArgumentException if it is another
     */
    public SyncPolicy withFreeStatus(VmStatus value) {
        return with(mapping, value, endedStatus, fence, startGrace, confirmationSpan, missingSpan, stopTimeout, cut);
    }

    /**
     * The same, with another status of sessions that had to be ended.
     *
     * @param value COMPLETED, TERMINATED or FAILED
     * @return another policy; this one stays as it is
     * @throws IllegalArgumentException if it is another
     */
    public SyncPolicy withEndedStatus(SessionStatus value) {
        return with(mapping, freeStatus, value, fence, startGrace, confirmationSpan, missingSpan, stopTimeout, cut);
    }

    /**
     * The same, with another time for which a change by the host is left to come true.
     *
     * @param value longer than zero
     * @return another policy; this one stays as it is
     * @throws IllegalArgumentException if it is not longer than zero
     */
    public SyncPolicy withFence(Duration value) {
        return with(
                mapping, freeStatus, endedStatus, value, startGrace, confirmationSpan, missingSpan, stopTimeout, cut);
    }

    /**
     * The same, with another time that a session may take to begin.
     *
     * @param value longer than zero
     * @return another policy; this one stays as it is
     * @throws IllegalArgumentException if it is not longer than zero
     */
    public SyncPolicy withStartGrace(Duration value) {
        return with(mapping, freeStatus, endedStatus, fence, value, confirmationSpan, missingSpan, stopTimeout, cut);
    }

    /**
     * The same, with another least time between the two direct reads that prove STOPPED.
     *
     * @param value longer than zero
     * @return another policy; this one stays as it is
     * @throws IllegalArgumentException if it is not longer than zero
     */
    public SyncPolicy withConfirmationSpan(Duration value) {
        return with(mapping, freeStatus, endedStatus, fence, startGrace, value, missingSpan, stopTimeout, cut);
    }

    /**
     * The same, with another least time from the first to the last of the three direct not-founds that prove a VM missing.
     *
     * @param value longer than zero
     * @return another policy; this one stays as it is
     * @throws IllegalArgumentException if it is not longer than zero
     */
    public SyncPolicy withMissingSpan(Duration value) {
        return with(mapping, freeStatus, endedStatus, fence, startGrace, confirmationSpan, value, stopTimeout, cut);
    }

    /**
     * The same, with another time for which a machine may stay on, or stopped, without a session before it is reported.
     *
     * @param value longer than zero
     * @return another policy; this one stays as it is
     * @throws IllegalArgumentException if it is not longer than zero
     */
    public SyncPolicy withStopTimeout(Duration value) {
        return with(mapping, freeStatus, endedStatus, fence, startGrace, confirmationSpan, missingSpan, value, cut);
    }

    /**
     * The same, with billing going back to another instant when a machine is found off.
     *
     * @param value to which
     * @return another policy; this one stays as it is
     */
    public SyncPolicy withCut(BillingCut value) {
        return with(
                mapping, freeStatus, endedStatus, fence, startGrace, confirmationSpan, missingSpan, stopTimeout, value);
    }

    /**
     * For hosts whose heartbeats are sent by the VM itself: one that is newer than the proof puts an ending off, once, this long.
     *
     * @param value longer than zero, {@link #LONGEST_HEARTBEAT_DELAY} at most
     * @return another policy; this one stays as it is
     * @throws IllegalArgumentException if it is not
     */
    public SyncPolicy withHeartbeatDelay(Duration value) {
        return withOptions(Optional.of(value), quarantine);
    }

    /**
     * Deallocate orphans that were reported for so long.
     *
     * @param value longer than zero
     * @return another policy; this one stays as it is
     * @throws IllegalArgumentException if it is not longer than zero
     */
    public SyncPolicy withQuarantine(Duration value) {
        return withOptions(heartbeatDelay, Optional.of(value));
    }

    private SyncPolicy with(
            StatusMapping map,
            VmStatus free,
            SessionStatus ended,
            Duration fences,
            Duration start,
            Duration confirmation,
            Duration missing,
            Duration stop,
            BillingCut billed) {
        return new SyncPolicy(
                map, free, ended, fences, start, confirmation, missing, stop, billed, heartbeatDelay, quarantine);
    }

    private SyncPolicy withOptions(Optional<Duration> heartbeat, Optional<Duration> orphans) {
        return new SyncPolicy(
                mapping,
                freeStatus,
                endedStatus,
                fence,
                startGrace,
                confirmationSpan,
                missingSpan,
                stopTimeout,
                cut,
                heartbeat,
                orphans);
    }

    private static void positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + ": must be longer than zero, is " + value);
        }
    }
}
