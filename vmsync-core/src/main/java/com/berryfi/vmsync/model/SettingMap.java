package com.berryfi.vmsync.model;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Settings below one prefix, each checked as it is read. Immutable. Errors are {@link IllegalArgumentException}s that name the
 * whole key and the value.
 */
public final class SettingMap {

    private final String prefix;
    private final Map<String, String> values;

    private SettingMap(String prefix, Map<String, String> values) {
        this.prefix = prefix;
        this.values = values;
    }

    /**
     * The settings of a module.
     *
     * @param prefix what its keys begin with, the last dot included
     * @param all any settings; those that do not begin with the prefix are passed over
     * @param known the module's keys, without the prefix
     * @param others what the keys of other modules begin with, without the prefix; passed over
     * @return the module's settings, blanks around their values taken off
     * @throws IllegalArgumentException if a key below the prefix is neither known nor another module's
     */
    public static SettingMap of(String prefix, Map<String, String> all, Set<String> known, Collection<String> others) {
        Map<String, String> values = new TreeMap<>();
        all.forEach((key, value) -> {
            if (!key.startsWith(prefix)) {
                return;
            }
            String name = key.substring(prefix.length());
            if (others.stream().anyMatch(name::startsWith)) {
                return;
            }
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        key + ": unknown setting; below " + prefix + " there are " + new TreeSet<>(known));
            }
            values.put(name, value.strip());
        });
        return new SettingMap(prefix, Map.copyOf(values));
    }

    /**
     * A setting as it is written.
     *
     * @param key of the setting, without the prefix
     * @return its text; empty if it is not set
     */
    public Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /**
     * A setting that is {@code true} or {@code false}.
     *
     * @param key of the setting, without the prefix
     * @param otherwise the value if it is not set
     * @return its value
     * @throws IllegalArgumentException if it is neither; the message names the whole key
     */
    public boolean flag(String key, boolean otherwise) {
        return choice(key, Map.of("true", true, "false", false), otherwise);
    }

    /**
     * A setting that is one of a few words.
     *
     * @param <T> what the words stand for
     * @param key of the setting, without the prefix
     * @param choices what each word stands for
     * @param otherwise the value if it is not set
     * @return what its word stands for
     * @throws IllegalArgumentException if it is none of them; the message names the whole key and the words
     */
    public <T> T choice(String key, Map<String, T> choices, T otherwise) {
        String value = values.get(key);
        if (value == null) {
            return otherwise;
        }
        T chosen = choices.get(value);
        if (chosen == null) {
            throw bad(key, value, "must be one of " + new TreeSet<>(choices.keySet()));
        }
        return chosen;
    }

    /**
     * A whole number of at least 1.
     *
     * @param key of the setting, without the prefix
     * @param otherwise the value if it is not set
     * @return its value
     * @throws IllegalArgumentException if it is no such number; the message names the whole key
     */
    public int count(String key, int otherwise) {
        return number(key, 1, Integer.MAX_VALUE, otherwise);
    }

    /**
     * A whole number between two others, these included.
     *
     * @param key of the setting, without the prefix
     * @param least the least that it may be
     * @param most the most that it may be; {@link Integer#MAX_VALUE} for no bound
     * @param otherwise the value if it is not set
     * @return its value
     * @throws IllegalArgumentException if it is no such number; the message names the whole key
     */
    public int number(String key, int least, int most, int otherwise) {
        String value = values.get(key);
        if (value == null) {
            return otherwise;
        }
        int number;
        try {
            number = Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(prefix + key + ": must be a whole number, is '" + value + "'", e);
        }
        if (number < least || number > most) {
            throw bad(
                    key,
                    value,
                    most == Integer.MAX_VALUE ? "must be at least " + least : "must be from " + least + " to " + most);
        }
        return number;
    }

    /**
     * A time in whole seconds, at least 1.
     *
     * @param key of the setting, without the prefix
     * @param otherwise the value if it is not set
     * @return its value
     * @throws IllegalArgumentException if it is no such number; the message names the whole key
     */
    public Duration seconds(String key, Duration otherwise) {
        return values.containsKey(key) ? Duration.ofSeconds(count(key, 1)) : otherwise;
    }

    /**
     * A time in whole seconds, at least 1.
     *
     * @param key of the setting, without the prefix
     * @return its value; empty if it is not set
     * @throws IllegalArgumentException if it is no such number; the message names the whole key
     */
    public Optional<Duration> optionalSeconds(String key) {
        return values.containsKey(key) ? Optional.of(Duration.ofSeconds(count(key, 1))) : Optional.empty();
    }

    /**
     * A time in whole seconds, from 1 to {@code most}.
     *
     * @param key of the setting, without the prefix
     * @param most the longest that it may be
     * @return its value; empty if it is not set
     * @throws IllegalArgumentException if it is no such number; the message names the whole key
     */
    public Optional<Duration> optionalSeconds(String key, Duration most) {
        return values.containsKey(key)
                ? Optional.of(Duration.ofSeconds(number(key, 1, Math.toIntExact(most.toSeconds()), 1)))
                : Optional.empty();
    }

    private IllegalArgumentException bad(String key, String value, String must) {
        return new IllegalArgumentException(prefix + key + ": " + must + ", is '" + value + "'");
    }
}
