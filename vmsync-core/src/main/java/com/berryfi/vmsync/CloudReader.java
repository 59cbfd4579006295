package com.berryfi.vmsync;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.port.PortException;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.Timeout;
import dev.failsafe.TimeoutExceededException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Asks the cloud, more than once where that may help, and always gets a {@link Reading}. */
final class CloudReader {

    /** How long an adapter may take beyond its time to hand over what it has, before it is interrupted. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final CloudStatusPort port;
    private final InstantSource clock;
    private final Duration timeout;
    private final RetryPolicy<Reading> retry;
    private final Map<Asked, Instant> leftAloneUntil = new ConcurrentHashMap<>();

    /** Lists and direct reads have budgets of their own with the cloud. */
    private record Asked(Scope scope, ReadKind kind) {}

    CloudReader(CloudStatusPort port, InstantSource clock, int attempts, Duration timeout, Duration backoff) {
        this.port = port;
        this.clock = clock;
        this.timeout = timeout;
        this.retry = RetryPolicy.<Reading>builder()
                .withMaxAttempts(attempts)
                .withBackoff(backoff, backoff.multipliedBy(10))
                .withJitter(0.2)
                .handleResultIf(this::isWorthAnotherTry)
                .build();
    }

    /**
     * Reads, until the deadline at most. A scope that asked to be left alone is left alone.
     *
     * @param addresses if there are none, nothing is read
     * @param sync what it is for
     */
    Reading read(Scope scope, Set<CloudAddress> addresses, ReadKind kind, SyncKind sync, Instant deadline) {
        if (addresses.isEmpty()) {
            return Reading.complete(Map.of(), 0);
        }
        Asked asked = new Asked(scope, kind);
        Instant until = leftAloneUntil.get(asked);
        if (until != null && clock.instant().isBefore(until)) {
            return nothing(UnknownCause.THROTTLED, "asked to be left alone until " + until, Optional.empty());
        }
        Attempts attempts = new Attempts(scope, addresses, kind, sync, deadline);
        Reading reading;
        try {
            reading = Failsafe.with(retry).get(attempts::next);
        } catch (FailsafeException e) {
            // The only checked exception in there is the interruption of a closing thread between two tries.
            Thread.currentThread().interrupt();
            reading = nothing(UnknownCause.NOT_REACHED, "interrupted", Optional.empty());
        }
        reading.retryAfter()
                .filter(wait -> !port.keepsLimits())
                .ifPresent(wait -> leftAloneUntil.merge(
                        asked, clock.instant().plus(wait), (one, other) -> one.isAfter(other) ? one : other));
        return attempts.withAllEvidence(reading);
    }

    /** Whether something failed that may well go better, whatever else failed for good. */
    private boolean isWorthAnotherTry(Reading reading) {
        if (reading.retryAfter().isPresent() && !port.keepsLimits()) {
            return false;
        }
        for (Evidence evidence : reading.evidence().values()) {
            if (isTransient(evidence.observation())) {
                return true;
            }
        }
        return reading.failure().filter(CloudReader::isTransient).isPresent();
    }

    private static boolean isTransient(Observation observation) {
        return observation instanceof Observation.Unknown unknown
                && unknown.cause().isTransient();
    }

    private static Reading nothing(UnknownCause cause, String detail, Optional<Duration> retryAfter) {
        return Reading.incomplete(Map.of(), 0, new Observation.Unknown(cause, detail), retryAfter);
    }

    /** The tries of one read: each asks only for what is still worth asking, the answers add up. */
    private final class Attempts {
        private final Scope scope;
        private final Set<CloudAddress> addresses;
        private final ReadKind kind;
        private final SyncKind sync;
        private final Instant deadline;
        private final Map<CloudAddress, Evidence> evidence = new HashMap<>();
        private int number;

        Attempts(Scope scope, Set<CloudAddress> addresses, ReadKind kind, SyncKind sync, Instant deadline) {
            this.scope = scope;
            this.addresses = addresses;
            this.kind = kind;
            this.sync = sync;
            this.deadline = deadline;
        }

        Reading next() {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            Duration left = Duration.between(now, deadline);
            if (left.isNegative() || left.isZero()) {
                return nothing(UnknownCause.NOT_REACHED, "the cycle's time is over", Optional.empty());
            }
            Duration atMost = left.compareTo(timeout) < 0 ? left : timeout;
            Set<CloudAddress> remaining = kind == ReadKind.LIST ? addresses : worthAsking();
            Reading reading = tried(new CloudStatusPort.Request(scope, remaining, kind, now, atMost, sync));
            evidence.putAll(reading.evidence());
            number++;
            return reading;
        }

        private Set<CloudAddress> worthAsking() {
            Set<CloudAddress> asked = new HashSet<>(addresses);
            asked.removeIf(address -> {
                Evidence known = evidence.get(address);
                return known != null && !isTransient(known.observation());
            });
            return asked;
        }

        private Reading tried(CloudStatusPort.Request request) {
            Timeout<Reading> bound = Timeout.<Reading>builder(request.atMost().plus(GRACE))
                    .withInterrupt()
                    .build();
            try {
                return Failsafe.with(bound).get(() -> port.read(request));
            } catch (TimeoutExceededException e) {
                return nothing(UnknownCause.TIMED_OUT, "no answer within " + request.atMost(), Optional.empty());
            } catch (PortException e) {
                return nothing(UnknownCause.OTHER, String.valueOf(e.getMessage()), Optional.empty());
            } catch (RuntimeException | LinkageError e) {
                return nothing(UnknownCause.OTHER, "the adapter threw " + Trouble.of(e), Optional.empty());
            }
        }

        Reading withAllEvidence(Reading last) {
            return number == 1 && last.complete()
                    ? last
                    : new Reading(
                            evidence,
                            last.complete(),
                            last.listed(),
                            last.failure(),
                            last.retryAfter(),
                            last.quotaLeft(),
                            last.notices());
        }
    }
}
