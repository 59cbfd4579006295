package com.berryfi.vmsync.benchmarks;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.Context;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import reactor.core.publisher.Mono;

/** The SDK's client over the JDK's own, counting the bytes of the answers' bodies and the refusals among them. Thread-safe. */
final class MeasuringHttpClient implements HttpClient {

    private static final int TOO_MANY_REQUESTS = 429;

    private final HttpClient client;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong throttled = new AtomicLong();

    MeasuringHttpClient(SSLContext trust) {
        client = new JdkHttpClientBuilder(java.net.http.HttpClient.newBuilder().sslContext(trust)).build();
    }

    /** How many bytes came in all. */
    long bytes() {
        return bytes.get();
    }

    /** How often the answer was 429. */
    long throttled() {
        return throttled.get();
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return client.send(request).doOnNext(this::count);
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request, Context context) {
        return client.send(request, context).doOnNext(this::count);
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        HttpResponse response = client.sendSync(request, context);
        count(response);
        return response;
    }

    private void count(HttpResponse response) {
        String length = response.getHeaderValue(HttpHeaderName.CONTENT_LENGTH);
        bytes.addAndGet(length == null ? 0 : Long.parseLong(length));
        if (response.getStatusCode() == TOO_MANY_REQUESTS) {
            throttled.incrementAndGet();
        }
    }
}
