package com.berryfi.vmsync.crash;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What the bench is told.
 *
 * @param kills how many in all; each database has its equal part
 * @param seed from which everything is drawn that the bench decides
 * @param databases on which
 * @param sabotage what fault is planted
 */
record Options(int kills, long seed, List<String> databases, Sabotage sabotage) {

    private static final Set<String> KEYS =
            Set.of("vmsync.kills", "vmsync.seed", "vmsync.databases", "vmsync.sabotage");
    private static final long SEEDS = 1_000_000;

    /**
     * Reads {@code key=value}; an empty value is as good as none.
     *
     * @throws IllegalArgumentException if a key is unknown or a value is bad; the message names the key
     */
    static Options of(List<String> arguments) {
        Map<String, String> given = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String key = equals < 0 ? argument : argument.substring(0, equals);
            if (equals < 0 || !KEYS.contains(key)) {
                throw new IllegalArgumentException(argument + ": is none of " + KEYS + " with a value");
            }
            if (equals + 1 < argument.length()) {
                given.put(key, argument.substring(equals + 1));
            }
        }
        int kills = (int) number(given, "vmsync.kills", 100);
        if (kills < 1) {
            throw new IllegalArgumentException("vmsync.kills: must be at least 1, is " + kills);
        }
        return new Options(
                kills,
                number(given, "vmsync.seed", ThreadLocalRandom.current().nextLong(SEEDS)),
                List.of(given.getOrDefault("vmsync.databases", "mariadb,postgresql")
                        .split(",", -1)),
                Sabotage.of(given.getOrDefault("vmsync.sabotage", "")));
    }

    private static long number(Map<String, String> given, String key, long otherwise) {
        String value = given.getOrDefault(key, Long.toString(otherwise));
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + ": is no number: '" + value + "'", e);
        }
    }
}
