package com.berryfi.vmsync.testkit.arm;

import com.berryfi.vmsync.model.PowerState;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** Finds the right answer to a request: who may see what, and what there is. */
final class ArmRouter {

    private static final String BEARER = "Bearer ";
    private static final Set<PowerState> DEALLOCATED = Set.of(PowerState.DEALLOCATING, PowerState.DEALLOCATED);

    private final ConcurrentMap<String, ArmSubscription> subscriptions = new ConcurrentHashMap<>();
    private final ArmLogin login;
    private final AtomicLong operations = new AtomicLong();
    private volatile Optional<ArmLimits> limits = Optional.empty();

    ArmRouter(ArmLogin login) {
        this.login = login;
    }

    void limits(ArmLimits value) {
        limits = Optional.of(value);
    }

    Optional<ArmLimits> limits() {
        return limits;
    }

    ConcurrentMap<String, ArmSubscription> subscriptions() {
        return subscriptions;
    }

    Optional<ArmSubscription> subscription(ArmRoute route) {
        return Optional.ofNullable(subscriptions.get(route.subscription().toLowerCase(Locale.ROOT)));
    }

    /** What was planned to go wrong; a machine's own faults go before its subscription's. */
    Optional<ArmFault> fault(ArmRoute route) {
        if (route.call() == ArmCall.TOKEN) {
            return login.fault(route.name());
        }
        return subscription(route)
                .flatMap(subscription -> subscription
                        .find(route.group(), route.name())
                        .flatMap(machine -> machine.faults().take(route.call(), 1))
                        .or(() -> subscription.faults().take(route.call(), pageOf(route))));
    }

    ArmAnswer answer(ArmRoute route, String authorization, URI endpoint, Map<String, String> form) {
        if (route.call() == ArmCall.TOKEN) {
            return login.token(route.name(), form);
        }
        if (route.call() == ArmCall.OTHER) {
            return ArmAnswer.error(405, "MethodNotAllowed", "The simulator reads and deallocates machines.");
        }
        String token = tokenOf(authorization);
        if (!login.tokens().contains(token)) {
            return ArmAnswer.error(401, "InvalidAuthenticationToken", "The access token is invalid.")
                    .withHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        }
        if (route.query("api-version").isEmpty()) {
            return ArmAnswer.error(400, "MissingApiVersionParameter", "The api-version query parameter is required.");
        }
        ArmSubscription subscription = subscription(route).orElse(null);
        boolean readable = subscription != null && subscription.isReadableBy(token);
        Optional<ArmAnswer> refusal = limits.flatMap(enforced -> enforced.refusal(route, token, readable));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (subscription == null) {
            return ArmAnswer.error(
                    404, "SubscriptionNotFound", "The subscription '" + route.subscription() + "' could not be found.");
        }
        if (!readable) {
            return ArmAnswer.error(
                    403, "AuthorizationFailed", "The client does not have authorization to perform action 'read'.");
        }
        return switch (route.call()) {
            case LIST -> list(route, subscription, Duration.ZERO, endpoint);
            case INDEX -> index(route, subscription, endpoint);
            default -> machine(route, subscription, endpoint);
        };
    }

    static String tokenOf(String authorization) {
        return authorization.startsWith(BEARER) ? authorization.substring(BEARER.length()) : "";
    }

    private static ArmAnswer index(ArmRoute route, ArmSubscription subscription, URI endpoint) {
        return subscription.indexUnserved()
                ? ArmAnswer.error(422, "UnprocessableEntity", "The request cannot be served from the index.")
                : list(route, subscription, subscription.indexLag(), endpoint);
    }

    private static ArmAnswer list(ArmRoute route, ArmSubscription subscription, Duration ago, URI endpoint) {
        String after = new String(Base64.getUrlDecoder().decode(route.query("$skiptoken")), StandardCharsets.UTF_8);
        ArmSubscription.Page page = subscription.page(after);
        boolean statusOnly = route.query("statusonly").equals("true");
        Optional<String> nextLink = page.next()
                .map(key -> endpoint + "/subscriptions/" + subscription.id()
                        + "/providers/Microsoft.Compute/virtualMachines?api-version=" + route.query("api-version")
                        + (statusOnly ? "&statusOnly=true" : "")
                        + (route.call() == ArmCall.INDEX ? "&useResourceGraph=true" : "") + "&page="
                        + (pageOf(route) + 1) + "&$skiptoken="
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8)));
        return ArmAnswer.ok(
                statusOnly
                        ? ArmJson.statusList(subscription, page, ago, nextLink)
                        : ArmJson.modelList(subscription, page, nextLink));
    }

    private ArmAnswer machine(ArmRoute route, ArmSubscription subscription, URI endpoint) {
        if (!subscription.hasGroup(route.group())) {
            return ArmAnswer.error(
                    404, "ResourceGroupNotFound", "Resource group '" + route.group() + "' could not be found.");
        }
        ArmVm machine = subscription.find(route.group(), route.name()).orElse(null);
        if (machine == null) {
            return ArmAnswer.error(
                    404,
                    "ResourceNotFound",
                    "The Resource 'Microsoft.Compute/virtualMachines/" + route.name() + "' under resource group '"
                            + route.group() + "' was not found.");
        }
        return switch (route.call()) {
            case DEALLOCATE -> deallocate(machine, subscription, endpoint, route.query("api-version"));
            case INSTANCE_VIEW -> ArmAnswer.ok(ArmJson.instanceView(machine));
            default ->
                ArmAnswer.ok(ArmJson.model(machine, route.query("$expand").equals("instanceView")));
        };
    }

    /** Accepted, whatever the power is; one that is off already, or about to be, stays as it is. */
    private ArmAnswer deallocate(ArmVm machine, ArmSubscription subscription, URI endpoint, String version) {
        if (!DEALLOCATED.contains(machine.power())) {
            machine.deallocate();
        }
        String id = UUID.nameUUIDFromBytes(
                        ("operation-" + operations.incrementAndGet()).getBytes(StandardCharsets.UTF_8))
                .toString();
        String operation = endpoint + "/subscriptions/" + subscription.id()
                + "/providers/Microsoft.Compute/locations/sim/operations/" + id + "?api-version=" + version;
        return new ArmAnswer(
                202, Map.of("Azure-AsyncOperation", operation, "Location", operation + "&monitor=true"), new byte[0]);
    }

    private static int pageOf(ArmRoute route) {
        return route.query("page").isEmpty() ? 1 : Integer.parseInt(route.query("page"));
    }
}
