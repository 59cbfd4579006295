package com.berryfi.vmsync.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.testkit.arm.ArmSimulator;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A fresh application in a process of its own, on each Java: on its class path are the starter, what the starter brings, and the host's
 * driver, nothing else.
 */
class FreshApplicationTest {

    private static final String TOKEN = "a-good-token";
    private static final int MINUTES = 4;
    private static final String SOURCE = """
            package fresh;

            import com.azure.core.management.AzureEnvironment;
            import com.berryfi.vmsync.VmSync;
            import com.berryfi.vmsync.model.SyncKind;
            import com.berryfi.vmsync.port.BillingPort;
            import com.berryfi.vmsync.spring.AzureCloudStatusCustomizer;
            import java.util.Map;
            import org.springframework.boot.SpringApplication;
            import org.springframework.boot.autoconfigure.SpringBootApplication;
            import org.springframework.context.annotation.Bean;

            @SpringBootApplication
            public class Application {

                @Bean
                BillingPort billing() {
                    return instruction -> System.out.println("CHARGED " + instruction);
                }

                /** Azure is on this machine. */
                @Bean
                AzureCloudStatusCustomizer here() {
                    String endpoint = System.getProperty("azure.endpoint");
                    return builder -> builder.withEnvironment(new AzureEnvironment(Map.of(
                            "resourceManagerEndpointUrl", endpoint,
                            "managementEndpointUrl", endpoint,
                            "activeDirectoryEndpointUrl", endpoint,
                            "activeDirectoryResourceId", endpoint,
                            "microsoftGraphResourceId", endpoint)));
                }

                public static void main(String[] settings) {
                    try (var context = SpringApplication.run(Application.class, settings)) {
                        var report = context.getBean(VmSync.class).runOnce(SyncKind.FULL);
                        System.out.println("JAVA " + Runtime.version().feature() + " CHECKED " + report.checked());
                        report.outcomes().forEach(outcome -> System.out.println("OUTCOME " + outcome.before().id()
                                + " " + outcome.decision().rule() + " " + outcome.result()));
                    }
                }
            }
            """;

    @TempDir
    private Path folder;

    private final ArmSimulator arm = ArmSimulator.start(InstantSource.system());

    @AfterEach
    void close() {
        arm.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 25})
    void oneDependencyOneBeanFourSettings(int java) throws IOException, InterruptedException {
        Optional<Path> home = home(java);
        assumeTrue(home.isPresent(), "no Java " + java + " stands beside " + System.getProperty("java.home"));
        arm.principal(HostDatabase.SCOPE.tenant(), HostDatabase.SCOPE.principal(), HostDatabase.SECRET, TOKEN);
        var subscription = arm.subscription(HostDatabase.SCOPE.subscription()).readableBy(TOKEN);
        subscription.put("group", "vm-in-step", PowerState.RUNNING);
        subscription.put("group", "vm-deallocated", PowerState.DEALLOCATED);
        try (HostDatabase database = HostDatabase.inFile(folder.resolve("host"))) {
            database.putVm("vm-in-step", "RUNNING");
            database.putSession("s-in-step", "vm-in-step", Duration.ofMinutes(20));
            database.putVm("vm-deallocated", "RUNNING");
            database.putSession("s-deallocated", "vm-deallocated", Duration.ofMinutes(20));
            List<String> before = rows(database);

            String output = run(home.get(), database.url());

            assertThat(output)
                    .contains("JAVA " + java + " CHECKED 2", "OUTCOME vm-deallocated end-when-deallocated WOULD_DO")
                    .doesNotContain("OUTCOME vm-in-step", "CHARGED", HostDatabase.SECRET);
            assertThat(rows(database)).isEqualTo(before);
        }
    }

    private static List<String> rows(HostDatabase database) {
        return Stream.of("vm_instances", "vm_sessions")
                .flatMap(table -> database.rows(table).stream())
                .toList();
    }

    /** This one's, or that of a JDK that is installed beside it. */
    private static Optional<Path> home(int java) throws IOException {
        Path own = Path.of(System.getProperty("java.home"));
        if (Runtime.version().feature() == java) {
            return Optional.of(own);
        }
        try (Stream<Path> beside = Files.list(Objects.requireNonNull(own.getParent()))) {
            return beside.filter(home -> isOf(home, java)).sorted().findFirst();
        }
    }

    private static boolean isOf(Path home, int java) {
        Path release = home.resolve("release");
        try {
            return Files.isExecutable(home.resolve("bin").resolve("java"))
                    && Files.isRegularFile(release)
                    && Files.readString(release).contains("JAVA_VERSION=\"" + java);
        } catch (IOException e) {
            throw new IllegalStateException(release.toString(), e);
        }
    }

    private String run(Path home, String database) throws IOException, InterruptedException {
        Path log = folder.resolve("output.txt");
        Path trust = folder.resolve("simulator.p12");
        try (InputStream store = Objects.requireNonNull(ArmSimulator.class.getResourceAsStream("simulator.p12"))) {
            Files.copy(store, trust);
        }
        Process process = new ProcessBuilder(
                        home.resolve("bin").resolve("java").toString(),
                        "-Djavax.net.ssl.trustStore=" + trust,
                        "-Djavax.net.ssl.trustStorePassword=simulator",
                        "-Dazure.endpoint=" + arm.endpoint() + "/",
                        "-cp",
                        compiled(),
                        "fresh.Application",
                        "--spring.datasource.url=" + database,
                        "--azure.status.sync.mode=dry-run",
                        "--azure.status.sync.jdbc.zone=UTC",
                        "--azure.status.sync.jdbc.schema=create")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();
        String output = Files.readString(log);
        assertThat(ended).as(output).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    /** The application's class path. */
    private String compiled() throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Path source = Files.writeString(
                Files.createDirectories(folder.resolve("fresh")).resolve("Application.java"), SOURCE);
        String driver = Path.of(JdbcDataSource.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
        String all = String.join(
                File.pathSeparator,
                classes.toString(),
                Path.of("target", "classes").toAbsolutePath().toString(),
                Files.readString(Path.of("target", "host.classpath")).strip(),
                driver);
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "--release",
                        "17",
                        "-proc:none",
                        "-cp",
                        all,
                        "-d",
                        classes.toString(),
                        source.toString());
        assertThat(result).isZero();
        return all;
    }
}
