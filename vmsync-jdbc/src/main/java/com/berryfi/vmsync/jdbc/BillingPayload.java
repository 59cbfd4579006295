package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.Interval;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.VmId;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A billing instruction as JSON, whole: {@code id}, {@code session}, {@code counter}, {@code vm}, {@code kind}, {@code effectiveAt} (all
 * but an ADJUST), {@code billed} (a STOP) or {@code unbilled} (an ADJUST), {@code reason}. Instants are ISO-8601 in UTC, intervals
 * objects of {@code from} and {@code to}.
 */
final class BillingPayload {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** What an instruction is called where it is written down. */
    enum Kind {
        SUSPEND,
        RESUME,
        STOP,
        ADJUST;

        static Kind of(BillingInstruction instruction) {
            if (instruction instanceof BillingInstruction.Suspend) {
                return SUSPEND;
            }
            if (instruction instanceof BillingInstruction.Resume) {
                return RESUME;
            }
            return instruction instanceof BillingInstruction.Stop ? STOP : ADJUST;
        }
    }

    private final Map<String, String> scalars = new HashMap<>();
    private final Map<String, List<Interval>> intervals = new HashMap<>();

    private BillingPayload() {}

    /** @param id of the event that carries it */
    static String of(BillingInstruction instruction, String id) {
        StringWriter text = new StringWriter(300);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeStringField("session", instruction.session().value());
            json.writeNumberField("counter", instruction.key().counter());
            json.writeStringField("vm", instruction.vm().value());
            json.writeStringField("kind", Kind.of(instruction).name());
            if (instruction instanceof BillingInstruction.Suspend suspend) {
                json.writeStringField("effectiveAt", suspend.from().toString());
            } else if (instruction instanceof BillingInstruction.Resume resume) {
                json.writeStringField("effectiveAt", resume.at().toString());
            } else if (instruction instanceof BillingInstruction.Stop stop) {
                json.writeStringField("effectiveAt", stop.at().toString());
                write(json, "billed", stop.billed());
            } else {
                write(json, "unbilled", ((BillingInstruction.Adjust) instruction).unbilled());
            }
            json.writeStringField("reason", instruction.reason());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, String field, List<Interval> intervals) throws IOException {
        json.writeArrayFieldStart(field);
        for (Interval interval : intervals) {
            json.writeStartObject();
            json.writeStringField("from", interval.from().toString());
            json.writeStringField("to", interval.to().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /**
     * Reads it back.
     *
     * @throws IllegalArgumentException if it says anything but an instruction; the message names the field
     */
    static BillingInstruction instruction(String text) {
        BillingPayload payload = new BillingPayload();
        try (JsonParser json = JSON.createParser(text)) {
            expect(JsonToken.START_OBJECT, json.nextToken(), "its begin");
            payload.read(json);
            if (json.nextToken() != null) {
                throw new IllegalArgumentException("payload: goes on behind its end");
            }
            return payload.instruction();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("payload: " + e.getOriginalMessage(), e);
        } catch (IOException | DateTimeException e) {
            throw new IllegalArgumentException("payload: " + e.getMessage(), e);
        }
    }

    private void read(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_ARRAY) {
                intervals.put(field, intervals(json, field));
            } else if (value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT) {
                scalars.put(field, json.getText());
            } else {
                throw new IllegalArgumentException("payload: " + field + ": is a " + value);
            }
        }
    }

    private static List<Interval> intervals(JsonParser json, String field) throws IOException {
        List<Interval> intervals = new ArrayList<>();
        for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
            expect(JsonToken.START_OBJECT, next, field);
            BillingPayload interval = new BillingPayload();
            interval.read(json);
            intervals.add(new Interval(interval.instant("from"), interval.instant("to")));
        }
        return intervals;
    }

    private static void expect(JsonToken token, JsonToken found, String where) {
        if (found != token) {
            throw new IllegalArgumentException("payload: " + where + ": is no " + token);
        }
    }

    private BillingInstruction instruction() {
        BillingKey key = new BillingKey(new SessionId(scalar("session")), Long.parseLong(scalar("counter")));
        VmId vm = new VmId(scalar("vm"));
        String reason = scalar("reason");
        return switch (Kind.valueOf(scalar("kind"))) {
            case SUSPEND -> new BillingInstruction.Suspend(key, vm, instant("effectiveAt"), reason);
            case RESUME -> new BillingInstruction.Resume(key, vm, instant("effectiveAt"), reason);
            case STOP -> new BillingInstruction.Stop(key, vm, instant("effectiveAt"), list("billed"), reason);
            case ADJUST -> new BillingInstruction.Adjust(key, vm, list("unbilled"), reason);
        };
    }

    private String scalar(String field) {
        return required(field, Optional.ofNullable(scalars.get(field)));
    }

    private Instant instant(String field) {
        return Instant.parse(scalar(field));
    }

    private List<Interval> list(String field) {
        return required(field, Optional.ofNullable(intervals.get(field)));
    }

    private static <T> T required(String field, Optional<T> value) {
        return value.orElseThrow(() -> new IllegalArgumentException("payload: " + field + ": is missing"));
    }
}
