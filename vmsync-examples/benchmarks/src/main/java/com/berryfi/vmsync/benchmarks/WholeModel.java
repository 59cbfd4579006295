package com.berryfi.vmsync.benchmarks;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A model as the simulator gives it, with the profiles of disks and network that the SDK's fluent type insists on, next to empty: less than
 * Azure would send, so that the naive loop is not made dearer than it is.
 */
final class WholeModel extends HttpResponse {

    private static final String PROPERTIES = "\"properties\":{";
    private static final String PROFILES =
            "\"storageProfile\":{\"osDisk\":{\"osType\":\"Linux\",\"createOption\":\"FromImage\",\"managedDisk\":{}},"
                    + "\"dataDisks\":[]},\"networkProfile\":{\"networkInterfaces\":[]},";

    private final HttpResponse response;
    private final byte[] body;

    private WholeModel(HttpResponse response, String model) {
        super(response.getRequest());
        this.response = response;
        this.body = model.replaceFirst(
                        Pattern.quote(PROPERTIES), PROPERTIES + PROFILES)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Completes the answers to reads of a machine, in a pipeline. */
    static Mono<HttpResponse> completed(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        boolean isModel = !context.getHttpRequest().getUrl().getPath().endsWith("/instanceView");
        return isModel
                ? next.process()
                        .flatMap(response ->
                                response.getBodyAsString().map(model -> new WholeModel(response, model)))
                : next.process();
    }

    @Override
    public int getStatusCode() {
        return response.getStatusCode();
    }

    @Override
    @Deprecated
    public String getHeaderValue(String name) {
        return response.getHeaderValue(HttpHeaderName.fromString(name));
    }

    @Override
    public HttpHeaders getHeaders() {
        return response.getHeaders();
    }

    @Override
    public Flux<ByteBuffer> getBody() {
        return Flux.just(ByteBuffer.wrap(body));
    }

    @Override
    public Mono<byte[]> getBodyAsByteArray() {
        return Mono.just(body.clone());
    }

    @Override
    public Mono<String> getBodyAsString() {
        return getBodyAsString(StandardCharsets.UTF_8);
    }

    @Override
    public Mono<String> getBodyAsString(Charset charset) {
        return Mono.just(new String(body, charset));
    }

    @Override
    public void close() {
        response.close();
    }
}
