package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SyncStatus;
import com.berryfi.vmsync.model.VmId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.lang.Nullable;

/**
 * What of the endpoint depends on who asks. {@code POST vmsync/{order}}, which is {@code pause}, {@code resume}, {@code hold},
 * {@code release} or {@code override}: orders, of callers who have the role that {@code azure.status.sync.orders.role} names. JMX knows no
 * roles: over it no orders are given.
 */
@EndpointWebExtension(endpoint = VmSyncEndpoint.class)
final class VmSyncWebExtension {

    private final VmSync sync;
    private final OrderSettings settings;

    VmSyncWebExtension(VmSync sync, OrderSettings settings) {
        this.sync = sync;
        this.settings = settings;
    }

    /** As this process knows it, and whether the caller may give orders; neither cloud nor database is asked. */
    @ReadOperation
    Map<String, Object> status(SecurityContext caller) {
        return StatusPage.of(sync.view().status(), sync.view().alerts(), settings.allow(caller::isUserInRole));
    }

    /**
     * Gives an order, if the caller may.
     *
     * @param caller who asks
     * @param order which
     * @param scope of pause, resume and override: where, as the status names it; everywhere unless given
     * @param vm of hold and release: which VM
     * @param id of release: which order
     * @param minutes of override: for how long; of pause: for how long, until released unless given
     * @param reason of pause, hold and override: why, for the audit
     */
    @WriteOperation
    Object order(
            SecurityContext caller,
            @Selector String order,
            @Nullable String scope,
            @Nullable String vm,
            @Nullable String id,
            @Nullable Long minutes,
            @Nullable String reason) {
        if (!settings.allow(caller::isUserInRole)) {
            return Refusal.forbidden(settings.refusal());
        }
        return Refusal.or(() -> done(order, scope, vm, id, minutes, reason));
    }

    private Map<String, Object> done(
            String order,
            @Nullable String scope,
            @Nullable String vm,
            @Nullable String id,
            @Nullable Long minutes,
            @Nullable String reason) {
        try {
            return switch (order) {
                case "pause" ->
                    placed(sync.operator()
                            .pause(
                                    scope(scope),
                                    Optional.ofNullable(minutes).map(Duration::ofMinutes),
                                    given("reason", reason)));
                case "resume" -> resumed(scope(scope));
                case "hold" -> placed(sync.operator().hold(new VmId(given("vm", vm)), given("reason", reason)));
                case "release" -> released(id, vm);
                case "override" ->
                    placed(sync.operator()
                            .override(scope(scope), in(given("minutes", minutes)), given("reason", reason)));
                default ->
                    throw Refusal.of("there is no order '" + order + "': pause, resume, hold, release or override");
            };
        } catch (IllegalArgumentException e) {
            throw Refusal.of(String.valueOf(e.getMessage()));
        }
    }

    /** Ends the pauses of a scope, or all; a pause of everything does not end for one scope alone. */
    private Map<String, Object> resumed(Optional<Scope> scope) {
        return withdrawn(sync.operator().orders().stream()
                .filter(order -> order.kind() == Order.Kind.PAUSE)
                .filter(order -> scope.isEmpty() || order.scope().equals(scope)));
    }

    private Map<String, Object> released(@Nullable String id, @Nullable String vm) {
        if (id == null && vm == null) {
            throw Refusal.of("release needs 'id', of an order, or 'vm', of a hold");
        }
        return withdrawn(sync.operator().orders().stream()
                .filter(order -> id == null || order.id().equals(id))
                .filter(order -> vm == null
                        || order.vm().map(VmId::value).filter(vm::equals).isPresent()));
    }

    private Map<String, Object> withdrawn(Stream<Order> orders) {
        List<String> ids =
                orders.map(Order::id).filter(sync.operator()::release).toList();
        return Map.of("released", ids);
    }

    private static Map<String, Object> placed(Order order) {
        return StatusPage.of(order);
    }

    /** By the clock that orders are judged by. */
    private Instant in(long minutes) {
        return sync.view().status().asOf().plus(Duration.ofMinutes(minutes));
    }

    private Optional<Scope> scope(@Nullable String name) {
        if (name == null) {
            return Optional.empty();
        }
        SyncStatus status = sync.view().status();
        List<Scope> found = Stream.concat(
                        status.scopes().stream().map(scope -> scope.scope()), status.elsewhere().keySet().stream())
                .filter(scope -> scope.toString().equals(name))
                .distinct()
                .toList();
        if (found.size() != 1) {
            throw Refusal.of("'scope' must name one scope as the status does, " + found.size() + " are called " + name);
        }
        return Optional.of(found.get(0));
    }

    private static <T> T given(String name, @Nullable T value) {
        if (value == null || value.toString().isBlank()) {
            throw Refusal.of("'" + name + "' is needed");
        }
        return value;
    }
}
