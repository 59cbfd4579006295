package com.berryfi.vmsync.model;

/**
 * What one credential reads at one go.
 *
 * @param cloud which cloud, for example {@code azure}; never blank
 * @param tenant the directory the principal lives in; empty where the default chain decides
 * @param principal the client id that reads; empty where the default chain decides
 * @param subscription the subscription, account or project that is read; never blank
 */
public record Scope(String cloud, String tenant, String principal, String subscription) {

    /**
     * Checks what every scope needs.
     *
     * @param cloud which cloud, for example {@code azure}; never blank
     * @param tenant the directory the principal lives in; empty where the default chain decides
     * @param principal the client id that reads; empty where the default chain decides
     * @param subscription the subscription, account or project that is read; never blank
     * @throws IllegalArgumentException if the cloud or the subscription is blank
     */
    public Scope {
        if (cloud.isBlank() || subscription.isBlank()) {
            throw new IllegalArgumentException(
                    "a scope needs a cloud and a subscription: " + cloud + "/" + subscription);
        }
    }

    /** Short enough for a log line; names no secret, for a scope holds none. */
    @Override
    public String toString() {
        return cloud + ":" + subscription + (principal.isEmpty() ? "" : "@" + principal);
    }
}
