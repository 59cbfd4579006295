package com.berryfi.vmsync.testkit.arm;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Finds the right answer to a request: who may see what, and what there is. */
final class ArmRouter {

    private static final String BEARER = "Bearer ";

    private final ConcurrentMap<String, ArmSubscription> subscriptions = new ConcurrentHashMap<>();
    private final ArmLogin login;

    ArmRouter(ArmLogin login) {
        this.login = login;
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
            return ArmAnswer.error(405, "MethodNotAllowed", "The simulator only reads machines.");
        }
        String token = authorization.startsWith(BEARER) ? authorization.substring(BEARER.length()) : "";
        if (!login.tokens().contains(token)) {
            return ArmAnswer.error(401, "InvalidAuthenticationToken", "The access token is invalid.")
                    .withHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        }
        if (route.query("api-version").isEmpty()) {
            return ArmAnswer.error(400, "MissingApiVersionParameter", "The api-version query parameter is required.");
        }
        ArmSubscription subscription = subscription(route).orElse(null);
        if (subscription == null) {
            return ArmAnswer.error(
                    404, "SubscriptionNotFound", "The subscription '" + route.subscription() + "' could not be found.");
        }
        if (!subscription.isReadableBy(token)) {
            return ArmAnswer.error(
                    403, "AuthorizationFailed", "The client does not have authorization to perform action 'read'.");
        }
        return route.call() == ArmCall.LIST ? list(route, subscription, endpoint) : machine(route, subscription);
    }

    private static ArmAnswer list(ArmRoute route, ArmSubscription subscription, URI endpoint) {
        String after = new String(Base64.getUrlDecoder().decode(route.query("$skiptoken")), StandardCharsets.UTF_8);
        ArmSubscription.Page page = subscription.page(after);
        boolean statusOnly = route.query("statusonly").equals("true");
        Optional<String> nextLink = page.next()
                .map(key -> endpoint + "/subscriptions/" + subscription.id()
                        + "/providers/Microsoft.Compute/virtualMachines?api-version=" + route.query("api-version")
                        + (statusOnly ? "&statusOnly=true" : "") + "&page=" + (pageOf(route) + 1) + "&$skiptoken="
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8)));
        return ArmAnswer.ok(
                statusOnly
                        ? ArmJson.statusList(subscription, page, nextLink)
                        : ArmJson.modelList(subscription, page, nextLink));
    }

    private static ArmAnswer machine(ArmRoute route, ArmSubscription subscription) {
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
        return ArmAnswer.ok(
                route.call() == ArmCall.INSTANCE_VIEW
                        ? ArmJson.instanceView(machine)
                        : ArmJson.model(machine, route.query("$expand").equals("instanceView")));
    }

    private static int pageOf(ArmRoute route) {
        return route.query("page").isEmpty() ? 1 : Integer.parseInt(route.query("page"));
    }
}
