package com.berryfi.vmsync.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.management.AzureEnvironment;
import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.port.BillingPort;
import com.berryfi.vmsync.testkit.VirtualTime;
import com.berryfi.vmsync.testkit.arm.ArmSimulator;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** A fresh application: the starter, one {@code BillingPort} bean, and the four settings that the README shows. */
class AdoptionTest {

    private static final Path README = Path.of("..", "README.md");
    private static final Pattern PROPERTIES = Pattern.compile("```properties\\n(.*?)```", Pattern.DOTALL);
    private static final String WITHOUT_JPA =
            "org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration,"
                    + "org.springframework.boot.autoconfigure.data.jpa.JpaRepositoriesAutoConfiguration";
    private static final String TOKEN = "a-good-token";
    private static final List<String> OWN_TABLES = List.of(
            "vmsync_tracking",
            "vmsync_metering",
            "vmsync_outbox",
            "vmsync_delivery",
            "vmsync_pass",
            "vmsync_audit",
            "vmsync_spending");

    private final HostDatabase database = HostDatabase.withTables();
    private final ArmSimulator arm = ArmSimulator.start(InstantSource.system());

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        BillingPort billing() {
            return instruction -> {
                if (instruction instanceof BillingInstruction.Stop stop) {
                    charge(stop.key(), stop.total());
                }
            };
        }

        private final Map<BillingKey, Duration> charged = new ConcurrentHashMap<>();

        private void charge(BillingKey key, Duration total) {
            charged.put(key, total);
        }
    }

    @BeforeEach
    void plantDrift() {
        arm.principal(HostDatabase.SCOPE.tenant(), HostDatabase.SCOPE.principal(), HostDatabase.SECRET, TOKEN);
        var subscription = arm.subscription(HostDatabase.SCOPE.subscription()).readableBy(TOKEN);
        subscription.put("group", "vm-in-step", PowerState.RUNNING);
        subscription.put("group", "vm-deallocated", PowerState.DEALLOCATED);
        subscription.put("group", "vm-up", PowerState.RUNNING);
        database.putVm("vm-in-step", "RUNNING");
        database.putSession("s-in-step", "vm-in-step", Duration.ofMinutes(20));
        database.putVm("vm-deallocated", "RUNNING");
        database.putSession("s-deallocated", "vm-deallocated", Duration.ofMinutes(20));
        database.putVm("vm-up", "STOPPED");
    }

    @AfterEach
    void close() {
        arm.close();
        database.close();
    }

    /** Where Azure is on this machine; and the loops are on a time that stands still, so that they do not meet the test's steps. */
    private void onTheSimulator(SpringApplicationBuilder application) {
        String endpoint = arm.endpoint() + "/";
        AzureEnvironment environment = new AzureEnvironment(Map.of(
                "resourceManagerEndpointUrl", endpoint,
                "managementEndpointUrl", endpoint,
                "activeDirectoryEndpointUrl", endpoint,
                "activeDirectoryResourceId", endpoint,
                "microsoftGraphResourceId", endpoint));
        AzureCloudStatusCustomizer azure = builder -> builder.withEnvironment(environment)
                .withHttpClient(
                        new JdkHttpClientBuilder(HttpClient.newBuilder().sslContext(arm.clientContext())).build());
        VmSyncCustomizer still = builder -> builder.withScheduler(VirtualTime.startingAt(Instant.EPOCH));
        application.initializers(context -> {
            context.getBeanFactory().registerSingleton("simulator", azure);
            context.getBeanFactory().registerSingleton("still", still);
        });
    }

    private String[] settings() throws IOException {
        Matcher shown = PROPERTIES.matcher(Files.readString(README));
        assertThat(shown.find()).isTrue();
        List<String> lines =
                shown.group(1).lines().filter(line -> !line.isBlank()).toList();
        assertThat(lines).hasSize(4);
        return lines.stream()
                .map(line -> line.startsWith("spring.datasource.url=")
                        ? "--spring.datasource.url=" + database.url()
                        : "--" + line)
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", WITHOUT_JPA})
    void fourSettingsAndABillingPortAreADryRunOnTheHostsTables(String without) throws IOException {
        List<String> vms = database.rows("vm_instances");
        List<String> sessions = database.rows("vm_sessions");
        SpringApplicationBuilder application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off", "spring.autoconfigure.exclude=" + without);
        onTheSimulator(application);

        try (ConfigurableApplicationContext context = application.run(settings())) {
            SyncReport report = context.getBean(VmSync.class).runOnce(SyncKind.FULL);

            assertThat(report.skipped()).isEmpty();
            assertThat(report.problems()).isEmpty();
            assertThat(report.dryRun()).isTrue();
            assertThat(report.checked()).isEqualTo(3);
            assertThat(report.outcomes())
                    .extracting(outcome ->
                            outcome.before().id() + ": " + outcome.decision().rule() + " " + outcome.result())
                    .containsExactlyInAnyOrder(
                            "vm-deallocated: end-when-deallocated WOULD_DO", "vm-up: follow-power WOULD_DO");
            assertThat(context.getBean(Application.class).charged).isEmpty();
        }

        assertThat(database.rows("vm_instances")).isEqualTo(vms);
        assertThat(database.rows("vm_sessions")).isEqualTo(sessions);
        assertThat(OWN_TABLES)
                .allSatisfy(table -> assertThat(database.rows(table)).isEmpty());
        assertThat(arm.requests())
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request)
                        .satisfiesAnyOf(
                                get -> assertThat(get).startsWith("GET "),
                                login -> assertThat(login).contains("/oauth2/")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", WITHOUT_JPA})
    void theSameApplicationActsWhenItIsTold(String without) throws IOException {
        SpringApplicationBuilder application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off", "spring.autoconfigure.exclude=" + without);
        onTheSimulator(application);
        String[] acting = Stream.of(settings())
                .map(setting -> setting.replace("mode=dry-run", "mode=act"))
                .toArray(String[]::new);

        try (ConfigurableApplicationContext context = application.run(acting)) {
            context.getBean(VmSync.class).runOnce(SyncKind.FULL);

            assertThat(context.getBean(Application.class).charged.keySet())
                    .extracting(key -> key.session().value())
                    .containsExactly("s-deallocated");
        }

        assertThat(database.rows("vm_instances")).anyMatch(row -> row.startsWith("vm-up|vm-up|null|RUNNING|"));
        assertThat(database.rows("vmsync_audit")).isNotEmpty();
    }
}
