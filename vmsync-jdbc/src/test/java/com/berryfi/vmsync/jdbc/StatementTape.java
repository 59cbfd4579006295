package com.berryfi.vmsync.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The statements that somebody sends through a data source, transaction by transaction, to be sent again by plain JDBC: the same texts,
 * values and batches. Savepoints are counted and not kept. Not thread-safe.
 */
final class StatementTape {

    /** How a statement is sent. */
    private enum Call {
        PLAIN,
        QUERY,
        UPDATE,
        BATCH
    }

    /** What is sent at one go: a text, with the values of each of its rows. */
    private record Step(Call call, String sql, List<List<@Nullable Object>> rows) {}

    private final List<List<Step>> transactions = new ArrayList<>();
    private List<Step> open = new ArrayList<>();
    private int savepoints;

    /** Records what goes through. */
    DataSource recording(DataSource database) {
        return proxy(
                DataSource.class,
                database,
                (method, arguments, result) -> result instanceof Connection connection ? recorded(connection) : result);
    }

    /** Forgets what was recorded. */
    void clear() {
        transactions.clear();
        savepoints = 0;
    }

    /** Single statements, each row of a batch one. */
    long statements() {
        return transactions.stream()
                .flatMap(List::stream)
                .mapToLong(step -> step.rows().size())
                .sum();
    }

    /** What goes to the database at one go and is waited for, savepoints and commits included. */
    long calls() {
        return transactions.stream().mapToLong(List::size).sum() + savepoints + transactions.size();
    }

    /** Sends all of it, in as many transactions. */
    void play(DataSource database) throws SQLException {
        for (List<Step> transaction : transactions) {
            try (Connection connection = database.getConnection()) {
                boolean autoCommit = connection.getAutoCommit();
                if (autoCommit) {
                    connection.setAutoCommit(false);
                }
                for (Step step : transaction) {
                    play(connection, step);
                }
                connection.commit();
                if (autoCommit) {
                    connection.setAutoCommit(true);
                }
            }
        }
    }

    private static void play(Connection connection, Step step) throws SQLException {
        if (step.call() == Call.PLAIN) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(step.sql());
            }
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(step.sql())) {
            for (List<@Nullable Object> row : step.rows()) {
                for (int i = 0; i < row.size(); i++) {
                    statement.setObject(i + 1, row.get(i));
                }
                if (step.call() == Call.BATCH) {
                    statement.addBatch();
                }
            }
            switch (step.call()) {
                case BATCH -> statement.executeBatch();
                case UPDATE -> statement.executeUpdate();
                default -> readAll(statement);
            }
        }
    }

    private static void readAll(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                for (int i = 1; i <= columns; i++) {
                    rows.getObject(i);
                }
            }
        }
    }

    private Connection recorded(Connection inner) {
        return proxy(Connection.class, inner, (method, arguments, result) -> {
            switch (method.getName()) {
                case "commit" -> {
                    transactions.add(open);
                    open = new ArrayList<>();
                }
                case "rollback" -> throw new IllegalStateException("what is rolled back cannot be played");
                case "setSavepoint" -> savepoints++;
                default -> {}
            }
            if (result instanceof PreparedStatement statement) {
                return prepared(statement, String.valueOf(arguments[0]));
            }
            return result instanceof Statement statement ? plain(statement) : result;
        });
    }

    private Statement plain(Statement inner) {
        return proxy(Statement.class, inner, (method, arguments, result) -> {
            if (method.getName().startsWith("execute")) {
                open.add(new Step(Call.PLAIN, String.valueOf(arguments[0]), List.of(List.of())));
            }
            return result;
        });
    }

    private PreparedStatement prepared(PreparedStatement inner, String sql) {
        List<@Nullable Object> row = new ArrayList<>();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        return proxy(PreparedStatement.class, inner, (method, arguments, result) -> {
            switch (method.getName()) {
                case "addBatch" -> rows.add(copy(row));
                case "executeBatch" -> open.add(new Step(Call.BATCH, sql, List.copyOf(rows)));
                case "executeQuery" -> open.add(new Step(Call.QUERY, sql, List.of(copy(row))));
                case "executeUpdate" -> open.add(new Step(Call.UPDATE, sql, List.of(copy(row))));
                case "setObject" -> {
                    int index = (Integer) arguments[0] - 1;
                    if (index == row.size()) {
                        row.add(arguments[1]);
                    } else {
                        row.set(index, arguments[1]);
                    }
                }
                case "close" -> {}
                default -> throw new IllegalStateException(method.getName() + " cannot be played");
            }
            return result;
        });
    }

    private static List<@Nullable Object> copy(List<@Nullable Object> row) {
        return Collections.unmodifiableList(new ArrayList<>(row));
    }

    /** Hears of a call that went well; may put something in the place of its result. */
    private interface Tap {
        @Nullable Object heard(Method method, @Nullable Object[] arguments, @Nullable Object result);
    }

    private static <T> T proxy(Class<T> type, Object inner, Tap tap) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            try {
                Object result = method.invoke(inner, arguments);
                return tap.heard(method, arguments == null ? new Object[0] : arguments, result);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(StatementTape.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
