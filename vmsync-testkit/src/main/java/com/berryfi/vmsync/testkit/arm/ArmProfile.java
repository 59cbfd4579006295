package com.berryfi.vmsync.testkit.arm;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonToken;
import com.azure.json.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What Azure sends of every machine beside its power, as the service's documents show it: the same of each but for the names.
 *
 * @param members in JSON, with {@code {group}} for the id of the machine's group and {@code {machine}} for its name
 */
record ArmProfile(Map<String, String> members) {

    /** Disks, system, network and security, of the model. */
    static final ArmProfile MODEL = of("model.json");

    /** The system, extensions and patches, of the instance view. */
    static final ArmProfile INSTANCE_VIEW = of("instance-view.json");

    void writeTo(JsonWriter json, ArmVm machine) throws IOException {
        String id = machine.resourceId();
        String group = id.substring(0, id.indexOf("/providers/"));
        for (Map.Entry<String, String> member : members.entrySet()) {
            json.writeRawField(
                    member.getKey(), member.getValue().replace("{group}", group).replace("{machine}", machine.name()));
        }
    }

    private static ArmProfile of(String file) {
        try (InputStream in = Objects.requireNonNull(
                        ArmProfile.class.getResourceAsStream(file), () -> file + " is not on the class path");
                JsonReader json = JsonProviders.createReader(in)) {
            Map<String, String> members = new LinkedHashMap<>();
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.getFieldName();
                members.put(
                        name,
                        json.nextToken() == JsonToken.STRING ? '"' + json.getRawText() + '"' : json.readChildren());
            }
            return new ArmProfile(Collections.unmodifiableMap(members));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + " cannot be read", unreadable);
        }
    }
}
