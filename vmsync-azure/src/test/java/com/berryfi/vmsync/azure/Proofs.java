package com.berryfi.vmsync.azure;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonToken;
import com.berryfi.vmsync.model.PowerState;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/** Which answers would prove something against machines that run: nobody may send these by mistake. */
final class Proofs {

    private static final Set<String> GONE = Set.of("resourcenotfound", "resourcegroupnotfound");

    private final Set<String> uids;

    /**
     * @param uids of the machines, as Azure spells them
     */
    Proofs(Set<String> uids) {
        this.uids = uids;
    }

    /** Whether an answer says, wherever, that a machine is off, turning off or gone, or that it is another. */
    boolean isContrary(Mutant mutant) {
        try (JsonReader json = JsonProviders.createReader(mutant.body())) {
            String field = "";
            for (JsonToken token = json.nextToken();
                    token != null && token != JsonToken.END_DOCUMENT;
                    token = json.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    field = json.getFieldName();
                } else if (isScalar(token) && isContrary(mutant.status(), field, json.getText())) {
                    return true;
                }
            }
            return false;
        } catch (IOException | RuntimeException noJson) {
            // What comes behind that no parser reads.
            return false;
        }
    }

    private boolean isContrary(int status, String field, String value) {
        PowerState power = PowerState.ofCode(value);
        return (power != PowerState.UNKNOWN && power != PowerState.RUNNING)
                || (field.equals("vmId") && !uids.contains(value))
                || (status == 404 && GONE.contains(value.toLowerCase(Locale.ROOT)));
    }

    private static boolean isScalar(JsonToken token) {
        return token == JsonToken.STRING || token == JsonToken.NUMBER || token == JsonToken.BOOLEAN;
    }
}
