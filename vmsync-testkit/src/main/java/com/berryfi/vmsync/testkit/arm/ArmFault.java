package com.berryfi.vmsync.testkit.arm;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What goes wrong with an answer of an {@link ArmSimulator}. Immutable. */
public final class ArmFault {

    enum Delivery {
        WHOLE,
        CUT,
        NEVER
    }

    private final Optional<ArmAnswer> instead;
    private final Delivery delivery;
    private final Duration delay;

    private ArmFault(Optional<ArmAnswer> instead, Delivery delivery, Duration delay) {
        this.instead = instead;
        this.delivery = delivery;
        this.delay = delay;
    }

    /**
     * {@return ARM's own error: a status, a code and a message in {@code {"error":{…}}}}
     *
     * @param status the HTTP status
     * @param code ARM's word for it, such as {@code AuthorizationFailed}
     * @param message the sentence beside it
     */
    public static ArmFault error(int status, String code, String message) {
        return answer(ArmAnswer.error(status, code, message));
    }

    /** {@return 401: the token is expired} */
    public static ArmFault unauthorized() {
        return error(401, "ExpiredAuthenticationToken", "The access token expiry time is in the past.");
    }

    /** {@return 403: the principal may not read this} */
    public static ArmFault forbidden() {
        return error(403, "AuthorizationFailed", "The client does not have authorization to perform action 'read'.");
    }

    /** {@return 404 of the subscription itself} */
    public static ArmFault subscriptionNotFound() {
        return error(404, "SubscriptionNotFound", "The subscription could not be found.");
    }

    /** {@return 409: the subscription is disabled} */
    public static ArmFault subscriptionDisabled() {
        return error(
                409, "ReadOnlyDisabledSubscription", "The subscription is disabled and therefore marked as read only.");
    }

    /** {@return 409: the compute provider is not registered; clients that would register it by themselves are caught by this} */
    public static ArmFault providerNotRegistered() {
        return error(
                409,
                "MissingSubscriptionRegistration",
                "The subscription is not registered to use namespace 'Microsoft.Compute'.");
    }

    /**
     * {@return 429 as ARM itself says it, with {@code Retry-After} in seconds}
     *
     * @param retryAfter how long, in whole seconds
     */
    public static ArmFault throttledByArm(Duration retryAfter) {
        return answer(Throttled.byArm(retryAfter)).withHeader("x-ms-ratelimit-remaining-subscription-reads", "0");
    }

    /**
     * {@return 429 as Compute says it, in its flat body, with {@code Retry-After} in seconds}
     *
     * @param retryAfter how long, in whole seconds
     */
    public static ArmFault throttledByCompute(Duration retryAfter) {
        return answer(Throttled.byCompute(retryAfter, "HighCostGet"))
                .withHeader("x-ms-ratelimit-remaining-resource", "Microsoft.Compute/HighCostGet;0");
    }

    /**
     * {@return a 5xx of ARM}
     *
     * @param status the HTTP status, 500 to 599
     */
    public static ArmFault serverError(int status) {
        return error(status, "InternalServerError", "Encountered internal server error.");
    }

    /** {@return 502 of a gateway on the way, in HTML} */
    public static ArmFault badGateway() {
        return answer(ArmAnswer.text(502, "text/html", "<html><body><h1>502 Bad Gateway</h1></body></html>"));
    }

    /** {@return 200 with an empty JSON object} */
    public static ArmFault emptyObject() {
        return answer(ArmAnswer.ok(ArmJson.emptyObject()));
    }

    /** {@return 200 without a body} */
    public static ArmFault emptyBody() {
        return answer(ArmAnswer.ok(new byte[0]));
    }

    /** {@return 200 with something that is no JSON, though it claims to be} */
    public static ArmFault garbage() {
        return answer(ArmAnswer.text(200, "application/json; charset=utf-8", "{\"value\":[{\"id\":<html>"));
    }

    /**
     * {@return any answer at all: its body as it stands, which the caller no longer changes} Headers of these names replace the
     * simulator's own.
     *
     * @param status the HTTP status
     * @param headers by name
     * @param body as it is sent; empty for none
     */
    public static ArmFault raw(int status, Map<String, String> headers, byte[] body) {
        return answer(new ArmAnswer(status, Map.copyOf(headers), body));
    }

    /**
     * {@return the right answer, but later than it should be}
     *
     * @param delay how much later
     */
    public static ArmFault slow(Duration delay) {
        return new ArmFault(Optional.empty(), Delivery.WHOLE, delay);
    }

    /** {@return no answer at all; the connection stays open} */
    public static ArmFault hang() {
        return new ArmFault(Optional.empty(), Delivery.NEVER, Duration.ZERO);
    }

    /** {@return the right answer, but the connection is closed in the middle of its body} */
    public static ArmFault cutMidBody() {
        return new ArmFault(Optional.empty(), Delivery.CUT, Duration.ZERO);
    }

    /**
     * {@return the same with another header, which replaces one of that name; a fault that leaves the right answer as it is stays as it
     * is}
     *
     * @param name the header's name
     * @param value the header's value
     */
    public ArmFault withHeader(String name, String value) {
        return new ArmFault(instead.map(answer -> answer.withHeader(name, value)), delivery, delay);
    }

    /**
     * {@return the same with another HTTP status; a fault that leaves the right answer as it is stays as it is}
     *
     * @param status the HTTP status
     */
    public ArmFault withStatus(int status) {
        return new ArmFault(
                instead.map(answer -> new ArmAnswer(status, answer.headers(), answer.body())), delivery, delay);
    }

    /**
     * {@return the same, but this much later}
     *
     * @param value how much later
     */
    public ArmFault withDelay(Duration value) {
        return new ArmFault(instead, delivery, value);
    }

    private static ArmFault answer(ArmAnswer answer) {
        return new ArmFault(Optional.of(answer), Delivery.WHOLE, Duration.ZERO);
    }

    Optional<ArmAnswer> instead() {
        return instead;
    }

    Delivery delivery() {
        return delivery;
    }

    Duration delay() {
        return delay;
    }
}
