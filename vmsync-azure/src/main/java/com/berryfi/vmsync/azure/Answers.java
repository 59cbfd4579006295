package com.berryfi.vmsync.azure;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.FluxUtil;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lets in answers that the SDK can read without harm: none that would take the heap, for it makes room for whatever comes, and of each
 * only what is read. A page of a thousand machines, with all that Azure knows of each, is half as long as the longest.
 */
final class Answers {

    static final int MOST_BYTES = 16 << 20;

    private Answers() {}

    static Mono<HttpResponse> checked(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        return next.process().flatMap(answer -> checked(context, answer));
    }

    private static Mono<HttpResponse> checked(HttpPipelineCallContext context, HttpResponse answer) {
        return bytes(answer)
                .flatMap(body -> Mono.fromCallable(() -> lean(context, answer, body))
                        .onErrorMap(IOException.class, why -> new AnswerRefused("the answer is not JSON", why)))
                .map(body -> (HttpResponse) new ReadAnswer(answer, body))
                .onErrorResume(AnswerRefused.class, why -> refused(answer, why));
    }

    private static byte[] lean(HttpPipelineCallContext context, HttpResponse answer, byte[] body) throws IOException {
        boolean isRead = context.getHttpRequest().getHttpMethod() == HttpMethod.GET;
        if (body.length == 0 || (!isRead && answer.getStatusCode() < 300)) {
            return body;
        }
        if (answer.getStatusCode() != 200) {
            return LeanAnswer.of(body, AnswerShape.ERROR);
        }
        return LeanAnswer.of(body, NextPages.isOfList(context) ? AnswerShape.PAGE : AnswerShape.MACHINE);
    }

    /** Of an error the status and the headers say enough. */
    private static Mono<HttpResponse> refused(HttpResponse answer, AnswerRefused why) {
        ReadAnswer withoutBody = new ReadAnswer(answer, new byte[0]);
        return answer.getStatusCode() < 300
                ? Mono.error(new HttpResponseException("the answer is refused", withoutBody, why))
                : Mono.just(withoutBody);
    }

    private static Mono<byte[]> bytes(HttpResponse answer) {
        if (AnswerHeaders.number(answer.getHeaders(), HttpHeaderName.CONTENT_LENGTH)
                .filter(length -> length > MOST_BYTES)
                .isPresent()) {
            answer.close();
            return Mono.error(tooLong());
        }
        return FluxUtil.collectBytesFromNetworkResponse(limited(answer.getBody()), answer.getHeaders())
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

    private static AnswerRefused tooLong() {
        return new AnswerRefused("the answer is longer than " + (MOST_BYTES >> 20) + " MiB");
    }
}
