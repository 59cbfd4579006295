package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.model.Alert;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Alerts as Alertmanager's API, version 2, takes them: those with the same labels are one, and over at {@code endsAt}. */
final class AlertJson {

    private static final JsonFactory JSON = new JsonFactory();

    private AlertJson() {}

    /**
     * One alert as it is told.
     *
     * @param endsAt when it is over, or lapses if it is not told again
     */
    record Told(Alert alert, boolean isOver, Instant endsAt) {}

    static String of(List<Told> all) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            for (Told told : all) {
                write(told, json);
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(Told told, JsonGenerator json) throws IOException {
        Alert alert = told.alert();
        json.writeStartObject();
        json.writeObjectFieldStart("labels");
        json.writeStringField("alertname", "vmsync-" + EnumTag.of(alert.kind()));
        json.writeStringField("key", alert.key());
        json.writeStringField("severity", EnumTag.of(alert.level()));
        json.writeStringField("scope", alert.scope().map(Object::toString).orElse(""));
        json.writeEndObject();
        json.writeObjectFieldStart("annotations");
        json.writeStringField("status", told.isOver() ? "resolved" : "firing");
        json.writeStringField("summary", alert.text());
        json.writeStringField("cause", alert.cause());
        json.writeStringField("ends_when", alert.endsWhen());
        json.writeEndObject();
        json.writeStringField("startsAt", instant(alert.since()));
        json.writeStringField("endsAt", instant(told.endsAt().isBefore(alert.since()) ? alert.since() : told.endsAt()));
        json.writeEndObject();
    }

    private static String instant(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
