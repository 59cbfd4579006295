package com.berryfi.vmsync.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.models.CloudEvent;
import com.azure.core.models.CloudEventDataFormat;
import com.azure.core.util.BinaryData;
import com.berryfi.vmsync.model.VmId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events in the shapes in which Azure sends them, and in others. */
class AzureEventsTest {

    private static final String SUBSCRIPTION = "/subscriptions/11111111-2222-3333-4444-555555555555";
    private static final String MACHINE =
            SUBSCRIPTION + "/resourceGroups/RG/providers/Microsoft.Compute/virtualMachines/Vm-1";
    private static final String KEY = MACHINE.toLowerCase(Locale.ROOT);
    private static final VmId VM = new VmId("vm-1");

    private final List<VmId> hints = new ArrayList<>();
    private final AzureEvents events =
            AzureEvents.of(id -> id.equals(KEY) ? Optional.of(VM) : Optional.empty(), hints::add);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ResourceActionSuccess",
                "ResourceActionFailure",
                "ResourceWriteSuccess",
                "ResourceDeleteSuccess",
                "ResourceDeleteCancel"
            })
    void whatWasDoneToAMachineIsAHint(String kind) {
        accept("Microsoft.Resources." + kind, "\"" + MACHINE + "\"", """
                {
                  "authorization": {
                    "scope": "%1$s",
                    "action": "Microsoft.Compute/virtualMachines/deallocate/action",
                    "evidence": {"role": "Contributor", "principalType": "ServicePrincipal"}
                  },
                  "claims": {"aud": "a", "name": "n", "_claim_names": "{\\"groups\\":\\"src1\\"}"},
                  "correlationId": "c",
                  "httpRequest": {"method": "POST", "url": "https://host%1$s/deallocate?api-version=2024-07-01"},
                  "resourceProvider": "Microsoft.Compute",
                  "resourceUri": "%1$s",
                  "operationName": "Microsoft.Compute/virtualMachines/deallocate/action",
                  "status": "Succeeded"
                }""".formatted(MACHINE));

        assertThat(hints).containsExactly(VM);
        assertThat(events.ignored()).isZero();
    }

    @Test
    void whatBelongsToAMachineNamesTheMachine() {
        accept("Microsoft.Resources.ResourceWriteSuccess", "\"" + MACHINE + "/extensions/agent\"", "{}");

        assertThat(hints).containsExactly(VM);
    }

    @Test
    void aHealthStatusNamesTheMachine() {
        accept("Microsoft.ResourceNotifications.HealthResources.ResourceAnnotated", "null", """
                {
                  "resourceInfo": {
                    "name": "e",
                    "type": "Microsoft.ResourceHealth/resourceAnnotations",
                    "properties": {
                      "annotationName": "VirtualMachineDeallocationInitiated",
                      "targetResourceType": "Microsoft.Compute/virtualMachines",
                      "targetResourceId": "%s"
                    }
                  },
                  "operationalInfo": {"resourceEventTime": "2026-11-01T12:00:00Z"},
                  "apiVersion": "2022-08-01"
                }""".formatted(MACHINE));

        assertThat(hints).containsExactly(VM);
    }

    @Test
    void aMaintenanceNamesTheMachine() {
        accept("Microsoft.ResourceNotifications.MaintenanceResources.ScheduledEventEmitted", "null", """
                {
                  "resourceInfo": {
                    "id": "%s/providers/microsoft.maintenance/scheduledevents/e",
                    "properties": {"EventStatus": "Started", "EventType": "Redeploy", "Resources": ["Vm-1"]}
                  }
                }""".formatted(
                        KEY));

        assertThat(hints).containsExactly(VM);
    }

    @Test
    void aRecordOfTheActivityLogNamesItInCapitals() {
        accept("host.activity-log", "null", """
                {"time": "t", "resourceId": "%s", "operationName": "MICROSOFT.COMPUTE/VIRTUALMACHINES/DEALLOCATE/ACTION"}""".formatted(MACHINE.toUpperCase(Locale.ROOT)));

        assertThat(hints).containsExactly(VM);
    }

    @Test
    void whereTheSubjectIsNoMachineTheDataAreAsked() {
        accept("any", "\"/blobs/x\"", "{\"resourceUri\": \"" + MACHINE + "\"}");

        assertThat(hints).containsExactly(VM);
    }

    @Test
    void eventsThatComeTwiceAreHintsTwice() {
        CloudEvent event = event("any", "\"" + MACHINE + "\"", "{}");

        events.accept(List.of(event, event("any", "\"/other\"", "{}"), event));

        assertThat(hints).containsExactly(VM, VM);
        assertThat(events.ignored()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                SUBSCRIPTION,
                SUBSCRIPTION + "/resourceGroups/RG/providers/Microsoft.Compute/disks/Vm-1",
                SUBSCRIPTION + "/resourceGroups/RG/providers/Microsoft.Compute/virtualMachines",
                SUBSCRIPTION + "/resourceGroups/RG/providers/Microsoft.Compute/virtualMachines/",
                SUBSCRIPTION
                        + "/resourceGroups/RG/providers/Microsoft.Compute/virtualMachineScaleSets/s/virtualMachines/Vm-1",
                SUBSCRIPTION + "/resourceGroups/RG/providers/Microsoft.Compute/virtualMachines/Vm-2",
                SUBSCRIPTION + "/resourceGroups/RG/providers/Microsoft.Compute/virtualMachines/Vm-1?x",
                "https://host" + MACHINE,
                "/x" + MACHINE
            })
    void anotherResourceDoesNothing(String subject) {
        accept(
                "Microsoft.Resources.ResourceWriteSuccess",
                "\"" + subject + "\"",
                "{\"resourceUri\": \"" + subject + "\"}");

        assertThat(hints).isEmpty();
        assertThat(events.ignored()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "17",
                "\"text\"",
                "[]",
                "[{\"resourceUri\": \"x\"}]",
                "{\"resourceUri\": 17}",
                "{\"resourceUri\": {\"resourceUri\": \"x\"}}",
                "{\"resourceInfo\": [[[\"x\"]]]}",
                "{\"resourceInfo\": \"x\"}"
            })
    void dataOfAnotherShapeDoNothing(String data) {
        accept("any", "null", data.replace("\"x\"", "\"" + MACHINE + "\""));

        assertThat(hints).isEmpty();
        assertThat(events.ignored()).isEqualTo(1);
    }

    @Test
    void hugeEventsDoNothing() {
        String padding = "x".repeat(2 << 20);
        CloudEvent hugeData =
                event("any", "null", "{\"p\": \"" + padding + "\", \"resourceUri\": \"" + MACHINE + "\"}");
        CloudEvent hugeSubject = event("any", "\"" + MACHINE + "/" + padding + "\"", "{}");

        events.accept(List.of(hugeData, hugeSubject, withData("[".repeat(500_000))));
        events.accept(Arrays.asList(withData("{\"a\":".repeat(100_000)), null));

        assertThat(hints).isEmpty();
        assertThat(events.ignored()).isEqualTo(5);
    }

    @Test
    void brokenDataNeverThrow() {
        byte[] good = ("{\"resourceInfo\": {\"id\": \"" + MACHINE
                        + "\", \"n\": [1, {\"a\": null}]}, \"resourceUri\": \"u\"}")
                .getBytes(StandardCharsets.UTF_8);
        Random random = new Random(4);
        for (int i = 0; i < 5_000; i++) {
            byte[] broken = Arrays.copyOf(good, 1 + random.nextInt(good.length));
            broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            events.accept(withData(broken));
        }

        assertThat(hints.size() + events.ignored()).isEqualTo(5_000);
        assertThat(hints).isNotEmpty().containsOnly(VM);
        assertThat(events.ignored()).isPositive();
    }

    @Test
    void whatTheHostThrowsComesThrough() {
        AzureEvents failing = AzureEvents.of(
                id -> {
                    throw new IllegalStateException("the database is away");
                },
                hints::add);

        assertThatThrownBy(() -> failing.accept(event("any", "\"" + MACHINE + "\"", "{}")))
                .hasMessage("the database is away");
        assertThat(failing.ignored()).isZero();
    }

    private void accept(String type, String subject, String data) {
        events.accept(event(type, subject, data));
    }

    private static CloudEvent withData(String data) {
        return withData(data.getBytes(StandardCharsets.UTF_8));
    }

    private static CloudEvent withData(byte[] data) {
        return new CloudEvent("source", "type", BinaryData.fromBytes(data), CloudEventDataFormat.BYTES, "any");
    }

    private static CloudEvent event(String type, String subject, String data) {
        return CloudEvent.fromString("""
                [{
                  "id": "1",
                  "source": "%s",
                  "subject": %s,
                  "type": "%s",
                  "time": "2026-11-01T12:00:00.1234567Z",
                  "specversion": "1.0",
                  "data": %s
                }]""".formatted(SUBSCRIPTION, subject, type, data))
                .get(0);
    }
}
