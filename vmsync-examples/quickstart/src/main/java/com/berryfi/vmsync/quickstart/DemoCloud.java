package com.berryfi.vmsync.quickstart;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.management.AzureEnvironment;
import com.berryfi.vmsync.azure.AzureCloudStatus;
import com.berryfi.vmsync.azure.AzureCredentials;
import com.berryfi.vmsync.port.ClientSecretSource;
import com.berryfi.vmsync.testkit.arm.ArmCall;
import com.berryfi.vmsync.testkit.arm.ArmSimulator;
import com.berryfi.vmsync.testkit.arm.ArmSubscription;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Azure on this machine: three subscriptions, of which one credential reads two and the other one. */
final class DemoCloud implements AutoCloseable {

    static final String TENANT = "72f988bf-0000-4000-8000-000000000001";

    /** A subscription, and who reads it. The secret is the simulator's own; nothing else accepts it. */
    record Account(String subscription, String clientId, String secret) {}

    static final Account RENDER = new Account(
            "aaaaaaaa-0000-4000-8000-00000000000a", "c11e0000-0000-4000-8000-000000000001", "demo-secret-1");
    static final Account STUDIO =
            new Account("bbbbbbbb-0000-4000-8000-00000000000b", RENDER.clientId(), RENDER.secret());
    static final Account LAB = new Account(
            "cccccccc-0000-4000-8000-00000000000c", "c11e0000-0000-4000-8000-000000000002", "demo-secret-2");
    static final List<Account> ACCOUNTS = List.of(RENDER, STUDIO, LAB);

    private final InstantSource clock;
    private final ArmSimulator arm;

    DemoCloud(InstantSource clock) {
        this.clock = clock;
        arm = ArmSimulator.start(clock);
        for (Account account : ACCOUNTS) {
            String token = "token-of-" + account.clientId();
            arm.principal(TENANT, account.clientId(), account.secret(), token);
            arm.subscription(account.subscription())
                    .readableBy(token)
                    .pagesOf(50)
                    .transitionsTake(Duration.ofSeconds(10));
        }
    }

    ArmSubscription subscription(Account account) {
        return arm.subscription(account.subscription());
    }

    /** The real adapter: the Azure SDK over TLS, logging in with the secrets that the host keeps. */
    AzureCloudStatus adapter(ClientSecretSource secrets) {
        String endpoint = arm.endpoint() + "/";
        Instant began = clock.instant();
        return AzureCloudStatus.builder(AzureCredentials.clientSecrets(secrets))
                .withEnvironment(new AzureEnvironment(Map.of(
                        "resourceManagerEndpointUrl", endpoint,
                        "managementEndpointUrl", endpoint,
                        "activeDirectoryEndpointUrl", endpoint,
                        "activeDirectoryResourceId", endpoint,
                        "microsoftGraphResourceId", endpoint)))
                .withHttpClient(
                        new JdkHttpClientBuilder(HttpClient.newBuilder().sslContext(arm.clientContext())).build())
                .withNanoTime(() -> Duration.between(began, clock.instant()).toNanos())
                .build();
    }

    /** Calls to the resource manager so far; logins are not among them. */
    long calls() {
        return Arrays.stream(ArmCall.values())
                .filter(call -> call != ArmCall.TOKEN)
                .mapToLong(arm::calls)
                .sum();
    }

    @Override
    public void close() {
        arm.close();
    }
}
