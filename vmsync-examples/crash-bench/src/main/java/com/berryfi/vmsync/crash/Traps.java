package com.berryfi.vmsync.crash;

import java.io.PrintStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Has a replica stand still at a place when it comes there, after it has said so: it says {@code AT} and the place, in a line. It is
 * killed or stopped there from outside, or goes on when told to. Thread-safe.
 */
final class Traps {

    static final String AT = "AT ";

    private static final Pattern WRITE = Pattern.compile(
            "(?is)^\\s*(INSERT|UPDATE|DELETE).*\\b(vmsync_(?!lock|setting)\\w+|vm_instances|vm_sessions)\\b.*");

    private final PrintStream out;
    private final AtomicReference<Optional<Place>> armed = new AtomicReference<>(Optional.empty());
    private volatile CountDownLatch held = new CountDownLatch(0);

    Traps(PrintStream out) {
        this.out = out;
    }

    /** The next to come to this place stands still. */
    void arm(Place place) {
        held = new CountDownLatch(1);
        armed.set(Optional.of(place));
    }

    /** Nobody stands still any longer, nor will. */
    void release() {
        armed.set(Optional.empty());
        held.countDown();
    }

    /** Stands still here, if it was told to. */
    void reach(Place place) {
        Optional<Place> before =
                armed.getAndUpdate(wanted -> wanted.filter(place::equals).isPresent() ? Optional.empty() : wanted);
        if (before.filter(place::equals).isPresent()) {
            CountDownLatch mine = held;
            out.println(AT + place);
            try {
                mine.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A pool whose transactions come by these places. */
    DataSource over(DataSource pool) {
        return proxy(DataSource.class, (method, arguments) -> {
            Object result = call(pool, method, arguments);
            return result instanceof Connection connection ? trapped(connection) : result;
        });
    }

    private Connection trapped(Connection connection) {
        int[] writes = {0};
        return proxy(Connection.class, (method, arguments) -> {
            switch (method.getName()) {
                case "prepareStatement" -> {
                    if (arguments != null
                            && WRITE.matcher((String) arguments[0]).matches()
                            && writes[0]++ > 0) {
                        reach(Place.BETWEEN_WRITES);
                    }
                    return call(connection, method, arguments);
                }
                case "commit" -> {
                    boolean wrote = writes[0] > 0;
                    writes[0] = 0;
                    if (wrote) {
                        reach(Place.BEFORE_COMMIT);
                    }
                    Object result = call(connection, method, arguments);
                    if (wrote) {
                        reach(Place.AFTER_COMMIT);
                    }
                    return result;
                }
                default -> {
                    return call(connection, method, arguments);
                }
            }
        });
    }

    /** What a proxy does instead of the method. */
    interface Instead {
        @Nullable Object run(Method method, Object @Nullable [] arguments) throws Throwable;
    }

    static <T> T proxy(Class<T> type, Instead instead) {
        InvocationHandler handler = (self, method, arguments) -> instead.run(method, arguments);
        return type.cast(Proxy.newProxyInstance(Traps.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
