package com.berryfi.vmsync.testkit.arm;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.SynchronizationStrategy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Counts calls against Azure's limits and refuses those that go over one. Thread-safe. */
final class ArmLimits {

    /** The time in which every bucket fills up: one that was left alone for so long may be forgotten. */
    private static final Duration FULL_AGAIN = Duration.ofMinutes(1);

    private record Key(ArmLimit limit, String subscription, String whose) {}

    private final TimeMeter time;
    private final Cache<Key, Bucket> buckets;
    private final Map<ArmLimit, Double> peaks = new EnumMap<>(ArmLimit.class);
    private long refused;

    ArmLimits(InstantSource clock) {
        this.time = new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                Instant now = clock.instant();
                return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
            }

            @Override
            public boolean isWallClockBased() {
                return true;
            }
        };
        this.buckets = Caffeine.newBuilder()
                .expireAfterAccess(FULL_AGAIN)
                .ticker(time::currentTimeNanos)
                .executor(Runnable::run)
                .build();
    }

    /**
     * Counts a call, unless it goes over a limit.
     *
     * @param admitted whether it goes further than to Resource Manager
     * @return how it is refused, and then nothing is counted
     */
    synchronized Optional<ArmAnswer> refusal(ArmRoute route, String token, boolean admitted) {
        List<ArmLimit> all = ArmLimit.of(route.call());
        List<ArmLimit> counted = admitted ? all : all.subList(0, 1);
        Optional<ArmLimit> empty = counted.stream()
                .filter(limit -> nanosUntilOne(bucket(limit, route, token)) > 0)
                .max(Comparator.comparing(limit -> nanosUntilOne(bucket(limit, route, token))));
        if (empty.isPresent()) {
            refused++;
            return Optional.of(refusal(empty.get(), nanosUntilOne(bucket(empty.get(), route, token))));
        }
        counted.forEach(limit -> take(limit, bucket(limit, route, token)));
        return Optional.empty();
    }

    /** The headers that tell what is left of the limits that a call counts for. */
    synchronized Map<String, String> remaining(ArmRoute route, String token) {
        Map<String, String> headers = new HashMap<>();
        for (ArmLimit limit : ArmLimit.of(route.call())) {
            Bucket bucket = buckets.getIfPresent(key(limit, route, token));
            long left = bucket == null ? limit.bucket() : bucket.getAvailableTokens();
            switch (limit) {
                case ARM_READS -> headers.put("x-ms-ratelimit-remaining-subscription-reads", Long.toString(left));
                case ARM_WRITES -> headers.put("x-ms-ratelimit-remaining-subscription-writes", Long.toString(left));
                case LISTS -> headers.put("x-ms-ratelimit-remaining-resource", "Microsoft.Compute/HighCostGet;" + left);
                case DIRECT_READS ->
                    headers.put("x-ms-ratelimit-remaining-resource", "Microsoft.Compute/LowCostGet;" + left);
                case INDEX_LISTS -> headers.put("x-ms-user-quota-remaining", Long.toString(left));
                case DIRECT_READS_OF_ONE, DEALLOCATIONS, DEALLOCATIONS_OF_ONE -> {}
            }
        }
        return headers;
    }

    synchronized LimitPeaks peaks() {
        return new LimitPeaks(peaks, refused);
    }

    private void take(ArmLimit limit, Bucket bucket) {
        bucket.tryConsume(1);
        peaks.merge(limit, 1 - (double) bucket.getAvailableTokens() / limit.bucket(), Math::max);
    }

    private static long nanosUntilOne(Bucket bucket) {
        return bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
    }

    private static ArmAnswer refusal(ArmLimit limit, long nanos) {
        long second = TimeUnit.SECONDS.toNanos(1);
        Duration retryAfter = Duration.ofSeconds((nanos + second - 1) / second);
        if (limit.isOfArm()) {
            return Throttled.byArm(retryAfter);
        }
        return switch (limit) {
            case INDEX_LISTS -> Throttled.byIndex(retryAfter);
            case LISTS -> Throttled.byCompute(retryAfter, "HighCostGet");
            case DIRECT_READS, DIRECT_READS_OF_ONE -> Throttled.byCompute(retryAfter, "LowCostGet");
            default -> Throttled.byCompute(retryAfter, "DeallocateVM");
        };
    }

    private Bucket bucket(ArmLimit limit, ArmRoute route, String token) {
        return buckets.get(
                key(limit, route, token),
                key -> Bucket.builder()
                        .addLimit(bandwidth ->
                                bandwidth.capacity(limit.bucket()).refillGreedy(limit.aMinute(), Duration.ofMinutes(1)))
                        .withCustomTimePrecision(time)
                        .withSynchronizationStrategy(SynchronizationStrategy.NONE)
                        .build());
    }

    private static Key key(ArmLimit limit, ArmRoute route, String token) {
        String whose = switch (limit.owner()) {
            case PRINCIPAL -> token;
            case SUBSCRIPTION -> "";
            case MACHINE -> (route.group() + "/" + route.name()).toLowerCase(Locale.ROOT);
        };
        return new Key(limit, route.subscription().toLowerCase(Locale.ROOT), whose);
    }
}
