package com.berryfi.vmsync.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.util.DateTimeRfc1123;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the headers of an answer say beside its body.
 *
 * @param quotaLeft by the header's name or, where a header names several limits, the limit's, in lower case
 */
record AnswerHeaders(Optional<String> requestId, Optional<Duration> retryAfter, Map<String, Long> quotaLeft) {

    static final AnswerHeaders NONE = new AnswerHeaders(Optional.empty(), Optional.empty(), Map.of());

    private static final HttpHeaderName REQUEST_ID = HttpHeaderName.fromString("x-ms-request-id");
    private static final HttpHeaderName CORRELATION_ID = HttpHeaderName.fromString("x-ms-correlation-request-id");
    private static final HttpHeaderName RETRY_AFTER_MS = HttpHeaderName.fromString("retry-after-ms");
    private static final HttpHeaderName X_RETRY_AFTER_MS = HttpHeaderName.fromString("x-ms-retry-after-ms");

    /** It is written to logs and audit rows, so it may hold no more than an id does. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,100}");

    private static final String REMAINING = "x-ms-ratelimit-remaining-";

    /**
     * Reads headers.
     *
     * @param askedAt stands in for the answer's own date if that has none
     */
    static AnswerHeaders of(HttpHeaders headers, Instant askedAt) {
        Optional<String> requestId = Stream.of(REQUEST_ID, CORRELATION_ID)
                .flatMap(name -> value(headers, name).stream())
                .filter(id -> ID.matcher(id).matches())
                .findFirst();
        return new AnswerHeaders(requestId, retryAfterOf(headers, askedAt), quotaOf(headers));
    }

    private static Optional<Duration> retryAfterOf(HttpHeaders headers, Instant askedAt) {
        return Stream.of(RETRY_AFTER_MS, X_RETRY_AFTER_MS)
                .flatMap(name -> value(headers, name).flatMap(AnswerHeaders::number).stream())
                .map(Duration::ofMillis)
                .findFirst()
                .or(() -> value(headers, HttpHeaderName.RETRY_AFTER)
                        .flatMap(text -> number(text)
                                .map(Duration::ofSeconds)
                                .or(() -> date(text)
                                        .map(until -> Duration.between(
                                                value(headers, HttpHeaderName.DATE)
                                                        .flatMap(AnswerHeaders::date)
                                                        .orElse(askedAt),
                                                until)))))
                .filter(wait -> !wait.isNegative() && !wait.isZero());
    }

    private static Map<String, Long> quotaOf(HttpHeaders headers) {
        Map<String, Long> left = new HashMap<>();
        headers.stream().forEach(header -> {
            String name = header.getName().toLowerCase(Locale.ROOT);
            if (name.startsWith(REMAINING)) {
                for (String part : header.getValue().split(",", -1)) {
                    int semicolon = part.lastIndexOf(';');
                    String limit = semicolon < 0
                            ? name
                            : part.substring(0, semicolon).strip().toLowerCase(Locale.ROOT);
                    number(part.substring(semicolon + 1)).ifPresent(count -> left.merge(limit, count, Math::min));
                }
            }
        });
        return left;
    }

    private static Optional<String> value(HttpHeaders headers, HttpHeaderName name) {
        return Optional.ofNullable(headers.getValue(name)).filter(text -> !text.isBlank());
    }

    /** The number that a header holds; empty if it holds none. */
    static Optional<Long> number(HttpHeaders headers, HttpHeaderName name) {
        return value(headers, name).flatMap(AnswerHeaders::number);
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(new DateTimeRfc1123(text).getDateTime().toInstant());
        } catch (DateTimeException | IllegalArgumentException notADate) {
            return Optional.empty();
        }
    }
}
