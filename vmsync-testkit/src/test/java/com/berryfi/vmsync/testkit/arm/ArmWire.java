package com.berryfi.vmsync.testkit.arm;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** A simulator on a clock of the test's own, with one subscription, and a client that knows no SDK. */
final class ArmWire implements AutoCloseable {

    static final String TOKEN = "token";
    static final String VERSION = "?api-version=2025-04-01";
    static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    final ArmSimulator arm = ArmSimulator.start(now::get);
    final ArmSubscription subscription = arm.subscription("sub-1").readableBy(TOKEN);
    private final HttpClient client =
            HttpClient.newBuilder().sslContext(arm.clientContext()).build();

    void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    HttpResponse<String> list(String subscriptionId, String token) throws IOException, InterruptedException {
        return get(machines(subscriptionId) + "&statusOnly=true", token);
    }

    HttpResponse<String> index() throws IOException, InterruptedException {
        return get(machines("sub-1") + "&statusOnly=true&useResourceGraph=true", TOKEN);
    }

    HttpResponse<String> direct(String name, String token) throws IOException, InterruptedException {
        return get(machine(name) + VERSION + "&$expand=instanceView", token);
    }

    HttpResponse<String> deallocate(String name) throws IOException, InterruptedException {
        return client.send(
                request(machine(name) + "/deallocate" + VERSION, TOKEN)
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        return client.send(request(path, token).build(), BodyHandlers.ofString());
    }

    static String machines(String subscriptionId) {
        return "/subscriptions/" + subscriptionId + "/providers/Microsoft.Compute/virtualMachines" + VERSION;
    }

    static String machine(String name) {
        return "/subscriptions/sub-1/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/" + name;
    }

    static long remaining(HttpResponse<String> response, String header) {
        String value = response.headers().firstValue(header).orElseThrow();
        return Long.parseLong(value.substring(value.lastIndexOf(';') + 1));
    }

    static Duration retryAfter(HttpResponse<String> response) {
        return Duration.ofSeconds(
                Long.parseLong(response.headers().firstValue("Retry-After").orElseThrow()));
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create(arm.endpoint() + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token);
    }

    @Override
    public void close() {
        arm.close();
    }
}
