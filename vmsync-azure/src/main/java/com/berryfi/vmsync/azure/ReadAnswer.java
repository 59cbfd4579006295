package com.berryfi.vmsync.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.CoreUtils;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An answer that was read to its end. What is let in is JSON, and is said to be: where an answer calls itself XML the SDK looks for a
 * parser that is not there, and the error that this is never ends the call.
 */
final class ReadAnswer extends HttpResponse {

    private static final String JSON = "application/json";

    private final HttpResponse answer;
    private final HttpHeaders headers;
    private final byte[] body;

    ReadAnswer(HttpResponse answer, byte[] body) {
        super(answer.getRequest());
        this.answer = answer;
        this.headers = new HttpHeaders(answer.getHeaders()).set(HttpHeaderName.CONTENT_TYPE, JSON);
        this.body = body;
    }

    @Override
    public int getStatusCode() {
        return answer.getStatusCode();
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester") // the SDK calls it
    public @Nullable String getHeaderValue(String name) {
        return getHeaders().getValue(HttpHeaderName.fromString(name));
    }

    @Override
    public HttpHeaders getHeaders() {
        return headers;
    }

    @Override
    public Flux<ByteBuffer> getBody() {
        return getBodyAsByteArray().map(ByteBuffer::wrap).flux();
    }

    @Override
    public Mono<byte[]> getBodyAsByteArray() {
        return body.length == 0 ? Mono.empty() : Mono.just(body);
    }

    @Override
    public Mono<String> getBodyAsString() {
        return getBodyAsByteArray().map(bytes -> CoreUtils.bomAwareToString(bytes, JSON));
    }

    @Override
    public Mono<String> getBodyAsString(Charset charset) {
        return getBodyAsByteArray().map(bytes -> new String(bytes, charset));
    }

    @Override
    public HttpResponse buffer() {
        return this;
    }

    @Override
    public void close() {
        answer.close();
    }
}
