package com.berryfi.vmsync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The page that authors of adapters read lists the tests of each contract. After a change of one write it anew with
 * {@code mvn -pl vmsync-testkit -am test -Dtest=ContractsPageTest -Dvmsync.docs.write=true
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class ContractsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "contracts.md");
    private static final String LIST = "## What each test proves\n";
    private static final List<Class<?>> CONTRACTS = List.of(
            CloudStatusPortContract.class,
            BillingPortContract.class,
            SessionStoreContract.class,
            SyncJournalContract.class);

    @Test
    void everyTestSaysWhatItProves() {
        assertThat(CONTRACTS)
                .allSatisfy(contract -> assertThat(tests(contract))
                        .hasSizeGreaterThanOrEqualTo(5)
                        .allSatisfy(test -> assertThat(test.isAnnotationPresent(Proves.class))
                                .isTrue()));
    }

    @Test
    void thePageListsTheTestsOfEachContract() throws IOException {
        String page = Files.readString(PAGE);
        String listed = page.substring(0, page.indexOf(LIST)) + list();
        if (Boolean.getBoolean("vmsync.docs.write")) {
            Files.writeString(PAGE, listed);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(listed);
    }

    private static String list() {
        StringBuilder list = new StringBuilder(LIST)
                .append(
                        "\nWritten from the code and checked against it by `ContractsPageTest`; do not edit from here on.\n");
        for (Class<?> contract : CONTRACTS) {
            list.append("\n### `")
                    .append(contract.getSimpleName())
                    .append("`\n\n| tier | test | proves |\n|---|---|---|\n");
            tests(contract).stream()
                    .sorted(Comparator.comparing((Method test) -> proves(test).tier())
                            .thenComparing(Method::getName))
                    .forEach(test -> list.append("| %s | `%s` | %s |%n"
                            .formatted(
                                    proves(test).tier(),
                                    test.getName(),
                                    proves(test).value())));
        }
        return list.toString();
    }

    private static Proves proves(Method test) {
        return test.getAnnotation(Proves.class);
    }

    private static List<Method> tests(Class<?> contract) {
        List<Method> tests = new ArrayList<>();
        for (@Nullable Class<?> type = contract; type != null; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(TestFactory.class)) {
                    tests.add(method);
                }
            }
        }
        return tests;
    }
}
