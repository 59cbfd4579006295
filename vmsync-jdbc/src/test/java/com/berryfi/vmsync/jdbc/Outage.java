package com.berryfi.vmsync.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/** A pool of which there is no connection to be had at times. */
final class Outage {

    private Outage() {}

    static DataSource of(DataSource pool, BooleanSupplier isGone) {
        return (DataSource) Proxy.newProxyInstance(
                Outage.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (isGone.getAsBoolean()) {
                        throw new SQLException("no connection", "08001");
                    }
                    try {
                        return method.invoke(pool, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
