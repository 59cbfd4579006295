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

    /**
     * {@return the stream of a name}
     *
     * @param seed the world's seed
     * @param stream the name, such as that of an actor
     */
    public static Dice of(long seed, String stream) {
        return of(seed, stream, 0);
    }

    /**
     * {@return the stream of one event of a name}
     *
     * @param seed the world's seed
     * @param stream the name, such as that of an actor
     * @param number which event
     */
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

    /**
     * {@return a whole number, both ends included}
     *
     * @param least the least, included
     * @param most the most, included
     */
    public int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /**
     * {@return whether something that happens with this probability happens}
     *
     * @param probability 0 to 1
     */
    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /**
     * {@return a time between two numbers of seconds, to the millisecond}
     *
     * @param least the least, included
     * @param most the most, included
     */
    public Duration seconds(int least, int most) {
        return Duration.ofMillis(random.nextLong(least * 1_000L, most * 1_000L + 1));
    }

    /**
     * {@return a time between two numbers of milliseconds, to the millisecond}
     *
     * @param least the least, included
     * @param most the most, included
     */
    public Duration millis(int least, int most) {
        return Duration.ofMillis(random.nextInt(least, most + 1));
    }

    /**
     * {@return one of several, each as likely}
     *
     * @param <T> what they are
     * @param from not empty
     */
    public <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
