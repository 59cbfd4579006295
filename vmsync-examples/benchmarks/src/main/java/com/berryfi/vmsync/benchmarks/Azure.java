package com.berryfi.vmsync.benchmarks;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import com.azure.resourcemanager.compute.ComputeManager;
import com.berryfi.vmsync.azure.AzureCloudStatus;
import com.berryfi.vmsync.model.Scope;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;

/** The real SDK's way to a simulator: vmsync's adapter, and the manager that a host would call by itself. Thread-safe. */
final class Azure {

    private final AzureEnvironment environment;
    private final MeasuringHttpClient client = new MeasuringHttpClient(Simulator.trust());
    private final Map<String, TokenCredential> credentials = new ConcurrentHashMap<>();

    Azure(URI endpoint) {
        String url = endpoint + "/";
        this.environment = new AzureEnvironment(Map.of(
                "resourceManagerEndpointUrl", url,
                "managementEndpointUrl", url,
                "activeDirectoryEndpointUrl", url,
                "activeDirectoryResourceId", url,
                "microsoftGraphResourceId", url));
    }

    /** How many bytes the bodies of the answers had. */
    long receivedBytes() {
        return client.bytes();
    }

    /** How often the answer was 429. */
    long throttled() {
        return client.throttled();
    }

    /** vmsync's adapter, with buckets of its own that are filled by this count of nanoseconds. */
    AzureCloudStatus adapter(LongSupplier nanoTime) {
        return AzureCloudStatus.builder(this::credential)
                .withEnvironment(environment)
                .withHttpClient(client)
                .withNanoTime(nanoTime)
                .build();
    }

    /** The SDK's own manager, as it comes. */
    ComputeManager manager(Scope scope) {
        return ComputeManager.configure()
                .withHttpClient(client)
                .authenticate(credential(scope), new AzureProfile(scope.tenant(), scope.subscription(), environment));
    }

    private TokenCredential credential(Scope scope) {
        return credentials.computeIfAbsent(
                Fleet.tokenOf(scope), token -> request -> Mono.just(new AccessToken(token, OffsetDateTime.MAX)));
    }
}
