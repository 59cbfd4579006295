package com.berryfi.vmsync.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.VmStatus;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.invoke.MissingParametersException;
import org.springframework.boot.actuate.endpoint.invoke.convert.ConversionServiceParameterValueMapper;
import org.springframework.boot.actuate.endpoint.web.EndpointMediaTypes;
import org.springframework.boot.actuate.endpoint.web.WebOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpointDiscoverer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** The endpoint as the actuator finds it and calls it. */
class VmSyncEndpointTest {

    private static final String STATUS = "GET vmsync";
    private static final String LOOK = "GET vmsync/{what}";
    private static final String EXPLAIN = "GET vmsync/{what}/{id}";
    private static final String ORDER = "POST vmsync/{order}";

    private final Watched watched = new Watched();

    private ApplicationContextRunner exposed() {
        return watched.application().withPropertyValues("management.endpoints.web.exposure.include=vmsync");
    }

    private static Map<String, WebOperation> operations(ApplicationContext context) {
        Map<String, WebOperation> operations = new HashMap<>();
        new WebEndpointDiscoverer(
                        context,
                        new ConversionServiceParameterValueMapper(),
                        EndpointMediaTypes.DEFAULT,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of())
                .getEndpoints()
                .forEach(endpoint -> endpoint.getOperations()
                        .forEach(operation -> operations.put(
                                operation.getRequestPredicate().getHttpMethod() + " "
                                        + operation.getRequestPredicate().getPath(),
                                operation)));
        return operations;
    }

    private static Map<?, ?> call(ApplicationContext context, String operation, Map<String, Object> arguments) {
        return (Map<?, ?>) Objects.requireNonNull(operations(context).get(operation))
                .invoke(new InvocationContext(SecurityContext.NONE, arguments));
    }

    private static String json(Object answer) {
        try {
            return new ObjectMapper().writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<?, ?> order(ApplicationContext context, String order, Map<String, Object> body) {
        Map<String, Object> arguments = new HashMap<>(body);
        arguments.put("order", order);
        return call(context, ORDER, arguments);
    }

    @Test
    void itIsThereOnlyWhereItIsExposed() {
        watched.application().run(context -> assertThat(context).doesNotHaveBean(VmSyncEndpoint.class));
        exposed().run(context -> assertThat(operations(context)).containsOnlyKeys(STATUS, LOOK, EXPLAIN, ORDER));
    }

    @Test
    void theStatusShowsCyclesFindingsFreezeAndAlerts() {
        watched.inUse(Watched.SCOPE, "a")
                .vm(Watched.SCOPE, "lost", VmStatus.AVAILABLE, PowerState.RUNNING)
                .inUse(Watched.OTHER, "b");
        watched.cloud.fail(Watched.OTHER, Watched.EXPIRED, Optional.empty());
        exposed().run(context -> {
            watched.minutes(30);
            String shown = json(call(context, STATUS, Map.of()));
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
            String preview = json(call(context, LOOK, Map.of("what", "preview")));
            assertThat(preview).contains("\"rule\":\"end-when-deallocated\"").contains("\"result\":\"would-do\"");
            assertThat(watched.store.audit()).isEmpty();

            watched.minutes(1);
            assertThat(json(call(context, EXPLAIN, Map.of("what", "session", "id", "session-of-a"))))
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
            refused(() -> order(context, "stop", Map.of()), "there is no order 'stop'");
            refused(() -> order(context, "pause", Map.of()), "'reason' is needed");
            refused(() -> order(context, "hold", Map.of("reason", "x")), "'vm' is needed");
            refused(() -> order(context, "override", Map.of("reason", "x")), "'minutes' is needed");
            refused(() -> order(context, "override", Map.of("reason", "x", "minutes", -1)), "must be later than");
            refused(
                    () -> order(context, "pause", Map.of("reason", "x", "scope", "azure:none")),
                    "0 are called azure:none");
            refused(() -> order(context, "release", Map.of()), "release needs 'id'");
            refused(() -> call(context, LOOK, Map.of("what", "secrets")), "there is no view 'secrets'");
            refused(() -> call(context, EXPLAIN, Map.of("what", "vm", "id", "a")), "there is no view 'vm/{id}'");
            assertThatThrownBy(() -> call(context, EXPLAIN, Map.of("what", "session")))
                    .isInstanceOf(MissingParametersException.class);
            assertThat(context.getBean(VmSync.class).operator().orders()).isEmpty();
        });
    }

    private static void refused(ThrowingCallable call, String why) {
        assertThatThrownBy(call)
                .isInstanceOf(InvalidEndpointRequestException.class)
                .hasMessageContaining(why);
    }
}
