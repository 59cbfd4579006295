package com.berryfi.vmsync.testkit.simulation.world;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A stream of chance that follows from a seed and a name alone, so that what one actor draws changes nothing for another. Not
 * thread-safe.
 */
public final class Dice {

    private final SplittableRandom random;

    private Dice(long seed) {
        random = new SplittableRandom(seed);
    }

    /** The stream of a name. */
    public static Dice of(long seed, String stream) {
        return of(seed, stream, 0);
    }

    /** The stream of one event of a name. */
    public static Dice of(long seed, String stream, long number) {
        long mixed = mix(mix(mix(seed) ^ stream.hashCode()) ^ number);
        return new Dice(mixed);
    }

    private static long mix(long value) {
        long mixed = (value + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        mixed ^= mixed >>> 29;
        mixed *= 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 32);
    }

    /** A whole number, both ends included. */
    public int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** Whether something that happens with this probability happens. */
    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** A time, to the millisecond. */
    public Duration seconds(int least, int most) {
        return Duration.ofMillis(random.nextLong(least * 1_000L, most * 1_000L + 1));
    }

    /** A time, to the millisecond. */
    public Duration millis(int least, int most) {
        return Duration.ofMillis(random.nextInt(least, most + 1));
    }

    /** One of them. */
    public <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
