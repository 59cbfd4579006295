package com.berryfi.vmsync.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * Bounds each call of a login, its body included. The login library blocks a thread for as long as a call takes, and
 * giving up the token does not free it; so the call itself must end.
 */
final class LoginHttpClient implements HttpClient {

    static final Duration AT_MOST = Duration.ofSeconds(10);

    private final HttpClient client;
    private final Duration atMost;
    private final boolean busyFails;

    private LoginHttpClient(HttpClient client, Duration atMost, boolean busyFails) {
        this.client = client;
        this.atMost = atMost;
        this.busyFails = busyFails;
    }

    static LoginHttpClient bounding(HttpClient client, Duration atMost) {
        return new LoginHttpClient(client, atMost, false);
    }

    /** The same, but a busy login's answer becomes a {@link BusyLogin}. */
    LoginHttpClient failingWhenBusy() {
        return new LoginHttpClient(client, atMost, true);
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return send(request, Context.NONE);
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request, Context context) {
        return client.send(request, context.addData(Call.RESPONSE_TIMEOUT, atMost))
                .map(HttpResponse::buffer)
                .flatMap(response -> response.getBodyAsByteArray().thenReturn(response))
                .flatMap(response -> busyFails && BusyLogin.isBusy(response.getStatusCode())
                        ? Mono.error(new BusyLogin(response))
                        : Mono.just(response))
                .timeout(atMost);
    }

    /** By way of the other, for a call that blocks cannot be given up. */
    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        return send(request, context)
                .blockOptional()
                .orElseThrow(() -> new IllegalStateException("the HTTP client gave no answer to a login"));
    }
}
