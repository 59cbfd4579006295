package com.berryfi.vmsync.azure;

import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.UnknownCause;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.failsafe.CircuitBreaker;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Gives a scope that fails again and again a rest, so that it costs one try in a while. Thread-safe. */
final class ScopeBreakers {

    private static final int FAILURES = 3;

    /** Shorter than the default interval of the quick sync: each cycle may try once. */
    private static final Duration REST = Duration.ofSeconds(20);

    private static final int MOST_SCOPES = 10_000;
    private static final Set<UnknownCause> OUTAGE =
            Set.of(UnknownCause.TIMED_OUT, UnknownCause.CONNECTION_FAILED, UnknownCause.SERVER_ERROR);

    /** The breaker's own clock cannot be set: it stays open until it is told otherwise. */
    private static final Duration UNTIL_TOLD = Duration.ofDays(365);

    /** One scope's breaker, and when its last outage was noted. */
    private record Guard(CircuitBreaker<Reading> breaker, AtomicLong outageAt) {}

    private final Ticker ticker;
    private final LoadingCache<Scope, Guard> guards = Caffeine.newBuilder()
            .maximumSize(MOST_SCOPES)
            .build(scope -> new Guard(
                    CircuitBreaker.<Reading>builder()
                            .handleResultIf(ScopeBreakers::isOutage)
                            .withFailureThreshold(FAILURES)
                            .withSuccessThreshold(1)
                            .withDelay(UNTIL_TOLD)
                            .build(),
                    new AtomicLong()));

    ScopeBreakers(Ticker ticker) {
        this.ticker = ticker;
    }

    Reading guarded(Scope scope, Supplier<Reading> read) {
        Guard guard = guards.get(scope);
        CircuitBreaker<Reading> breaker = guard.breaker();
        Duration rest = REST.minusNanos(ticker.read() - guard.outageAt().get());
        if (breaker.isOpen() && (rest.isZero() || rest.isNegative())) {
            breaker.halfOpen();
        }
        if (!breaker.tryAcquirePermit()) {
            return Reading.incomplete(
                    Map.of(),
                    0,
                    new Observation.Unknown(
                            UnknownCause.LEFT_ALONE,
                            "it failed " + FAILURES + " times in a row, and is left alone for "
                                    + Math.max(0, rest.toSeconds())
                                    + " s"),
                    Optional.empty());
        }
        try {
            Reading reading = read.get();
            if (isOutage(reading)) {
                guard.outageAt().set(ticker.read());
            }
            breaker.recordResult(reading);
            return reading;
        } catch (RuntimeException | Error e) {
            guard.outageAt().set(ticker.read());
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
