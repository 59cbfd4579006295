package com.berryfi.vmsync.testkit.arm;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** An answer before it is sent. */
@SuppressWarnings("ArrayRecordComponent") // never compared, and its bytes are never changed
record ArmAnswer(int status, Map<String, String> headers, byte[] body) {

    private static final String JSON = "application/json; charset=utf-8";

    static ArmAnswer ok(byte[] body) {
        return new ArmAnswer(200, Map.of("Content-Type", JSON), body);
    }

    static ArmAnswer error(int status, String code, String message) {
        return new ArmAnswer(status, Map.of("Content-Type", JSON), ArmJson.error(code, message));
    }

    static ArmAnswer text(int status, String contentType, String body) {
        return new ArmAnswer(status, Map.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8));
    }

    ArmAnswer withHeader(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new ArmAnswer(status, Map.copyOf(more), body);
    }
}
