package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.VmId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** What is laid upon a decision from outside its rule. */
public final class Restraint {

    /** A hold and why, in words. */
    public record Freeze(Held held, String why) {}

    private Restraint() {}

    /** Why nothing but findings may follow in a scope; empty if anything may. */
    public static Optional<Freeze> freeze(
            Health health, Scope scope, Collection<Order> orders, Instant now, Duration fullInterval) {
        return pause(scope, orders, now)
                .map(order -> new Freeze(
                        new Held(Held.Reason.FREEZE, order.until(), Held.ReleasedBy.OPERATOR),
                        "paused by an operator: " + order.reason()))
                .or(() -> health.frozen(now, fullInterval)
                        .map(why -> new Freeze(
                                new Held(Held.Reason.FREEZE, Optional.empty(), Held.ReleasedBy.CLOUD),
                                "frozen: " + why)));
    }

    /** An operator's pause of a scope; empty if there is none. */
    static Optional<Order> pause(Scope scope, Collection<Order> orders, Instant now) {
        for (Order order : orders) {
            if (order.kind() == Order.Kind.PAUSE && order.covers(scope) && order.isInForce(now)) {
                return Optional.of(order);
            }
        }
        return Optional.empty();
    }

    /** A decision under a freeze: what people are told is left, and nothing else. */
    public static Decision under(Optional<Freeze> freeze, Decision decision) {
        return freeze.isPresent() && decision.changesAnything()
                ? decision.heldBack(freeze.get().held(), freeze.get().why())
                : decision;
    }

    /** A decision, with a finding if the host's own rows disagree, and have done so for longer than it takes to write them. */
    public static Decision noting(Facts facts, Decision decision) {
        if (facts.rowsAgree() || facts.isFenced() || facts.isStale() || facts.isUnknown() || mends(decision)) {
            return decision;
        }
        String text = "the VM's row names session "
                + facts.managed().vm().currentSession().map(Object::toString).orElse("none")
                + ", the session that lives is "
                + facts.managed().sessionId().map(Object::toString).orElse("none");
        return decision.reporting(
                new Effect.Report(FindingKind.ROWS_DISAGREE, facts.changedAt().orElse(facts.readAt()), text));
    }

    private static boolean mends(Decision decision) {
        return decision.effects().stream()
                .anyMatch(effect -> effect instanceof Effect.ReleaseVm || effect instanceof Effect.EndSession);
    }

    /** An operator's hold on a VM; empty if there is none. */
    public static Optional<Order> hold(VmId vm, Collection<Order> orders, Instant now) {
        for (Order order : orders) {
            if (order.kind() == Order.Kind.HOLD && order.vm().equals(Optional.of(vm)) && order.isInForce(now)) {
                return Optional.of(order);
            }
        }
        return Optional.empty();
    }

    /** Whether an operator lets endings in a scope past the brake. */
    public static boolean excuses(Scope scope, Collection<Order> orders, Instant now) {
        return orders.stream()
                .anyMatch(order -> (order.kind() == Order.Kind.OVERRIDE || order.kind() == Order.Kind.ANNOUNCEMENT)
                        && order.covers(scope)
                        && order.isInForce(now));
    }
}
