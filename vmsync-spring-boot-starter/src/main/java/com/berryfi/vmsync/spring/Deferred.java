package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.port.SyncJournal;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A port whose adapter is made by the first call: where synchronisation is switched off there is a {@code VmSync} to inject, and nothing
 * is opened for it.
 */
final class Deferred implements InvocationHandler {

    private final Class<?> port;
    private final Supplier<?> adapter;

    private Deferred(Class<?> port, Supplier<?> adapter) {
        this.port = port;
        this.adapter = adapter;
    }

    /**
     * A port.
     *
     * @param port an interface
     * @param adapter gives the same object each time
     */
    static <T> T of(Class<T> port, Supplier<? extends T> adapter) {
        return port.cast(
                Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, new Deferred(port, adapter)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, arguments);
        }
        if (method.getReturnType() == SyncJournal.class) {
            return of(SyncJournal.class, () -> ((SessionStore) adapter.get()).journal());
        }
        try {
            return method.invoke(adapter.get(), arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private Object ofObject(Object proxy, Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "deferred " + port.getSimpleName();
        };
    }
}
