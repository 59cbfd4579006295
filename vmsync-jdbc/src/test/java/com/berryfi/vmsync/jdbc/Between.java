package com.berryfi.vmsync.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

/** A way to a database on which something else happens once, right before a statement of a certain kind. Thread-safe. */
final class Between {

    private final String statement;
    private final AtomicReference<Runnable> event;

    private Between(String statement, Runnable event) {
        this.statement = statement;
        this.event = new AtomicReference<>(event);
    }

    /**
     * Around a database.
     *
     * @param statement what the text of the statement begins with
     */
    static DataSource of(DataSource database, String statement, Runnable event) {
        return new Between(statement, event).around(DataSource.class, database);
    }

    private <T> T around(Class<T> type, Object inner) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals("prepareStatement")
                    && String.valueOf(arguments[0]).startsWith(statement)) {
                event.getAndSet(() -> {}).run();
            }
            try {
                Object result = method.invoke(inner, arguments);
                return result instanceof Connection ? around(Connection.class, result) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(Between.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
