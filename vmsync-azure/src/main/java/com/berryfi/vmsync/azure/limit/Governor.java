package com.berryfi.vmsync.azure.limit;

import com.berryfi.vmsync.model.Scope;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Keeps every call within our share of every limit that it counts for. Each scope has buckets of its own, so that one that is
 * throttled delays no other. Thread-safe.
 */
public final class Governor {

    /** What a full sync leaves to the quick one: a quarter. */
    private static final int RESERVE = 4;

    /** A bucket that was left alone for longer is full again, and may be forgotten. */
    private static final Duration UNUSED_AT_MOST = Duration.ofHours(2);

    private static final int MOST_BUCKETS = 200_000;
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    private record Key(RateLimit limit, String subscription, String whose) {}

    private final int sharePercent;
    private final TimeMeter time;
    private final LoadingCache<Key, Bucket> buckets;

    /**
     * A governor with full buckets.
     *
     * @param sharePercent which part of every limit is ours, 1 to 100
     * @param nanoTime what the buckets are refilled by
     */
    public Governor(int sharePercent, LongSupplier nanoTime) {
        this.sharePercent = sharePercent;
        this.time = new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return nanoTime.getAsLong();
            }

            @Override
            public boolean isWallClockBased() {
                return false;
            }
        };
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_BUCKETS)
                .expireAfterAccess(UNUSED_AT_MOST)
                .ticker(nanoTime::getAsLong)
                .build(key -> bucket(key.limit()));
    }

    /**
     * Takes what one call costs, or says how long to wait before it is asked again.
     *
     * @param call the call about to be sent
     * @param leavingReserve whether others come first: then a part of each bucket is left to them
     * @return zero if the call may be sent, now
     */
    public Duration tryCall(ArmCall call, boolean leavingReserve) {
        List<RateLimit> limits = call.kind().limits();
        for (int taken = 0; taken < limits.size(); taken++) {
            RateLimit limit = limits.get(taken);
            Bucket bucket = bucket(limit, call);
            long wait = bucket.estimateAbilityToConsume(1 + (leavingReserve ? reserve(limit) : 0))
                    .getNanosToWaitForRefill();
            if (wait > 0 || !bucket.tryConsume(1)) {
                limits.subList(0, taken).forEach(before -> bucket(before, call).addTokens(1));
                return Duration.ofNanos(Math.max(wait, 1));
            }
        }
        return Duration.ZERO;
    }

    /**
     * {@return whether it is the machine's own bucket alone that a call would have to wait for}
     *
     * @param call the call
     */
    public boolean waitsForMachine(ArmCall call) {
        return call.kind().limits().stream()
                .filter(limit -> bucket(limit, call).getAvailableTokens() < 1)
                .allMatch(limit -> limit.of() == RateLimit.Of.MACHINE);
    }

    /**
     * {@return how long it takes until so many calls of a kind can be sent, if nobody else sends any; zero if they can be now}
     *
     * @param scope in which subscription, by which principal
     * @param kind of which kind
     * @param calls how many
     * @param leavingReserve whether others come first, as in {@link #tryCall}
     */
    public Duration until(Scope scope, ArmCall.Kind kind, long calls, boolean leavingReserve) {
        long longest = 0;
        for (RateLimit limit : kind.limits()) {
            if (limit.of() != RateLimit.Of.MACHINE) {
                long left = left(scope, limit) - (leavingReserve ? reserve(limit) : 0);
                long lacking = Math.max(0, calls - left);
                longest = Math.max(longest, lacking * Duration.ofMinutes(1).toNanos() / share(limit.aMinute()));
            }
        }
        return Duration.ofNanos(longest);
    }

    /**
     * {@return which part of what is left a number of calls of a kind would take, of the limit that is the shortest; above 1 if it is too
     * short}
     *
     * @param scope in which subscription, by which principal
     * @param kind of which kind
     * @param calls how many
     */
    public double burden(Scope scope, ArmCall.Kind kind, long calls) {
        return kind.limits().stream()
                .filter(limit -> limit.of() != RateLimit.Of.MACHINE)
                .mapToDouble(limit -> (double) calls / Math.max(1, left(scope, limit)))
                .max()
                .orElse(0);
    }

    /**
     * {@return how many calls of our share of a limit are left; below zero while nothing may be sent}
     *
     * @param scope in which subscription, by which principal
     * @param limit which limit; not one that counts for each machine
     */
    public long left(Scope scope, RateLimit limit) {
        return buckets.get(key(limit, new ArmCall(scope, ArmCall.Kind.LIST_PAGE, "")))
                .getAvailableTokens();
    }

    /**
     * Notes what an answer says is left of the limits. That can only lower what is ours: of what is left, our share.
     *
     * @param call the call that was answered
     * @param left by the name that the header gives
     */
    public void noteLeft(ArmCall call, Map<String, Long> left) {
        left.forEach((name, remaining) -> RateLimit.ofHeader(name).ifPresent(limit -> {
            long believed = Math.min(Math.max(0, remaining), limit.bucket());
            lower(bucket(limit, call), believed * sharePercent / 100);
        }));
    }

    /**
     * Notes that a call was charged more than one; no more is believed than the limit's bucket holds.
     *
     * @param call the call that was answered
     * @param charge how many calls the answer says it counted for; 1 and less change nothing
     */
    public void noteCharge(ArmCall call, long charge) {
        RateLimit limit = call.kind().limits().get(1);
        long believed = Math.min(charge, limit.bucket());
        if (believed > 1) {
            bucket(limit, call).consumeIgnoringRateLimits(believed - 1);
        }
    }

    /**
     * Notes that a call was refused: nothing that counts for the same limit is sent until then.
     *
     * @param call the call that was refused
     * @param byArm whether Resource Manager refused, or else the service behind it
     * @param retryAfter how long; at most an hour is believed
     */
    public void noteThrottled(ArmCall call, boolean byArm, Duration retryAfter) {
        RateLimit limit = call.kind().limits().get(byArm ? 0 : 1);
        Duration wait = retryAfter.compareTo(LONGEST_RETRY_AFTER) < 0 ? retryAfter : LONGEST_RETRY_AFTER;
        lower(bucket(limit, call), -wait.toSeconds() * share(limit.aMinute()) / 60);
    }

    /** Takes what a bucket holds in excess: once, however many answers come at the same time and say the same. */
    private static void lower(Bucket bucket, long atMost) {
        synchronized (bucket) {
            long excess = bucket.getAvailableTokens() - atMost;
            if (excess > 0) {
                bucket.consumeIgnoringRateLimits(excess);
            }
        }
    }

    private Bucket bucket(RateLimit limit, ArmCall call) {
        return buckets.get(key(limit, call));
    }

    private static Key key(RateLimit limit, ArmCall call) {
        Scope scope = call.scope();
        String whose = switch (limit.of()) {
            case PRINCIPAL -> scope.tenant() + "/" + scope.principal();
            case SUBSCRIPTION -> "";
            case MACHINE -> call.machine();
        };
        return new Key(limit, scope.cloud() + "/" + scope.subscription().toLowerCase(Locale.ROOT), whose);
    }

    private Bucket bucket(RateLimit limit) {
        return Bucket.builder()
                .addLimit(bandwidth -> bandwidth
                        .capacity(share(limit.bucket()))
                        .refillGreedy(share(limit.aMinute()), Duration.ofMinutes(1)))
                .withCustomTimePrecision(time)
                .build();
    }

    private long reserve(RateLimit limit) {
        return limit.of() == RateLimit.Of.MACHINE ? 0 : share(limit.bucket()) / RESERVE;
    }

    private long share(long limit) {
        return Math.max(1, limit * sharePercent / 100);
    }
}
