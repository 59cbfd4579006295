package com.berryfi.vmsync.testkit.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.berryfi.vmsync.model.PowerState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The simulator on the wire, without any SDK. */
class ArmSimulatorTest {

    private static final String VERSION = "?api-version=2025-04-01";
    private static final String MACHINES = "/subscriptions/sub-1/providers/Microsoft.Compute/virtualMachines" + VERSION;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-01T12:00:00Z"));
    private final ArmSimulator arm = ArmSimulator.start(now::get);
    private final ArmSubscription subscription = arm.subscription("sub-1").readableBy("token");
    private final HttpClient client =
            HttpClient.newBuilder().sslContext(arm.clientContext()).build();

    @AfterEach
    void close() {
        arm.close();
    }

    @Test
    void aStatusListIsPagedAndHoldsNoModel() throws Exception {
        subscription.pagesOf(2);
        IntStream.range(0, 3).forEach(i -> subscription.put("rg", "vm-" + i, PowerState.RUNNING));

        String first = get(MACHINES + "&statusOnly=true").body();
        String next = first.substring(first.indexOf("https://"), first.lastIndexOf('"'));
        String second = get(next.substring(arm.endpoint().toString().length())).body();

        assertThat(first).contains("/resourceGroups/RG/", "vm-0", "vm-1", "PowerState/running");
        assertThat(first).doesNotContain("vmId", "location", "vm-2");
        assertThat(second).contains("vm-2").doesNotContain("vm-1", "nextLink");
        assertThat(arm.calls(ArmCall.LIST, "SUB-1")).isEqualTo(2);
    }

    @Test
    void theSameListWithoutStatusesHoldsTheModel() throws Exception {
        subscription.put("rg", "vm-1", PowerState.RUNNING);

        assertThat(get(MACHINES).body()).contains("vmId", "location").doesNotContain("PowerState");
    }

    @Test
    void aDirectAnswerHoldsDisksSystemNetworkAndExtensionsUnderTheMachinesOwnNames() throws Exception {
        subscription.put("rg", "vm-1", PowerState.RUNNING);

        String model = direct("vm-1").body();
        try (JsonReader json = JsonProviders.createReader(model)) {
            assertThat(json.readUntyped())
                    .extracting("properties")
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsKeys("storageProfile", "osProfile", "networkProfile", "vmId", "timeCreated")
                    .extracting("instanceView")
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsKeys("extensions", "patchStatus", "vmAgent", "osName", "statuses");
        }
        assertThat(model)
                .contains(
                        "\"computerName\":\"vm-1\"",
                        "\"/subscriptions/sub-1/resourceGroups/rg/providers/Microsoft.Network/networkInterfaces/vm-1-nic\"")
                .doesNotContain("{machine}", "{group}");
    }

    @Test
    void machinesReallyChangeByTheClock() throws Exception {
        subscription.transitionsTake(Duration.ofSeconds(30));
        ArmVm machine = subscription.put("rg", "vm-1", PowerState.RUNNING);

        machine.stop();
        assertThat(direct("vm-1").body()).contains("PowerState/stopping", "\"Updating\"");
        now.updateAndGet(instant -> instant.plusSeconds(30));
        assertThat(direct("vm-1").body()).contains("PowerState/stopped", "\"Succeeded\"");
        assertThat(machine.power()).isEqualTo(PowerState.STOPPED);
        machine.withoutPowerState();
        assertThat(direct("vm-1").body()).doesNotContain("PowerState");
        machine.start();
        assertThat(machine.power()).isEqualTo(PowerState.STARTING);
    }

    @Test
    void whoMayNotReadIsTold() throws Exception {
        arm.knowToken("stranger");

        assertThat(get(MACHINES, "nobody").statusCode()).isEqualTo(401);
        assertThat(get(MACHINES, "stranger").statusCode()).isEqualTo(403);
        assertThat(get(MACHINES.replace("sub-1", "sub-2"), "stranger").body()).contains("SubscriptionNotFound");
        arm.revokeToken("token");
        assertThat(get(MACHINES).statusCode()).isEqualTo(401);
    }

    @Test
    void whatIsNotThereIsTold() throws Exception {
        subscription.put("rg", "vm-1", PowerState.RUNNING);
        subscription.vanish("RG", "VM-1");

        assertThat(direct("vm-1").body()).contains("ResourceNotFound");
        subscription.vanishGroup("rg");
        assertThat(direct("vm-1").body()).contains("ResourceGroupNotFound");
        assertThat(get("/subscriptions/sub-1/resourceGroups/rg" + VERSION).statusCode())
                .isEqualTo(405);
        assertThat(get("/subscriptions/sub-1/providers/Microsoft.Compute/virtualMachines")
                        .body())
                .contains("MissingApiVersionParameter");
    }

    @Test
    void aWriteIsRefusedAndRemembered() throws Exception {
        HttpRequest write = request(MACHINES, "token")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();

        assertThat(client.send(write, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
        assertThat(arm.requests()).containsExactly("POST " + MACHINES);
        assertThat(arm.calls(ArmCall.OTHER)).isEqualTo(1);
    }

    @Test
    void plannedFaultsComeInTurnAndEnd() throws Exception {
        ArmVm machine = subscription.put("rg", "vm-1", PowerState.RUNNING);
        machine.failsTimes(1, ArmFault.serverError(503));
        subscription.failsTimes(2, ArmFault.forbidden());

        assertThat(direct("vm-1").statusCode()).isEqualTo(503);
        assertThat(direct("vm-1").statusCode()).isEqualTo(403);
        assertThat(get(MACHINES).statusCode()).isEqualTo(403);
        assertThat(direct("vm-1").statusCode()).isEqualTo(200);
    }

    @Test
    void answersThatHangHoldNoThread() throws Exception {
        subscription.put("rg", "vm-1", PowerState.RUNNING);
        subscription.fails(ArmFault.hang());
        HttpRequest hanging =
                request(MACHINES, "token").timeout(Duration.ofMillis(20)).build();
        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(() -> client.send(hanging, BodyHandlers.ofString()))
                    .isInstanceOf(HttpTimeoutException.class);
        }
        subscription.heal();

        assertThat(get(MACHINES).statusCode()).isEqualTo(200);
    }

    @Test
    void aLateAnswerIsTheRightOne() throws Exception {
        subscription.failsTimes(1, ArmFault.slow(Duration.ofMillis(50)));
        long before = System.nanoTime();

        assertThat(get(MACHINES).statusCode()).isEqualTo(200);
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(50_000_000L);
    }

    @Test
    void aCutAnswerBreaksTheConnection() {
        subscription.put("rg", "vm-1", PowerState.RUNNING);
        subscription.failsTimes(1, ArmFault.cutMidBody());

        assertThatThrownBy(() -> get(MACHINES)).isInstanceOf(IOException.class);
    }

    @Test
    void theLoginGivesTokensForSecrets() throws Exception {
        arm.principal("tenant", "client", "secret", "token");
        HttpRequest.Builder login = request("/tenant/oauth2/v2.0/token", "none");

        HttpResponse<String> good = client.send(
                login.POST(HttpRequest.BodyPublishers.ofString("client_id=client&client_secret=secret"))
                        .build(),
                BodyHandlers.ofString());
        HttpResponse<String> bad = client.send(
                login.POST(HttpRequest.BodyPublishers.ofString("client_id=client&client_secret=wrong"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(good.body()).contains("\"access_token\":\"token\"");
        assertThat(bad.statusCode()).isEqualTo(401);
        assertThat(bad.body()).contains("AADSTS7000215");
        assertThat(arm.requests().toString()).doesNotContain("secret");
    }

    @Test
    void theLoginOfOneTenantMayFail() throws Exception {
        arm.principal("tenant", "client", "secret", "token");
        arm.principal("other", "client", "secret", "token");
        arm.loginFails("Tenant", ArmFault.serverError(503));

        assertThat(login("tenant").statusCode()).isEqualTo(503);
        assertThat(login("other").statusCode()).isEqualTo(200);
        arm.healLogin("tenant");
        assertThat(login("tenant").statusCode()).isEqualTo(200);
    }

    @Test
    void aMachineMayAnswerAsAnother() throws Exception {
        subscription.put("rg", "vm-1", PowerState.RUNNING).answersAs("/another");

        assertThat(direct("vm-1").body()).contains("\"id\":\"/another\"");
        assertThat(get(MACHINES).body()).contains("\"id\":\"/another\"");
    }

    private HttpResponse<String> login(String tenant) throws Exception {
        return client.send(
                request("/" + tenant + "/oauth2/v2.0/token", "none")
                        .POST(HttpRequest.BodyPublishers.ofString("client_id=client&client_secret=secret"))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> direct(String name) throws Exception {
        return get("/subscriptions/sub-1/resourcegroups/rg/providers/microsoft.compute/virtualmachines/" + name
                + VERSION + "&$expand=instanceView");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return get(path, "token");
    }

    private HttpResponse<String> get(String path, String token) throws Exception {
        return client.send(request(path, token).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create(arm.endpoint() + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token);
    }
}
