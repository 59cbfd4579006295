package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.UnavailableException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts JSON to one URL, which no message names, for it may hold a token. Thread-safe. */
final class Webhook {

    private static final int OK = 200;
    private static final int REDIRECTS = 300;
    /** The receiver understands the request, and not what it holds. */
    private static final Set<Integer> BAD_CONTENT = Set.of(400, 413, 422);

    private final URI url;
    private final Duration atMost;
    private final HttpClient client;

    /** @param atMost how long one post may take in all */
    Webhook(URI url, Duration atMost) {
        this.url = url;
        this.atMost = atMost;
        this.client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(atMost)
                .build();
    }

    /**
     * Posts.
     *
     * @throws UnavailableException if it was not taken, and may be later
     * @throws RejectedException if it will not be taken
     */
    void post(String json) {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(atMost)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
        int status = status(client.sendAsync(request, BodyHandlers.discarding()));
        if (status >= OK && status < REDIRECTS) {
            return;
        }
        String answer = "the webhook answers " + status;
        if (BAD_CONTENT.contains(status)) {
            throw new RejectedException(answer);
        }
        throw new UnavailableException(answer);
    }

    /** The request's own time-out ends with the headers; an answer that never ends must not hold up a cycle. */
    private int status(CompletableFuture<HttpResponse<Void>> answer) {
        try {
            return answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS).statusCode();
        } catch (ExecutionException e) {
            // Neither its message nor it as a cause: they may hold the URL.
            throw new UnavailableException("the webhook cannot be reached: "
                    + String.valueOf(e.getCause()).split(":", 2)[0]);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new UnavailableException("the webhook does not answer within " + atMost);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while the webhook was told");
        }
    }
}
