package com.berryfi.vmsync.testkit.arm;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The simulated login: which principal gets which bearer token for which secret, and which tokens are good. Thread-safe. */
final class ArmLogin {

    private record Principal(String tenant, String clientId) {}

    private record Grant(String secret, String token) {}

    private final Map<Principal, Grant> grants = new ConcurrentHashMap<>();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final Map<String, FaultPlan> faults = new ConcurrentHashMap<>();

    Set<String> tokens() {
        return tokens;
    }

    void principal(String tenant, String clientId, String secret, String token) {
        tokens.add(token);
        grants.put(new Principal(tenant.toLowerCase(Locale.ROOT), clientId), new Grant(secret, token));
    }

    /** Of a tenant, for each has a login of its own. */
    FaultPlan faults(String tenant) {
        return faults.computeIfAbsent(tenant.toLowerCase(Locale.ROOT), key -> new FaultPlan());
    }

    Optional<ArmFault> fault(String tenant) {
        return faults(tenant).take(ArmCall.TOKEN, 1);
    }

    ArmAnswer token(String tenant, Map<String, String> form) {
        Grant grant = grants.get(new Principal(tenant.toLowerCase(Locale.ROOT), form.getOrDefault("client_id", "")));
        if (grant == null) {
            return refused("unauthorized_client", "AADSTS700016: Application was not found in the directory.");
        }
        if (!grant.secret().equals(form.getOrDefault("client_secret", ""))) {
            return refused("invalid_client", "AADSTS7000215: Invalid client secret provided.");
        }
        return ArmAnswer.ok(ArmJson.token(grant.token()));
    }

    private static ArmAnswer refused(String error, String description) {
        ArmAnswer json = ArmAnswer.ok(ArmJson.loginError(error, description));
        return new ArmAnswer(401, json.headers(), json.body());
    }
}
