package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SyncStatus;
import com.berryfi.vmsync.model.VmId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.lang.Nullable;

/**
 * How synchronisation fares, and what an operator may order. {@code GET vmsync}: the status; {@code GET vmsync/preview}: what a full sync
 * would do, which reads the cloud; {@code GET vmsync/session/{id}}: why a session was or was not ended. {@code POST vmsync/{order}}, which
 * is {@code pause}, {@code resume}, {@code hold}, {@code release} or {@code override}: orders. By Spring's own {@code Nullable} the
 * actuator of Spring Boot 3 knows which parameters may be left out.
 */
@Endpoint(id = "vmsync")
final class VmSyncEndpoint {

    private final VmSync sync;

    VmSyncEndpoint(VmSync sync) {
        this.sync = sync;
    }

    /** As this process knows it; neither cloud nor database is asked. */
    @ReadOperation
    Map<String, Object> status() {
        return StatusPage.of(sync.view().status(), sync.view().alerts());
    }

    /** What a full sync would do now. */
    @ReadOperation
    Map<String, Object> look(@Selector String what) {
        if (!what.equals("preview")) {
            throw refused("there is no view '" + what + "': preview, or session/{id}");
        }
        return ReportPage.of(sync.view().preview());
    }

    /** Why a session was, or was not, ended. */
    @ReadOperation
    Map<String, Object> explain(@Selector String what, @Selector String id) {
        if (!what.equals("session")) {
            throw refused("there is no view '" + what + "/{id}': session/{id}");
        }
        return Map.of("session", id, "explanation", sync.view().explain(new SessionId(id)));
    }

    /**
     * Gives an order.
     *
     * @param order which
     * @param scope of pause, resume and override: where, as the status names it; everywhere unless given
     * @param vm of hold and release: which VM
     * @param id of release: which order
     * @param minutes of override: for how long; of pause: for how long, until released unless given
     * @param reason of pause, hold and override: why, for the audit
     */
    @WriteOperation
    Map<String, Object> order(
            @Selector String order,
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
                default -> throw refused("there is no order '" + order + "': pause, resume, hold, release or override");
            };
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()));
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
            throw refused("release needs 'id', of an order, or 'vm', of a hold");
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
            throw refused("'scope' must name one scope as the status does, " + found.size() + " are called " + name);
        }
        return Optional.of(found.get(0));
    }

    private static <T> T given(String name, @Nullable T value) {
        if (value == null || value.toString().isBlank()) {
            throw refused("'" + name + "' is needed");
        }
        return value;
    }

    private static InvalidEndpointRequestException refused(String why) {
        return new InvalidEndpointRequestException(why, why);
    }
}
