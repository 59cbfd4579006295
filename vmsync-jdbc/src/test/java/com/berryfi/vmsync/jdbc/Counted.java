package com.berryfi.vmsync.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/** Counts what goes to a database: each call of an {@code execute} is a statement, a batch too. Thread-safe. */
final class Counted {

    private final DataSource dataSource;
    private final List<String> statements = new CopyOnWriteArrayList<>();

    Counted(DataSource database) {
        this.dataSource = around(DataSource.class, database, "");
    }

    DataSource dataSource() {
        return dataSource;
    }

    /** All since the last look, in their order; those without a text of their own have none. */
    List<String> take() {
        List<String> taken = List.copyOf(statements);
        statements.clear();
        return taken;
    }

    private <T> T around(Class<T> type, Object inner, String sql) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                statements.add(sql);
            }
            try {
                Object result = method.invoke(inner, arguments);
                return wrapped(
                        result,
                        Arrays.stream(arguments == null ? new Object[0] : arguments)
                                .filter(String.class::isInstance)
                                .map(String.class::cast)
                                .findFirst()
                                .orElse(""));
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(Counted.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private Object wrapped(Object result, String sql) {
        if (result instanceof Connection) {
            return around(Connection.class, result, "");
        }
        if (result instanceof PreparedStatement) {
            return around(PreparedStatement.class, result, sql);
        }
        return result instanceof Statement ? around(Statement.class, result, "") : result;
    }
}
