package com.berryfi.vmsync.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.management.AzureEnvironment;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.port.CloudStatusPort.Request;
import com.berryfi.vmsync.testkit.arm.ArmSimulator;
import com.berryfi.vmsync.testkit.arm.ArmSubscription;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Mono;

/** An ARM simulator with one readable subscription, and the real SDK's way to it. */
final class SimulatedAzure implements AutoCloseable {

    static final String SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";
    static final String TOKEN = "a-good-token";
    static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    static final Duration AT_MOST = Duration.ofSeconds(30);

    final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    final ArmSimulator arm = ArmSimulator.start(now::get);
    final ArmSubscription subscription = arm.subscription(SUBSCRIPTION).readableBy(TOKEN);
    final Scope scope = new Scope("azure", "tenant", "principal", SUBSCRIPTION);
    final AzureCloudStatus cloud = cloudWith(any -> token(TOKEN));

    AzureCloudStatus cloudWith(AzureCredentials credentials) {
        return AzureCloudStatus.builder(credentials)
                .withEnvironment(environment())
                .withHttpClient(httpClient())
                .build();
    }

    AzureEnvironment environment() {
        String endpoint = arm.endpoint() + "/";
        return new AzureEnvironment(Map.of(
                "resourceManagerEndpointUrl", endpoint,
                "managementEndpointUrl", endpoint,
                "activeDirectoryEndpointUrl", endpoint,
                "activeDirectoryResourceId", endpoint,
                "microsoftGraphResourceId", endpoint));
    }

    HttpClient httpClient() {
        return new JdkHttpClientBuilder(java.net.http.HttpClient.newBuilder().sslContext(arm.clientContext())).build();
    }

    /** Each call gives another object, as a careless host may. */
    static TokenCredential token(String token) {
        return request -> Mono.fromSupplier(() -> new AccessToken(token, OffsetDateTime.MAX));
    }

    Reading list(CloudAddress... addresses) {
        return read(ReadKind.LIST, addresses);
    }

    Reading direct(CloudAddress... addresses) {
        return read(ReadKind.DIRECT, addresses);
    }

    Reading read(ReadKind kind, CloudAddress... addresses) {
        return cloud.read(new Request(scope, Set.of(addresses), kind, NOW, AT_MOST));
    }

    static Evidence evidence(Reading reading, CloudAddress address) {
        return Objects.requireNonNull(reading.evidence().get(address), () -> "no evidence of " + address);
    }

    static Observation observation(Reading reading, CloudAddress address) {
        return evidence(reading, address).observation();
    }

    @Override
    public void close() {
        arm.close();
    }
}
