package com.berryfi.vmsync;

import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Scope;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.MDC;

/** Puts what a log line is about into the logging context while something runs, and back what stood there before. */
final class Mdc {

    static final String CYCLE = "vmsync.cycle";
    static final String SCOPE = "vmsync.scope";
    static final String VM = "vmsync.vm";
    static final String SESSION = "vmsync.session";

    private Mdc() {}

    static <T> T during(String cycle, Supplier<T> body) {
        return with(Map.of(CYCLE, cycle), body);
    }

    static <T> T during(String cycle, Scope scope, Supplier<T> body) {
        return with(Map.of(CYCLE, cycle, SCOPE, scope.toString()), body);
    }

    static <T> T during(ManagedVm managed, Supplier<T> body) {
        Map<String, String> entries = new HashMap<>(Map.of(VM, managed.id().value()));
        managed.sessionId().ifPresent(session -> entries.put(SESSION, session.value()));
        return with(entries, body);
    }

    private static <T> T with(Map<String, String> entries, Supplier<T> body) {
        Map<String, String> before = new HashMap<>();
        entries.forEach((key, value) -> {
            String known = MDC.get(key);
            if (known != null) {
                before.put(key, known);
            }
            MDC.put(key, value);
        });
        try {
            return body.get();
        } finally {
            entries.keySet().forEach(MDC::remove);
            before.forEach(MDC::put);
        }
    }
}
