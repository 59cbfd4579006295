package com.berryfi.vmsync.azure;

import com.azure.core.util.BinaryData;
import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds the resources that the data of an event name. Reads no other field, and nothing that is deep or huge. */
final class EventData {

    /** Event Grid delivers no larger event. */
    private static final int MOST_BYTES = 1 << 20;

    private static final Set<String> IDS =
            Set.of("/resourceuri", "/resourceid", "/resourceinfo/id", "/resourceinfo/properties/targetresourceid");
    private static final Set<String> AROUND_IDS = Set.of("/resourceinfo", "/resourceinfo/properties");

    private EventData() {}

    /** What is named, as far as the data can be read. */
    static List<String> resourcesIn(BinaryData data) {
        List<String> found = new ArrayList<>();
        Long length = data.getLength();
        if (length == null || length > MOST_BYTES) {
            return found;
        }
        try (JsonReader json = JsonProviders.createReader(data.toBytes())) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                collect(json, "", found);
            }
        } catch (IOException | IllegalStateException notJson) {
            return found;
        }
        return found;
    }

    private static void collect(JsonReader json, String within, List<String> found) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String path = within + "/" + json.getFieldName().toLowerCase(Locale.ROOT);
            JsonToken value = json.nextToken();
            if (value == JsonToken.STRING && IDS.contains(path)) {
                found.add(json.getString());
            } else if (value == JsonToken.START_OBJECT && AROUND_IDS.contains(path)) {
                collect(json, path, found);
            } else {
                json.skipChildren();
            }
        }
    }
}
