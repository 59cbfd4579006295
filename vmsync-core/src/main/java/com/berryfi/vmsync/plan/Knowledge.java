package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.ScopeStatus.FreezeCause;
import com.berryfi.vmsync.model.ScopeStatus.Frozen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How well one process knows its scopes, and what operators have ordered.
 *
 * @param healths by scope; one that is not there was never met
 * @param trustsSince since when the process trusts its own database and clock
 * @param orders those that were not withdrawn
 */
public record Knowledge(Map<Scope, Health> healths, Instant trustsSince, List<Order> orders) {

    public Knowledge {
        healths = Map.copyOf(healths);
        orders = List.copyOf(orders);
    }

    /** When a scope was last read whole; empty if that is not known. */
    Optional<Instant> wholeAt(Scope scope) {
        return health(scope).wholeAt();
    }

    /**
     * Why and since when a scope is frozen; empty if it is not.
     *
     * @param met when the process first met it
     */
    Optional<Frozen> frozen(Scope scope, Instant met, Instant now, Duration full) {
        Health health = health(scope);
        Optional<Order> pause = Restraint.pause(scope, orders, now);
        return Restraint.freeze(health, scope, orders, now, full)
                .map(freeze -> pause.map(order -> new Frozen(FreezeCause.ORDERED, order.from(), freeze.why()))
                        .orElseGet(() -> health.trusted()
                                ? new Frozen(
                                        FreezeCause.UNREAD_TOO_LONG,
                                        health.overdueAt(full).orElse(now),
                                        freeze.why())
                                : new Frozen(
                                        FreezeCause.NOT_READ_YET,
                                        met.isAfter(trustsSince) ? met : trustsSince,
                                        freeze.why())));
    }

    private Health health(Scope scope) {
        return healths.getOrDefault(scope, Health.UNKNOWN);
    }
}
