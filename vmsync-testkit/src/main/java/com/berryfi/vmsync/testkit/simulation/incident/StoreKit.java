package com.berryfi.vmsync.testkit.simulation.incident;

import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.testkit.contract.HostRows;
import com.berryfi.vmsync.testkit.contract.SessionStoreContract;
import com.berryfi.vmsync.testkit.simulation.world.HostDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs the contract of a store without a test engine: each of its tests, each on an empty database. */
final class StoreKit {

    private static final List<Method> TESTS = tests();

    /** One test's instance. */
    private static final class OneTest extends SessionStoreContract {
        private final HostDatabase database;

        OneTest(HostDatabase database) {
            this.database = database;
        }

        @Override
        protected SessionStore store() {
            return database.store();
        }

        @Override
        protected HostRows host() {
            return database.rows();
        }
    }

    private StoreKit() {}

    /** The names of the tests that a store does not pass. */
    static List<String> failures(Supplier<HostDatabase> databases) {
        List<String> failures = new ArrayList<>();
        for (Method test : TESTS) {
            try {
                run(test.invoke(new OneTest(databases.get())));
            } catch (InvocationTargetException e) {
                failures.add(test.getName());
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("the contract kit's " + test + " cannot be run", e);
            }
        }
        return failures;
    }

    private static void run(@Nullable Object dynamic) throws InvocationTargetException {
        if (dynamic instanceof Stream<?> tests) {
            for (Object each : tests.toList()) {
                try {
                    ((DynamicTest) each).getExecutable().execute();
                } catch (Throwable e) {
                    throw new InvocationTargetException(e);
                }
            }
        }
    }

    private static List<Method> tests() {
        List<Method> tests = new ArrayList<>();
        for (Class<?> type = SessionStoreContract.class; type != null; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(TestFactory.class)) {
                    method.setAccessible(true);
                    tests.add(method);
                }
            }
        }
        return tests;
    }
}
