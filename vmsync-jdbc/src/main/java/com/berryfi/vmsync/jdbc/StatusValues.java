package com.berryfi.vmsync.jdbc;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What stands for which status in a column, as the column's type has it. Immutable. */
final class StatusValues<S extends Enum<S>> {

    private final ColumnType type;
    private final Map<S, Object> bound;
    private final Map<String, S> byText;

    private StatusValues(ColumnType type, Map<S, Object> bound, Map<String, S> byText) {
        this.type = type;
        this.bound = Map.copyOf(bound);
        this.byText = Map.copyOf(byText);
    }

    /**
     * The values of a column.
     *
     * @param column the column in words
     * @param problems what is wrong with a value is added to them, by its name
     */
    static <S extends Enum<S>> StatusValues<S> of(
            String column, ColumnType type, Map<S, String> values, List<String> problems) {
        Map<S, Object> bound = new HashMap<>();
        Map<String, S> byText = new HashMap<>();
        values.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            S status = entry.getKey();
            String name = status.getDeclaringClass().getSimpleName() + "." + status.name();
            Optional<Object> value = type.bound(entry.getValue());
            if (value.isEmpty()) {
                problems.add(name + ": '" + entry.getValue() + "' is not " + type.words() + ", as " + column
                        + " needs it: give it another with HostTables.withValue, or leave it out with withoutValue");
                return;
            }
            S other = byText.putIfAbsent(String.valueOf(value.get()), status);
            if (other != null) {
                problems.add(
                        name + ": '" + entry.getValue() + "' stands for " + other.name() + " already in " + column);
            }
            bound.put(status, value.get());
        });
        return new StatusValues<>(type, bound, byText);
    }

    /**
     * Values with another one for a status.
     *
     * @throws IllegalArgumentException if it is blank, or stands for another status
     */
    static <T> Map<T, String> put(String property, Map<T, String> values, T status, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(property + "." + status + ": must not be blank");
        }
        Map<T, String> changed = new HashMap<>(values);
        changed.remove(status);
        if (changed.containsValue(value)) {
            throw new IllegalArgumentException(
                    property + "." + status + ": '" + value + "' stands for another status already");
        }
        changed.put(status, value);
        return changed;
    }

    /** What is bound for a status; empty if the host does not have it. */
    Optional<Object> bound(S status) {
        return Optional.ofNullable(bound.get(status));
    }

    /** What is bound for those that the host has, in the order of the statuses. */
    List<Object> bound(Predicate<S> which) {
        return bound.entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The status that a cell's text stands for; empty if for none. */
    Optional<S> status(String text) {
        return Optional.ofNullable(byText.get(type.canonical(text)));
    }
}
