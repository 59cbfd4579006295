package com.berryfi.vmsync.testkit.arm;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a request asks for, read from its path without regard to case.
 *
 * @param subscription empty for a token; {@code group} and {@code name} are empty for a list, {@code name} holds the tenant
 *     for a token
 */
record ArmRoute(ArmCall call, String subscription, String group, String name, Map<String, String> query) {

    private static final List<String> LIST =
            List.of("", "subscriptions", "?", "providers", "microsoft.compute", "virtualmachines");
    private static final List<String> DIRECT = List.of(
            "", "subscriptions", "?", "resourcegroups", "?", "providers", "microsoft.compute", "virtualmachines", "?");
    private static final List<String> INSTANCE_VIEW = List.of(
            "",
            "subscriptions",
            "?",
            "resourcegroups",
            "?",
            "providers",
            "microsoft.compute",
            "virtualmachines",
            "?",
            "instanceview");
    private static final List<String> DEALLOCATE = List.of(
            "",
            "subscriptions",
            "?",
            "resourcegroups",
            "?",
            "providers",
            "microsoft.compute",
            "virtualmachines",
            "?",
            "deallocate");
    private static final List<String> TOKEN = List.of("", "?", "oauth2", "v2.0", "token");

    static ArmRoute of(String method, URI uri) {
        List<String> path = List.of(uri.getPath().split("/", -1));
        Map<String, String> query = form(uri.getRawQuery() == null ? "" : uri.getRawQuery());
        boolean read = method.equals("GET");
        if (read && matches(path, LIST)) {
            boolean index = Boolean.parseBoolean(query.get("useresourcegraph"));
            return new ArmRoute(index ? ArmCall.INDEX : ArmCall.LIST, path.get(2), "", "", query);
        }
        if (read && matches(path, DIRECT)) {
            return new ArmRoute(ArmCall.DIRECT, path.get(2), path.get(4), path.get(8), query);
        }
        if (read && matches(path, INSTANCE_VIEW)) {
            return new ArmRoute(ArmCall.INSTANCE_VIEW, path.get(2), path.get(4), path.get(8), query);
        }
        if (method.equals("POST") && matches(path, DEALLOCATE)) {
            return new ArmRoute(ArmCall.DEALLOCATE, path.get(2), path.get(4), path.get(8), query);
        }
        if (method.equals("POST") && matches(path, TOKEN)) {
            return new ArmRoute(ArmCall.TOKEN, "", "", path.get(1), query);
        }
        boolean ofSubscription = path.size() > 2 && path.get(1).equalsIgnoreCase("subscriptions");
        return new ArmRoute(ArmCall.OTHER, ofSubscription ? path.get(2) : "", "", "", query);
    }

    /** Names and values of a query or a form, decoded; names in lower case. */
    static Map<String, String> form(String encoded) {
        Map<String, String> values = new HashMap<>();
        for (String pair : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String name = URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8);
                values.put(
                        name.toLowerCase(Locale.ROOT),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return Map.copyOf(values);
    }

    String query(String name) {
        return query.getOrDefault(name, "");
    }

    private static boolean matches(List<String> path, List<String> pattern) {
        if (path.size() != pattern.size()) {
            return false;
        }
        for (int i = 0; i < path.size(); i++) {
            boolean any = pattern.get(i).equals("?");
            if (any ? path.get(i).isEmpty() : !pattern.get(i).equalsIgnoreCase(path.get(i))) {
                return false;
            }
        }
        return true;
    }
}
