package com.berryfi.vmsync.spring;

import java.util.Map;
import java.util.function.Supplier;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/** What is not answered, and why, in the body: of an exception Spring Boot keeps the words to itself. */
final class Refusal {

    private static final int FORBIDDEN = 403;

    private Refusal() {}

    /** An answer or, if the request is not understood, why not. */
    static Object or(Supplier<?> answer) {
        try {
            return answer.get();
        } catch (InvalidEndpointRequestException e) {
            return told(String.valueOf(e.getReason()), WebEndpointResponse.STATUS_BAD_REQUEST);
        }
    }

    /** Of a request that is not understood. */
    static InvalidEndpointRequestException of(String why) {
        return new InvalidEndpointRequestException(why, why);
    }

    /** Of a caller who may not. */
    static WebEndpointResponse<Map<String, String>> forbidden(String why) {
        return told(why, FORBIDDEN);
    }

    private static WebEndpointResponse<Map<String, String>> told(String why, int status) {
        return new WebEndpointResponse<>(Map.of("error", why), status);
    }
}
