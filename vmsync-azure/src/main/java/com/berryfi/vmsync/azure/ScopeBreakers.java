package com.berryfi.vmsync.azure;

import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.UnknownCause;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.failsafe.CircuitBreaker;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Gives a scope that fails again and again a rest, so that it costs one try in a while. Thread-safe. */
final class ScopeBreakers {

    private static final int FAILURES = 3;

    /** Shorter than the default interval of the quick sync: each cycle may try once. */
    private static final Duration REST = Duration.ofSeconds(20);

    private static final int MOST_SCOPES = 10_000;
    private static final Set<UnknownCause> OUTAGE =
            Set.of(UnknownCause.TIMED_OUT, UnknownCause.CONNECTION_FAILED, UnknownCause.SERVER_ERROR);

    private final LoadingCache<Scope, CircuitBreaker<Reading>> breakers = Caffeine.newBuilder()
            .maximumSize(MOST_SCOPES)
            .build(scope -> CircuitBreaker.<Reading>builder()
                    .handleResultIf(ScopeBreakers::isOutage)
                    .withFailureThreshold(FAILURES)
                    .withDelay(REST)
                    .build());

    Reading guarded(Scope scope, Supplier<Reading> read) {
        CircuitBreaker<Reading> breaker = breakers.get(scope);
        if (!breaker.tryAcquirePermit()) {
            return Reading.incomplete(
                    Map.of(),
                    0,
                    new Observation.Unknown(
                            UnknownCause.LEFT_ALONE,
                            "it failed " + FAILURES + " times in a row, and is left alone for "
                                    + breaker.getRemainingDelay().toSeconds() + " s"),
                    Optional.empty());
        }
        try {
            Reading reading = read.get();
            breaker.recordResult(reading);
            return reading;
        } catch (RuntimeException | Error e) {
            breaker.recordException(e);
            throw e;
        }
    }

    /** A scope of which anything came is not out. */
    private static boolean isOutage(Reading reading) {
        return reading.evidence().isEmpty()
                && reading.failure()
                        .filter(failure -> OUTAGE.contains(failure.cause()))
                        .isPresent();
    }
}
