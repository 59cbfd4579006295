package com.berryfi.vmsync.spring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.invoke.convert.ConversionServiceParameterValueMapper;
import org.springframework.boot.actuate.endpoint.web.EndpointMediaTypes;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.WebOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpointDiscoverer;
import org.springframework.context.ApplicationContext;

/** The endpoint's operations as the actuator finds them and calls them. */
final class Called {

    static final String STATUS = "GET vmsync";
    static final String LOOK = "GET vmsync/{what}";
    static final String EXPLAIN = "GET vmsync/{what}/{id}";
    static final String ORDER = "POST vmsync/{order}";

    static final String ROLE = "operator";

    /** A caller who has the role. */
    static final SecurityContext OPERATOR = new SecurityContext() {
        @Override
        public Principal getPrincipal() {
            return () -> "somebody";
        }

        @Override
        public boolean isUserInRole(String role) {
            return role.equals(ROLE);
        }
    };

    private Called() {}

    static Map<String, WebOperation> operations(ApplicationContext context) {
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

    static Object answer(
            ApplicationContext context, SecurityContext caller, String operation, Map<String, Object> arguments) {
        return Objects.requireNonNull(Objects.requireNonNull(operations(context).get(operation))
                .invoke(new InvocationContext(caller, arguments)));
    }

    /** An answer that is no refusal. */
    static JsonNode json(
            ApplicationContext context, SecurityContext caller, String operation, Map<String, Object> arguments) {
        Object answer = answer(context, caller, operation, arguments);
        if (answer instanceof WebEndpointResponse<?> refusal) {
            throw new AssertionError(refusal.getStatus() + " " + refusal.getBody());
        }
        return json(answer);
    }

    static JsonNode json(Object answer) {
        ObjectMapper mapper = new ObjectMapper();
        try {
            return mapper.readTree(mapper.writeValueAsString(answer));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
