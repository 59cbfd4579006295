package com.berryfi.vmsync.boot4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.management.AzureEnvironment;
import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.port.BillingPort;
import com.berryfi.vmsync.spring.AzureCloudStatusCustomizer;
import com.berryfi.vmsync.spring.VmSyncCustomizer;
import com.berryfi.vmsync.testkit.BerryFiSchema;
import com.berryfi.vmsync.testkit.VirtualTime;
import com.berryfi.vmsync.testkit.arm.ArmSimulator;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.JMException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** One dependency, one bean, four settings: on Spring Boot 4 too. */
class SpringBoot4Test {

    private static final String URL = "jdbc:h2:mem:boot4;DB_CLOSE_DELAY=-1";
    private static final String SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";
    private static final String TOKEN = "a-good-token";

    private final ArmSimulator arm = ArmSimulator.start(InstantSource.system());
    private final JdbcDataSource database = new JdbcDataSource();

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        private final AtomicInteger instructions = new AtomicInteger();

        @Bean
        BillingPort billing() {
            return instruction -> instructions.incrementAndGet();
        }
    }

    @BeforeEach
    void plantDrift() throws SQLException {
        arm.principal("the-tenant", "the-client", "the-secret", TOKEN);
        arm.subscription(SUBSCRIPTION).readableBy(TOKEN).put("group", "vm-deallocated", PowerState.DEALLOCATED);
        database.setURL(URL);
        database.setUser("sa");
        BerryFiSchema.create(database);
        execute(
                "INSERT INTO vm_instances (id, vm_name, status, azure_subscription_id, azure_tenant_id, azure_client_id,"
                        + " azure_client_secret, azure_resource_group, current_session_id) VALUES ('vm-deallocated',"
                        + " 'vm-deallocated', 'RUNNING', '" + SUBSCRIPTION
                        + "', 'the-tenant', 'the-client', 'the-secret', 'group', 's-1')",
                "INSERT INTO vm_sessions (id, vm_instance_id, status, start_time) VALUES ('s-1', 'vm-deallocated',"
                        + " 'ACTIVE', TIMESTAMP '2026-11-01 12:00:00')");
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @AfterEach
    void close() throws SQLException {
        arm.close();
        execute("DROP ALL OBJECTS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dry-run", "act"})
    void theStarterDoesItsWork(String mode) throws JMException {
        SpringApplicationBuilder application =
                new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE);
        onTheSimulator(application);

        try (ConfigurableApplicationContext context = application.run(
                "--spring.datasource.url=" + URL,
                "--azure.status.sync.mode=" + mode,
                "--azure.status.sync.jdbc.zone=UTC",
                "--azure.status.sync.jdbc.schema=create",
                "--spring.jmx.enabled=true",
                "--management.endpoints.jmx.exposure.include=vmsync",
                "--management.endpoints.web.exposure.include=vmsync")) {
            SyncReport report = context.getBean(VmSync.class).runOnce(SyncKind.FULL);

            assertThat(SpringBootVersion.getVersion()).startsWith("4.");
            assertThat(report.problems()).isEmpty();
            assertThat(report.outcomes())
                    .extracting(outcome -> outcome.decision().rule(), VmOutcome::result)
                    .containsExactly(tuple(
                            "end-when-deallocated",
                            mode.equals("act") ? VmOutcome.Result.DONE : VmOutcome.Result.WOULD_DO));
            assertThat(context.getBean(MeterRegistry.class).getMeters())
                    .extracting(meter -> meter.getId().getName())
                    .contains("vmsync.cycle");
            assertThat(context.containsBean("vmSyncEndpoint")).isTrue();
            assertThat(context.containsBean("vmSyncWebExtension")).isTrue();
            assertThatTheEndpointAnswers();
            // Spring Boot 4 has moved the types of health.
            assertThat(context.containsBean("vmSyncHealthContributor")).isFalse();
            assertThat(context.getBean(Application.class).instructions.get() > 0)
                    .isEqualTo(mode.equals("act"));
        }
    }

    /** Also there it is known which parameters may be left out, and over JMX there are no orders. */
    private static void assertThatTheEndpointAnswers() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName endpoint = new ObjectName("org.springframework.boot:type=Endpoint,name=Vmsync");
        String text = String.class.getName();
        assertThat(server.invoke(endpoint, "look", new Object[] {"held", null, null}, new String[] {text, text, text}))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("count", 0);
        assertThat(server.getMBeanInfo(endpoint).getOperations())
                .extracting(MBeanOperationInfo::getName)
                .containsExactlyInAnyOrder("status", "look", "explain");
    }

    /** Azure is on this machine, and the loops stand still. */
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
}
