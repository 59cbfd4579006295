package com.berryfi.vmsync.spring;

import static com.berryfi.vmsync.spring.Called.EXPLAIN;
import static com.berryfi.vmsync.spring.Called.LOOK;
import static com.berryfi.vmsync.spring.Called.OPERATOR;
import static com.berryfi.vmsync.spring.Called.ORDER;
import static com.berryfi.vmsync.spring.Called.ROLE;
import static com.berryfi.vmsync.spring.Called.STATUS;
import static com.berryfi.vmsync.spring.Called.answer;
import static com.berryfi.vmsync.spring.Called.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.VmStatus;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.invoke.MissingParametersException;
import org.springframework.boot.actuate.endpoint.invoke.convert.ConversionServiceParameterValueMapper;
import org.springframework.boot.actuate.endpoint.jmx.JmxOperation;
import org.springframework.boot.actuate.endpoint.jmx.annotation.JmxEndpointDiscoverer;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** The endpoint as the actuator finds it and calls it. */
class VmSyncEndpointTest {

    private final Watched watched = new Watched();

    private ApplicationContextRunner exposed() {
        return watched.application()
                .withPropertyValues(
                        "management.endpoints.web.exposure.include=vmsync", "azure.status.sync.orders.role=" + ROLE);
    }

    private static Map<?, ?> call(ApplicationContext context, String operation, Map<String, Object> arguments) {
        return (Map<?, ?>) answer(context, OPERATOR, operation, arguments);
    }

    private static Map<?, ?> order(ApplicationContext context, String order, Map<String, Object> body) {
        return (Map<?, ?>) answer(context, OPERATOR, ORDER, ordering(order, body));
    }

    private static Map<String, Object> ordering(String order, Map<String, Object> body) {
        Map<String, Object> arguments = new HashMap<>(body);
        arguments.put("order", order);
        return arguments;
    }

    @Test
    void itIsThereOnlyWhereItIsExposed() {
        watched.application().run(context -> assertThat(context).doesNotHaveBean(VmSyncEndpoint.class));
        exposed().run(context -> assertThat(Called.operations(context)).containsOnlyKeys(STATUS, LOOK, EXPLAIN, ORDER));
    }

    @Test
    void theStatusShowsCyclesFindingsFreezeAndAlerts() {
        watched.inUse(Watched.SCOPE, "a")
                .vm(Watched.SCOPE, "lost", VmStatus.AVAILABLE, PowerState.RUNNING)
                .inUse(Watched.OTHER, "b");
        watched.cloud.fail(Watched.OTHER, Watched.EXPIRED, Optional.empty());
        exposed().run(context -> {
            watched.minutes(30);
            String shown = json(call(context, STATUS, Map.of())).toString();
            assertThat(shown)
                    .contains("\"synchronisation\":\"acting\"")
                    .contains("\"oldestUnverified\":{\"session\":\"session-of-b\"")
                    .contains("\"kind\":\"orphan\",\"vm\":\"lost\"")
                    .contains("\"frozen\":{")
                    .contains("\"cause\":\"unauthenticated\"")
                    .contains("\"key\":\"FAILING_CREDENTIAL/");
            assertThat(new ObjectMapper()
                            .readTree(shown)
                            .at("/cycles/quick/last/checked")
                            .asInt())
                    .isEqualTo(2);
        });
    }

    @Test
    void aPreviewChangesNothingAndAnEndIsExplained() {
        watched.inUse(Watched.SCOPE, "a");
        exposed().run(context -> {
            watched.minutes(1);
            watched.cloud.deallocate(Watched.SCOPE, Watched.address("a"));
            String preview =
                    json(call(context, LOOK, Map.of("what", "preview"))).toString();
            assertThat(preview).contains("\"rule\":\"end-when-deallocated\"").contains("\"result\":\"would-do\"");
            assertThat(watched.store.audit()).isEmpty();

            watched.minutes(1);
            assertThat(json(call(context, EXPLAIN, Map.of("what", "session", "id", "session-of-a")))
                            .toString())
                    .contains(context.getBean(VmSync.class)
                            .view()
                            .explain(new SessionId("session-of-a"))
                            .lines()
                            .findFirst()
                            .orElseThrow())
                    .contains("end-when-deallocated");
        });
    }

    @Test
    void ordersAreGivenAndWithdrawn() {
        watched.inUse(Watched.SCOPE, "a");
        exposed().run(context -> {
            watched.minutes(1);
            VmSync sync = context.getBean(VmSync.class);
            order(context, "pause", Map.of("reason", "maintenance of the house", "minutes", "10"));
            order(context, "pause", Map.of("reason", "here alone", "scope", Watched.SCOPE.toString()));
            Object hold = order(context, "hold", Map.of("vm", "a", "reason", "a guest"))
                    .get("id");
            order(context, "override", Map.of("minutes", 5, "reason", "checked by hand"));
            assertThat(sync.operator().orders())
                    .extracting(Order::kind)
                    .containsExactlyInAnyOrder(
                            Order.Kind.PAUSE, Order.Kind.PAUSE, Order.Kind.HOLD, Order.Kind.OVERRIDE);
            assertThat(sync.operator().orders())
                    .filteredOn(order -> order.kind() == Order.Kind.OVERRIDE)
                    .extracting(order -> order.until().orElseThrow())
                    .containsExactly(watched.time.instant().plusSeconds(300));

            order(context, "resume", Map.of("scope", Watched.SCOPE.toString()));
            assertThat(sync.operator().orders())
                    .filteredOn(order -> order.kind() == Order.Kind.PAUSE)
                    .hasSize(1);
            order(context, "resume", Map.of());
            assertThat(order(context, "release", Map.of("vm", "a"))).isEqualTo(Map.of("released", List.of(hold)));
            assertThat(sync.operator().orders()).extracting(Order::kind).containsExactly(Order.Kind.OVERRIDE);
        });
    }

    @Test
    void aPauseKeepsASessionThatWouldEndAndResumingEndsIt() {
        watched.inUse(Watched.SCOPE, "a");
        exposed().run(context -> {
            watched.minutes(1);
            order(context, "pause", Map.of("reason", "wait"));
            watched.cloud.deallocate(Watched.SCOPE, Watched.address("a"));
            watched.minutes(5);
            assertThat(watched.billing.applied()).isEmpty();

            order(context, "resume", Map.of());
            watched.minutes(10);
            assertThat(watched.billing.applied()).isNotEmpty();
        });
    }

    @Test
    void whatCannotBeDoneIsRefusedInWords() {
        watched.inUse(Watched.SCOPE, "a");
        exposed().run(context -> {
            watched.minutes(1);
            refused(context, ORDER, ordering("stop", Map.of()), "there is no order 'stop'");
            refused(context, ORDER, ordering("pause", Map.of()), "'reason' is needed");
            refused(context, ORDER, ordering("hold", Map.of("reason", "x")), "'vm' is needed");
            refused(context, ORDER, ordering("override", Map.of("reason", "x")), "'minutes' is needed");
            refused(context, ORDER, ordering("override", Map.of("reason", "x", "minutes", -1)), "must be later than");
            refused(
                    context,
                    ORDER,
                    ordering("pause", Map.of("reason", "x", "scope", "azure:none")),
                    "0 are called azure:none");
            refused(context, ORDER, ordering("release", Map.of()), "release needs 'id'");
            refused(context, LOOK, Map.of("what", "secrets"), "there is no view 'secrets'");
            refused(context, EXPLAIN, Map.of("what", "vm", "id", "a"), "there is no view 'vm/{id}'");

            assertThatThrownBy(() -> call(context, EXPLAIN, Map.of("what", "session")))
                    .isInstanceOf(MissingParametersException.class);
            assertThat(context.getBean(VmSync.class).operator().orders()).isEmpty();
        });
    }

    private static void refused(
            ApplicationContext context, String operation, Map<String, Object> arguments, String why) {
        WebEndpointResponse<?> refusal = (WebEndpointResponse<?>) answer(context, OPERATOR, operation, arguments);
        assertThat(refusal.getStatus()).isEqualTo(400);
        assertThat(String.valueOf(refusal.getBody())).contains(why);
    }

    @Test
    void aRoleWithoutANameOrASettingThatIsMisspeltIsRefusedAtTheStart() {
        exposed()
                .withPropertyValues("azure.status.sync.orders.role= ")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageStartingWith("azure.status.sync.orders.role: must name a role"));
        exposed()
                .withPropertyValues("azure.status.sync.orders.roles=operator")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageStartingWith("azure.status.sync.orders.roles: unknown setting"));
    }

    @Test
    void overJmxNobodyHasARoleAndThereAreNoOrders() {
        exposed()
                .withPropertyValues("management.endpoints.jmx.exposure.include=vmsync")
                .run(context -> {
                    assertThat(new JmxEndpointDiscoverer(
                                            context,
                                            new ConversionServiceParameterValueMapper(),
                                            List.of(),
                                            List.of(),
                                            List.of())
                                    .getEndpoints())
                            .singleElement()
                            .satisfies(endpoint -> assertThat(endpoint.getOperations())
                                    .extracting(JmxOperation::getName)
                                    .containsExactlyInAnyOrder("status", "look", "explain"));
                });
    }
}
