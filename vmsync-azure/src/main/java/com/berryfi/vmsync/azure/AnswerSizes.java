package com.berryfi.vmsync.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.FluxUtil;
import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Refuses answers that would take the heap: the SDK reads whatever comes, and makes room for it as the answer itself says. A page
 * of a thousand machines, with all that Azure knows of each, is half as long.
 */
final class AnswerSizes {

    static final int MOST_BYTES = 16 << 20;

    /** A model takes far more room than a short JSON value that makes it. */
    static final int MOST_VALUES = 1_000_000;

    /** Below it there cannot be too many values. */
    private static final int COUNTED_FROM = MOST_VALUES;

    private AnswerSizes() {}

    static Mono<HttpResponse> bounded(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        return next.process().flatMap(AnswerSizes::read);
    }

    private static Mono<HttpResponse> read(HttpResponse response) {
        return bytes(response)
                .map(body -> (HttpResponse) new ReadAnswer(response, body))
                .onErrorResume(AnswerRefused.class, refused -> withoutBody(response, refused));
    }

    /** Of an error the status and the headers say enough. */
    private static Mono<HttpResponse> withoutBody(HttpResponse response, AnswerRefused refused) {
        return response.getStatusCode() < 300 ? Mono.error(refused) : Mono.just(new ReadAnswer(response, new byte[0]));
    }

    private static Mono<byte[]> bytes(HttpResponse response) {
        if (AnswerHeaders.number(response.getHeaders(), HttpHeaderName.CONTENT_LENGTH)
                .filter(length -> length > MOST_BYTES)
                .isPresent()) {
            response.close();
            return Mono.error(tooLong());
        }
        return FluxUtil.collectBytesFromNetworkResponse(limited(response.getBody()), response.getHeaders())
                .flatMap(body -> body.length <= COUNTED_FROM
                        ? Mono.just(body)
                        : Mono.fromCallable(() -> counted(body)).thenReturn(body))
                .defaultIfEmpty(new byte[0]);
    }

    private static Flux<ByteBuffer> limited(Flux<ByteBuffer> body) {
        AtomicLong length = new AtomicLong();
        return body.doOnNext(part -> {
            if (length.addAndGet(part.remaining()) > MOST_BYTES) {
                throw tooLong();
            }
        });
    }

    private static int counted(byte[] body) throws IOException {
        int values = 0;
        try (JsonReader json = JsonProviders.createReader(body)) {
            // Of nothing but white space the first token is null, for ever.
            for (JsonToken next = json.nextToken();
                    next != null && next != JsonToken.END_DOCUMENT;
                    next = json.nextToken()) {
                if (++values > MOST_VALUES) {
                    throw new AnswerRefused("the answer holds more than " + MOST_VALUES + " values");
                }
            }
        }
        return values;
    }

    private static AnswerRefused tooLong() {
        return new AnswerRefused("the answer is longer than " + (MOST_BYTES >> 20) + " MiB");
    }
}
