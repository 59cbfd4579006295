package com.berryfi.vmsync.spring;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.lang.Nullable;

/**
 * Which part of a list is shown.
 *
 * @param from how many of those that match are left out
 * @param like what an entry's words must contain, without case; empty for all
 */
record Extract(int from, String like) {

    /** So many at a time. */
    static final int MOST_SHOWN = 100;

    /** @throws InvalidEndpointRequestException if {@code from} is no number, or negative */
    static Extract of(@Nullable String from, @Nullable String like) {
        return new Extract(from == null ? 0 : place(from), like == null ? "" : lower(like));
    }

    private static int place(String from) {
        int place;
        try {
            place = Integer.parseInt(from);
        } catch (NumberFormatException e) {
            throw bad(from);
        }
        if (place < 0) {
            throw bad(from);
        }
        return place;
    }

    private static InvalidEndpointRequestException bad(String from) {
        return Refusal.of("'from' must be a whole number of at least 0, is '" + from + "'");
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Those that match. */
    <T> List<T> matching(List<T> all, Function<T, Stream<?>> words) {
        return like.isEmpty()
                ? all
                : all.stream()
                        .filter(each -> words.apply(each)
                                .anyMatch(word -> lower(word.toString()).contains(like)))
                        .toList();
    }

    /** Says how many match, and shows this part of them. */
    <T> void put(Map<String, Object> page, String name, List<T> matching, Function<T, ?> shown) {
        page.put("count", matching.size());
        page.put("from", from);
        page.put(name, matching.stream().skip(from).limit(MOST_SHOWN).map(shown).toList());
    }
}
