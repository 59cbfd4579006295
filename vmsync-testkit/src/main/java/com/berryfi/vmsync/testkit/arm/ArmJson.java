package com.berryfi.vmsync.testkit.arm;

import com.azure.json.JsonProviders;
import com.azure.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Azure's JSON, as its answers hold it. */
final class ArmJson {

    private interface Body {
        void write(JsonWriter json) throws IOException;
    }

    private ArmJson() {}

    /** The status list names the id and the statuses, and next to nothing of the model. */
    static byte[] statusList(
            ArmSubscription subscription, ArmSubscription.Page page, Duration ago, Optional<String> nextLink) {
        return object(json -> {
            json.writeStartArray("value");
            for (ArmVm machine : page.machines()) {
                ArmVm.View view = machine.viewOf(ago);
                json.writeStartObject();
                json.writeStringField("name", machine.name());
                json.writeStringField("id", listedId(subscription, machine));
                json.writeStartObject("properties");
                if (subscription.uidInLists()) {
                    json.writeStringField("vmId", machine.uid());
                }
                json.writeStartObject("instanceView");
                writeStatuses(json, view);
                json.writeEndObject().writeEndObject().writeEndObject();
            }
            json.writeEndArray();
            writeNext(json, nextLink);
        });
    }

    static byte[] modelList(ArmSubscription subscription, ArmSubscription.Page page, Optional<String> nextLink) {
        return object(json -> {
            json.writeStartArray("value");
            for (ArmVm machine : page.machines()) {
                json.writeStartObject();
                writeModel(json, listedId(subscription, machine), machine.view(), false);
                json.writeEndObject();
            }
            json.writeEndArray();
            writeNext(json, nextLink);
        });
    }

    static byte[] model(ArmVm machine, boolean withInstanceView) {
        return object(json ->
                writeModel(json, machine.otherId().orElse(machine.resourceId()), machine.view(), withInstanceView));
    }

    static byte[] instanceView(ArmVm machine) {
        return object(json -> writeInstanceView(json, machine.view()));
    }

    static byte[] error(String code, String message) {
        return object(json -> {
            json.writeStartObject("error");
            json.writeStringField("code", code);
            json.writeStringField("message", message);
            json.writeEndObject();
        });
    }

    /** Compute's own shape, without the {@code error} around it. */
    static byte[] flatError(String code, String detailCode, String target) {
        return object(json -> {
            json.writeStringField("code", code);
            json.writeStringField(
                    "message", "The server rejected the request because too many requests have been received.");
            json.writeStartArray("details").writeStartObject();
            json.writeStringField("code", detailCode);
            json.writeStringField("target", target);
            json.writeStringField("message", "Too many requests in this operation group.");
            json.writeEndObject().writeEndArray();
        });
    }

    static byte[] token(String token) {
        return object(json -> {
            json.writeStringField("token_type", "Bearer");
            json.writeIntField("expires_in", 3599);
            json.writeStringField("access_token", token);
        });
    }

    static byte[] loginError(String error, String description) {
        return object(json -> {
            json.writeStringField("error", error);
            json.writeStringField("error_description", description);
        });
    }

    static byte[] emptyObject() {
        return object(json -> {});
    }

    /** Lists name groups in capitals, whatever the case they were made in. */
    private static String listedId(ArmSubscription subscription, ArmVm machine) {
        return machine.otherId()
                .orElseGet(() -> subscription.resourceIdOf(machine.group().toUpperCase(Locale.ROOT), machine.name()));
    }

    private static void writeModel(JsonWriter json, String id, ArmVm.View view, boolean withInstanceView)
            throws IOException {
        json.writeStringField("name", view.vm().name());
        json.writeStringField("id", id);
        json.writeStringField("type", "Microsoft.Compute/virtualMachines");
        json.writeStringField("location", "westeurope");
        json.writeStartObject("properties");
        json.writeStringField("vmId", view.vm().uid());
        json.writeStartObject("hardwareProfile").writeStringField("vmSize", "Standard_NV6ads_A10_v5");
        json.writeEndObject();
        json.writeStringField("provisioningState", view.provisioningState());
        ArmProfile.MODEL.writeTo(json, view.vm());
        if (withInstanceView) {
            json.writeStartObject("instanceView");
            writeInstanceView(json, view);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void writeInstanceView(JsonWriter json, ArmVm.View view) throws IOException {
        ArmProfile.INSTANCE_VIEW.writeTo(json, view.vm());
        json.writeStartObject("vmAgent").writeStringField("vmAgentVersion", "2.7.41491.1095");
        json.writeStartArray("statuses");
        writeStatus(json, "ProvisioningState/succeeded");
        json.writeEndArray().writeEndObject();
        json.writeStartArray("disks").writeStartObject();
        json.writeStringField("name", view.vm().name() + "_OsDisk");
        json.writeStartArray("statuses");
        writeStatus(json, "ProvisioningState/succeeded");
        json.writeEndArray().writeEndObject().writeEndArray();
        json.writeStringField("hyperVGeneration", "V2");
        writeStatuses(json, view);
    }

    private static void writeStatuses(JsonWriter json, ArmVm.View view) throws IOException {
        List<String> codes = view.statusCodes();
        json.writeStartArray("statuses");
        for (String code : codes) {
            writeStatus(json, code);
        }
        json.writeEndArray();
    }

    private static void writeStatus(JsonWriter json, String code) throws IOException {
        json.writeStartObject();
        json.writeStringField("code", code);
        json.writeStringField("level", "Info");
        json.writeStringField("displayStatus", code.substring(code.lastIndexOf('/') + 1));
        json.writeEndObject();
    }

    private static void writeNext(JsonWriter json, Optional<String> nextLink) throws IOException {
        if (nextLink.isPresent()) {
            json.writeStringField("nextLink", nextLink.get());
        }
    }

    private static byte[] object(Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonWriter json = JsonProviders.createWriter(bytes)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }
}
