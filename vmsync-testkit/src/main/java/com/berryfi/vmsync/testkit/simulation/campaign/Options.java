package com.berryfi.vmsync.testkit.simulation.campaign;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What is asked of the program.
 *
 * @param seeds how many seeds, from 1 on
 * @param seed the one to replay; empty for all
 * @param threads how many at the same time
 * @param sabotage the fault to plant in a replay, by its name; empty for none
 * @param vm of which VM a replay shows everything; empty for a little of each
 */
record Options(int seeds, OptionalLong seed, int threads, Optional<String> sabotage, Optional<String> vm) {

    private static final String SEEDS = "vmsync.seeds";
    private static final String SEED = "vmsync.seed";
    private static final String THREADS = "vmsync.threads";
    private static final String SABOTAGE = "vmsync.sabotage";
    private static final String VM = "vmsync.vm";
    private static final List<String> KEYS = List.of(SEEDS, SEED, THREADS, SABOTAGE, VM);

    /**
     * Of system properties, and arguments of the form {@code key=value}, which overrule them. An empty value is as good as none.
     *
     * @throws IllegalArgumentException if an argument is unknown or bad; the message names it
     */
    static Options of(Properties properties, String... arguments) {
        Map<String, String> values = new TreeMap<>();
        KEYS.forEach(key -> values.put(key, properties.getProperty(key, "")));
        for (String argument : arguments) {
            int at = argument.indexOf('=');
            if (at < 0 || !KEYS.contains(argument.substring(0, at))) {
                throw new IllegalArgumentException(argument + ": must be one of " + KEYS + ", then = and a value");
            }
            values.put(argument.substring(0, at), argument.substring(at + 1));
        }
        return new Options(
                (int) number(values, SEEDS).orElse(1_000),
                number(values, SEED),
                (int) number(values, THREADS).orElse(2),
                text(values, SABOTAGE),
                text(values, VM));
    }

    private static OptionalLong number(Map<String, String> values, String key) {
        Optional<String> text = text(values, key);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            long number = Long.parseLong(text.get());
            if (number >= 1 && number <= Integer.MAX_VALUE) {
                return OptionalLong.of(number);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + ": is not a number: " + text.get(), e);
        }
        throw new IllegalArgumentException(key + ": must be from 1 to " + Integer.MAX_VALUE + ", is " + text.get());
    }

    private static Optional<String> text(Map<String, String> values, String key) {
        return Optional.ofNullable(values.get(key)).map(String::strip).filter(value -> !value.isEmpty());
    }
}
