package com.berryfi.vmsync.benchmarks;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;

/**
 * Completes the simulator's machines with what Azure sends beside, as the service's documents show it: the model with the profiles of
 * disks, system and network, on which the SDK's fluent type insists, the instance view with extensions and patches. What the completing
 * costs is no cost of the naive loop, and counted apart; what it would have cost to carry it over the wire is not counted. Thread-safe.
 */
final class WholeModels implements HttpPipelinePolicy {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final String PROPERTIES = "\"properties\":{";
    private static final String INSTANCE_VIEW = "\"instanceView\":{";

    private final String profiles = members("profiles.json");
    private final String instanceView = members("instance-view.json");
    private final AtomicLong addedBytes = new AtomicLong();
    private final AtomicLong allocatedBytes = new AtomicLong();

    /** How many bytes the answers would have had in addition. */
    long addedBytes() {
        return addedBytes.get();
    }

    /** How many bytes were allocated to complete them. */
    long allocatedBytes() {
        return allocatedBytes.get();
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        return next.process()
                .flatMap(response -> response.getBodyAsByteArray().map(model -> completed(response, model)));
    }

    private HttpResponse completed(HttpResponse response, byte[] model) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        byte[] whole = new String(model, StandardCharsets.UTF_8)
                .replace(PROPERTIES, PROPERTIES + profiles)
                .replace(INSTANCE_VIEW, INSTANCE_VIEW + instanceView)
                .getBytes(StandardCharsets.UTF_8);
        addedBytes.addAndGet(whole.length - model.length);
        HttpResponse completed = new WholeResponse(response, whole);
        allocatedBytes.addAndGet(THREADS.getCurrentThreadAllocatedBytes() - before);
        return completed;
    }

    /** The members of the object in a file, each line without its indentation, as they go over the wire. */
    private static String members(String name) {
        try (InputStream file = Objects.requireNonNull(
                WholeModels.class.getResourceAsStream(name), () -> name + " is not in the jar")) {
            StringBuilder members = new StringBuilder();
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .forEach(members::append);
            return members.substring(1, members.length() - 1) + ",";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(name + " cannot be read", unreadable);
        }
    }
}
