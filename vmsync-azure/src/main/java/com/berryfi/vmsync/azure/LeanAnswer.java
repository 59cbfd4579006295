package com.berryfi.vmsync.azure;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonToken;
import com.azure.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Writes an answer anew, with nothing in it but what is read of it. The SDK's models take every value for what it should be: where an
 * array stands in the place of a string they lose count, and look for the end behind the end, for ever.
 */
final class LeanAnswer {

    /** A model takes far more room than a short JSON value that makes it. */
    static final int MOST_VALUES = 1_000_000;

    private final JsonReader from;
    private final JsonWriter to;
    private int values;

    private LeanAnswer(JsonReader from, JsonWriter to) {
        this.from = from;
        this.to = to;
    }

    /**
     * What is read of an answer, as JSON in UTF-8.
     *
     * @param body in any of JSON's encodings
     * @throws IOException if it is not JSON
     * @throws AnswerRefused if a value is of another type than it must be, a field comes twice, something comes behind it, or it
     *     holds too many values
     */
    static byte[] of(byte[] body, AnswerShape shape) throws IOException {
        ByteArrayOutputStream lean = new ByteArrayOutputStream(body.length / 2);
        try (JsonReader from = JsonProviders.createReader(body);
                JsonWriter to = JsonProviders.createWriter(lean)) {
            from.nextToken();
            new LeanAnswer(from, to).copy(shape);
            JsonToken behind = from.nextToken();
            if (behind != null && behind != JsonToken.END_DOCUMENT) {
                throw new AnswerRefused("something comes behind the answer");
            }
        }
        return lean.toByteArray();
    }

    private void copy(AnswerShape shape) throws IOException {
        if (++values > MOST_VALUES) {
            throw new AnswerRefused("the answer holds more than " + MOST_VALUES + " values");
        }
        if (from.currentToken() == JsonToken.NULL) {
            to.writeNull();
        } else if (shape instanceof AnswerShape.Fields object) {
            fields(object);
        } else if (shape instanceof AnswerShape.Many array) {
            elements(array);
        } else {
            text();
        }
    }

    private void fields(AnswerShape.Fields object) throws IOException {
        require(from.currentToken() == JsonToken.START_OBJECT);
        to.writeStartObject();
        int before = 0;
        while (from.nextToken() == JsonToken.FIELD_NAME) {
            String name = from.getFieldName();
            int place = object.placeOf(name);
            from.nextToken();
            if (place < 0) {
                from.skipChildren();
                continue;
            }
            if ((before & (1 << place)) != 0) {
                throw new AnswerRefused("the answer holds a field twice");
            }
            before |= 1 << place;
            to.writeFieldName(name);
            copy(object.fields().get(place).shape());
        }
        to.writeEndObject();
    }

    private void elements(AnswerShape.Many array) throws IOException {
        require(from.currentToken() == JsonToken.START_ARRAY);
        to.writeStartArray();
        while (from.nextToken() != JsonToken.END_ARRAY) {
            copy(array.each());
        }
        to.writeEndArray();
    }

    private void text() throws IOException {
        JsonToken token = from.currentToken();
        require(token == JsonToken.STRING || token == JsonToken.NUMBER || token == JsonToken.BOOLEAN);
        to.writeString(from.getText());
    }

    private static void require(boolean isOfType) {
        if (!isOfType) {
            throw new AnswerRefused("the answer holds a value of another type than it must be");
        }
    }
}
