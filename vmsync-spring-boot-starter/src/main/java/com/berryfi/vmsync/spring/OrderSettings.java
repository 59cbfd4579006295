package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.model.SettingMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who may give orders over the endpoint.
 *
 * @param role the role that a caller must have; empty: nobody may
 */
record OrderSettings(Optional<String> role) {

    private static final String PREFIX = SyncSettings.PREFIX + "orders.";
    private static final String ROLE = "role";
    private static final String ROLE_KEY = PREFIX + ROLE;

    static Set<String> keys() {
        return Set.of(ROLE_KEY);
    }

    /** @throws IllegalArgumentException if a key is unknown or the role is blank; the message names the key */
    static OrderSettings from(Map<String, String> properties) {
        SettingMap map = SettingMap.of(PREFIX, properties, Set.of(ROLE), Set.of());
        Optional<String> role = map.text(ROLE);
        if (role.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException(
                    ROLE_KEY + ": must name a role; leave it out, and nobody may give orders");
        }
        return new OrderSettings(role);
    }

    /**
     * Whether a caller may give orders.
     *
     * @param isInRole whether the caller has a role
     */
    boolean allow(Predicate<String> isInRole) {
        return role.filter(isInRole).isPresent();
    }

    /** Why a caller may not. */
    String refusal() {
        return role.map(name ->
                        "orders need the role '" + name + "', which " + ROLE_KEY + " names, and you do not have it")
                .orElse("orders are refused over the endpoint: " + ROLE_KEY + " names no role that may give them");
    }
}
