package com.berryfi.vmsync.crash;

import com.berryfi.vmsync.SyncSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The short settings of the bench, about a thirtieth of the defaults, and all tolerances of its judge, which follow from them. The
 * brake is off: here machines stop all the time, and nobody asks why.
 */
final class BenchSettings {

    /** How much faster than in Azure time passes, for Azure's limits: the quick sync comes every second and not every thirty. */
    static final int PACE = 30;

    static final Duration LEASE = Duration.ofSeconds(6);
    static final Duration QUICK = Duration.ofSeconds(1);
    static final Duration FULL = Duration.ofSeconds(5);
    static final Duration CONFIRMATION = Duration.ofSeconds(1);
    static final Duration FENCE = Duration.ofSeconds(4);
    static final Duration START_GRACE = Duration.ofSeconds(6);

    /** How long a machine of the simulator takes to start or to stop; what it is meanwhile is neither on nor off. */
    static final Duration TRANSITION = Duration.ofMillis(700);

    /** How often the judge looks which passes are durable. */
    static final Duration LOOKS = Duration.ofMillis(100);

    /** How far the clocks of the replicas are from the true one: 30 s and more between any two. */
    static final Duration SKEW = Duration.ofSeconds(30);

    /** How long it may take until all is put right: a lease, a start grace, a full sync and a fence, and a second each. */
    static final Duration QUIET = LEASE.plus(START_GRACE).plus(FULL).plus(FENCE).plusSeconds(4);

    /**
     * What may be billed of a stretch in which the machine was off, and was proven so in time: the clocks of the databases are read over
     * the network, and the judge notes the truth around its calls, not within them.
     */
    static final Duration OVER = Duration.ofMillis(250);

    /**
     * How long a pass may have taken from its asking to the last answer: a full sync's reads end with its interval. What was proven by a
     * pass is binding only if the machine's power lasted so long after it was asked for.
     */
    static final Duration ANSWERED = FULL;

    /**
     * What may be missing after a stretch of being off, from the first durable pass over the machine that runs again: billed again is
     * from a direct read on, and whoever dies or is too slow between the list and that read leaves it to the next, a lease later.
     */
    static final Duration BACK = LEASE.plus(QUICK).plus(CONFIRMATION);

    /** How far before the cut of a bill the machine's being off may lie that the ending goes by; it was off until the bill was closed. */
    static final Duration WRONGFUL = QUICK.plus(CONFIRMATION).plus(QUICK);

    private BenchSettings() {}

    static SyncSettings sync() {
        Map<String, String> properties = new HashMap<>();
        properties.put("active-sessions.interval.seconds", seconds(QUICK));
        properties.put("full.interval.seconds", seconds(FULL));
        properties.put("confirmation.span.seconds", seconds(CONFIRMATION));
        properties.put("fence.seconds", seconds(FENCE));
        properties.put("start-grace.seconds", seconds(START_GRACE));
        properties.put("missing.span.seconds", "4");
        properties.put("stop-timeout.seconds", "10");
        properties.put("timeout.seconds", "5");
        properties.put("retry.attempts", "2");
        properties.put("brake.always", "1000000");
        properties.put("brake.window.seconds", "20");
        properties.put("brake.release.seconds", "20");
        Map<String, String> prefixed = new HashMap<>();
        properties.forEach((key, value) -> prefixed.put(SyncSettings.PREFIX + key, value));
        return SyncSettings.from(prefixed);
    }

    /**
     * {@link #QUIET} on a machine that is slow: longer by what a subscription had to wait beyond a full sync's interval, for a scope that
     * is frozen meanwhile begins its graces afresh. At most twice as long, so that what stands still for good is found.
     *
     * @param gap the longest time that a subscription went without a pass
     */
    static Duration quiet(Duration gap) {
        Duration stall = gap.minus(FULL);
        if (stall.isNegative()) {
            return QUIET;
        }
        return QUIET.plus(stall.compareTo(QUIET) < 0 ? stall : QUIET);
    }

    private static String seconds(Duration duration) {
        return Long.toString(duration.toSeconds());
    }
}
