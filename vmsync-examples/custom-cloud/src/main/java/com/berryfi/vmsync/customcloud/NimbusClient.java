package com.berryfi.vmsync.customcloud;

import com.berryfi.vmsync.model.Observation.Unknown;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.port.ClientSecret;
import com.berryfi.vmsync.port.ClientSecretSource;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls Nimbus' HTTP API, once each. Thread-safe.
 *
 * @param endpoint where Nimbus is, without a slash at its end
 * @param keys the API key of each account, asked for with every call
 */
public record NimbusClient(HttpClient http, URI endpoint, ClientSecretSource keys) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What came of a call.
     *
     * @param json empty if there was none to be read
     * @param failure why it is not what was asked for; empty if it is
     */
    record Answer(JsonNode json, Optional<Unknown> failure, Optional<Duration> retryAfter, Optional<String> requestId) {
        static Answer none(UnknownCause cause, String why) {
            Unknown failure = new Unknown(cause, why);
            return new Answer(MissingNode.getInstance(), Optional.of(failure), Optional.empty(), Optional.empty());
        }
    }

    /** What stands at a path below the scope's account, by a deadline of {@link System#nanoTime()}. */
    Answer get(Scope scope, String path, long deadline) {
        Optional<ClientSecret> key = keys.secretOf(scope);
        if (key.isEmpty()) {
            return Answer.none(UnknownCause.UNAUTHENTICATED, "there is no API key");
        }
        URI uri = URI.create(endpoint + "/v1/accounts/" + encoded(scope.subscription()) + path);
        String bearer = "Bearer " + key.get().reveal();
        HttpRequest request =
                HttpRequest.newBuilder(uri).header("Authorization", bearer).build();
        // Asynchronous, because the timeout of a request does not bound how long its answer's body takes.
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            return read(answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            answer.cancel(true);
            return Answer.none(UnknownCause.TIMED_OUT, "no answer in time");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return Answer.none(UnknownCause.OTHER, "interrupted");
        } catch (ExecutionException e) {
            return Answer.none(UnknownCause.CONNECTION_FAILED, String.valueOf(e.getCause()));
        }
    }

    /** For a part of a path, or of a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Answer read(HttpResponse<byte[]> answer) {
        JsonNode json = json(answer.body());
        String why = (answer.statusCode() + " " + json.path("error").asText("")).strip();
        Optional<Duration> retryAfter = answer.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
        Optional<Unknown> failure = Optional.of(new Unknown(causeOf(answer.statusCode()), why))
                .filter(any -> answer.statusCode() != 200 || json.isMissingNode());
        return new Answer(json, failure, retryAfter, answer.headers().firstValue("X-Request-Id"));
    }

    private static UnknownCause causeOf(int status) {
        return switch (status) {
            case 200 -> UnknownCause.UNREADABLE_ANSWER;
            case 401 -> UnknownCause.UNAUTHENTICATED;
            case 403 -> UnknownCause.FORBIDDEN;
            case 404 -> UnknownCause.SUBSCRIPTION_UNREADABLE;
            case 429 -> UnknownCause.THROTTLED;
            default -> status >= 500 ? UnknownCause.SERVER_ERROR : UnknownCause.OTHER;
        };
    }

    /** An error may well be no JSON, and a parser's own message may quote a secret. */
    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
