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
 * Completes the simulator's models of machines with the profiles of disks, system and network that Azure sends and the SDK's fluent type
 * insists on, as the service's documents show them. What that costs is no cost of the naive loop, and counted apart. Thread-safe.
 */
final class WholeModels implements HttpPipelinePolicy {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final String PROPERTIES = "\"properties\":{";

    private final String profiles = profiles();
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
        boolean isModel = !context.getHttpRequest().getUrl().getPath().endsWith("/instanceView");
        return isModel
                ? next.process()
                        .flatMap(response -> response.getBodyAsByteArray().map(model -> completed(response, model)))
                : next.process();
    }

    private HttpResponse completed(HttpResponse response, byte[] model) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        String text = new String(model, StandardCharsets.UTF_8);
        int at = text.indexOf(PROPERTIES) + PROPERTIES.length();
        byte[] whole = (text.substring(0, at) + profiles + text.substring(at)).getBytes(StandardCharsets.UTF_8);
        addedBytes.addAndGet(whole.length - model.length);
        HttpResponse completed = new WholeResponse(response, whole);
        allocatedBytes.addAndGet(THREADS.getCurrentThreadAllocatedBytes() - before);
        return completed;
    }

    /** The members of the object in the file, each line without its indentation, as they go over the wire. */
    private static String profiles() {
        try (InputStream file = Objects.requireNonNull(
                WholeModels.class.getResourceAsStream("profiles.json"), "profiles.json is not in the jar")) {
            StringBuilder members = new StringBuilder();
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .forEach(members::append);
            return members.substring(1, members.length() - 1) + ",";
        } catch (IOException unreadable) {
            throw new UncheckedIOException("profiles.json cannot be read", unreadable);
        }
    }
}
