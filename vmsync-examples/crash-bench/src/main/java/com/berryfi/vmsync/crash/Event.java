package com.berryfi.vmsync.crash;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.berryfi.vmsync.crash.Booking.Booked;
import com.berryfi.vmsync.model.Interval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The payload of an event in vmsync's outbox, read as a stranger would: by its documented fields. */
record Event(String session, long counter, Booked booked) {

    static Event of(String payload) {
        Map<?, ?> fields;
        try (JsonReader json = JsonProviders.createReader(payload)) {
            fields = (Map<?, ?>) Objects.requireNonNull(json.readUntyped());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Event(
                text(fields, "session"),
                ((Number) Objects.requireNonNull(fields.get("counter"))).longValue(),
                new Booked(
                        text(fields, "kind"),
                        Optional.ofNullable(fields.get("effectiveAt")).map(at -> Instant.parse((String) at)),
                        Optional.<Object>ofNullable(fields.get("billed"))
                                .or(() -> Optional.ofNullable(fields.get("unbilled")))
                                .map(Event::intervals)
                                .orElse(List.of())));
    }

    private static List<Interval> intervals(Object array) {
        return ((List<?>) array)
                .stream()
                        .map(each -> (Map<?, ?>) each)
                        .map(each -> new Interval(Instant.parse(text(each, "from")), Instant.parse(text(each, "to"))))
                        .toList();
    }

    private static String text(Map<?, ?> fields, String name) {
        return (String) Objects.requireNonNull(fields.get(name), name);
    }
}
