package com.berryfi.vmsync.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.TokenCredential;
import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.azure.AzureCloudStatus;
import com.berryfi.vmsync.azure.AzureCredentials;
import com.berryfi.vmsync.jdbc.HostTables;
import com.berryfi.vmsync.jdbc.JdbcClientSecrets;
import com.berryfi.vmsync.jdbc.JdbcSessionStore;
import com.berryfi.vmsync.jdbc.JdbcSettings;
import com.berryfi.vmsync.jdbc.JdbcWorkCoordinator;
import com.berryfi.vmsync.jdbc.UnitOfWork;
import com.berryfi.vmsync.jdbc.VmColumn;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.port.BillingPort;
import com.berryfi.vmsync.port.ClientSecretSource;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.port.VmPowerPort;
import com.berryfi.vmsync.port.WorkCoordinator;
import com.berryfi.vmsync.testkit.InMemoryBilling;
import com.berryfi.vmsync.testkit.InMemoryCloud;
import com.berryfi.vmsync.testkit.InMemoryStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import reactor.core.publisher.Mono;

/** Which beans there are, which step back, and what starts without the rest. */
class AutoConfigurationTest {

    private final HostDatabase database = HostDatabase.withTables();
    private final ApplicationContextRunner host = Contexts.on(database);

    @AfterEach
    void close() {
        database.close();
    }

    private static Set<String> beans(ApplicationContext context) {
        return new HashSet<>(Arrays.asList(context.getBeanDefinitionNames()));
    }

    @Test
    void aDataSourceAndBillingAreEnough() {
        host.run(context -> {
            assertThat(context).hasSingleBean(VmSync.class);
            assertThat(context).getBean(SessionStore.class).isInstanceOf(JdbcSessionStore.class);
            assertThat(context).getBean(CloudStatusPort.class).isInstanceOf(AzureCloudStatus.class);
            assertThat(context).getBean(ClientSecretSource.class).isInstanceOf(JdbcClientSecrets.class);
            assertThat(context).doesNotHaveBean(WorkCoordinator.class);
            assertThat(context).doesNotHaveBean(VmPowerPort.class);
            assertThat(context).doesNotHaveBean(MissingPorts.class);
            assertThat(context.getBean(VmSyncLifecycle.class).isRunning()).isTrue();
        });
    }

    @Test
    void noBeanIsOfATypeThatAHostMayHaveItself() {
        host.withPropertyValues(
                        "azure.status.sync.jdbc.replicas=many", "azure.status.sync.orphan.quarantine.seconds=3600")
                .run(context -> {
                    List<String> ours = new ArrayList<>(beans(context).stream()
                            .filter(name -> name.startsWith("vmSync"))
                            .toList());
                    assertThat(ours).hasSizeGreaterThan(10);
                    // One of many, which no host injects by its type.
                    assertThat(ours.remove("vmSyncHealthContributor")).isTrue();
                    assertThat(ours)
                            .allSatisfy(name ->
                                    assertThat(context.getType(name).getName()).startsWith("com.berryfi.vmsync."));

                    Set<String> theRest = beans(context);
                    ours.forEach(theRest::remove);
                    theRest.remove("vmSyncHealthContributor");
                    theRest.removeIf(name -> name.startsWith("org.springframework.context."));
                    theRest.removeIf(name -> name.startsWith("com.berryfi.vmsync.spring.VmSync"));
                    assertThat(theRest).containsExactlyInAnyOrder("late", "dataSource", "billingPort");
                });
    }

    @Test
    void replicasAndOrphansAreSettings() {
        host.withPropertyValues(
                        "azure.status.sync.jdbc.replicas=many", "azure.status.sync.orphan.quarantine.seconds=3600")
                .run(context -> {
                    assertThat(context).hasSingleBean(JdbcWorkCoordinator.class);
                    assertThat(context).hasSingleBean(VmPowerPort.class);
                });
    }

    @Test
    void aHostsOwnBeansTakeThePlaceOfOurs() {
        HostTables tables = HostTables.berryFi(ZoneOffset.UTC);
        UnitOfWork unit = UnitOfWork.of(database.source());
        ClientSecretSource secrets = scope -> Optional.empty();
        AzureCredentials credentials = AzureCredentials.clientSecrets(secrets);
        WorkCoordinator coordinator = WorkCoordinator.alone();
        VmPowerPort power = (scope, address, atMost) -> Optional.empty();
        SyncSettings settings = SyncSettings.from(Map.of("azure.status.sync.batch.size", "3"));
        JdbcSettings jdbc = new JdbcSettings(true, false);
        host.withPropertyValues(
                        "azure.status.sync.jdbc.replicas=many", "azure.status.sync.orphan.quarantine.seconds=3600")
                .withBean("hostsTables", HostTables.class, () -> tables)
                .withBean("hostsUnit", UnitOfWork.class, () -> unit)
                .withBean("hostsSecrets", ClientSecretSource.class, () -> secrets)
                .withBean("hostsCredentials", AzureCredentials.class, () -> credentials)
                .withBean("hostsCoordinator", WorkCoordinator.class, () -> coordinator)
                .withBean("hostsPower", VmPowerPort.class, () -> power)
                .withBean("hostsSettings", SyncSettings.class, () -> settings)
                .withBean("hostsJdbc", JdbcSettings.class, () -> jdbc)
                .run(context -> {
                    assertThat(context).getBean(HostTables.class).isSameAs(tables);
                    assertThat(context).getBean(UnitOfWork.class).isSameAs(unit);
                    assertThat(context).getBean(ClientSecretSource.class).isSameAs(secrets);
                    assertThat(context).getBean(AzureCredentials.class).isSameAs(credentials);
                    assertThat(context).getBean(WorkCoordinator.class).isSameAs(coordinator);
                    assertThat(context).getBean(VmPowerPort.class).isSameAs(power);
                    assertThat(context).getBean(SyncSettings.class).isSameAs(settings);
                    assertThat(context).getBean(JdbcSettings.class).isSameAs(jdbc);
                    assertThat(context).hasSingleBean(VmSync.class);
                });
    }

    @Test
    void aHostsOwnPortsNeedNoDatabaseAndNoAzure() {
        host.withUserConfiguration(Contexts.InMemoryPorts.class)
                .withAllowBeanDefinitionOverriding(true)
                .run(context -> assertThat(context).hasFailed());
        Contexts.bare().withUserConfiguration(Contexts.InMemoryPorts.class).run(context -> {
            assertThat(context).getBean(SessionStore.class).isInstanceOf(InMemoryStore.class);
            assertThat(context).getBean(CloudStatusPort.class).isInstanceOf(InMemoryCloud.class);
            assertThat(context.getBean(VmSync.class).runOnce(SyncKind.FULL).problems())
                    .isEmpty();
        });
    }

    @Test
    void aHostsOwnVmSyncIsStartedAndClosedAsOursIs() {
        VmSync own = VmSync.builder(new InMemoryStore(), new InMemoryCloud(), new InMemoryBilling())
                .build();
        Contexts.bare().withBean("own", VmSync.class, () -> own).run(context -> {
            assertThat(context).getBean(VmSync.class).isSameAs(own);
            assertThat(context.getBean(VmSyncLifecycle.class).isRunning()).isTrue();
        });
        assertThat(own.runOnce(SyncKind.QUICK).skipped()).contains("closed");
    }

    @Test
    void aTokenCredentialTakesThePlaceOfTheSecretsInTheTable() {
        TokenCredential credential = request -> Mono.empty();
        host.withBean(TokenCredential.class, () -> credential).run(context -> {
            assertThat(context).doesNotHaveBean(ClientSecretSource.class);
            assertThat(context.getBean(AzureCredentials.class).credentialFor(HostDatabase.SCOPE))
                    .isSameAs(credential);
        });
    }

    @Test
    void theMappingOfTheTablesIsChangedByACustomizer() {
        database.update("ALTER TABLE vm_instances ALTER COLUMN azure_client_id RENAME TO client");
        host.run(context -> assertThat(context).hasFailed());
        host.withBean(HostTablesCustomizer.class, () -> tables -> tables.withColumn(VmColumn.CLIENT, "client"))
                .run(context -> assertThat(context).hasSingleBean(VmSync.class));
    }

    @Test
    void withoutAzureTheRestStarts() {
        host.withClassLoader(new FilteredClassLoader("com.azure", "com.berryfi.vmsync.azure"))
                .withBean(CloudStatusPort.class, InMemoryCloud::new)
                .run(context -> {
                    assertThat(context).hasSingleBean(VmSync.class);
                    assertThat(context.getBean(VmSync.class)
                                    .runOnce(SyncKind.FULL)
                                    .problems())
                            .isEmpty();
                });
    }

    @Test
    void withoutJdbcTheRestStarts() {
        Contexts.bare()
                .withClassLoader(new FilteredClassLoader("com.berryfi.vmsync.jdbc", "org.springframework.jdbc"))
                .withBean(SessionStore.class, InMemoryStore::new)
                .withBean(BillingPort.class, InMemoryBilling::new)
                .run(context -> {
                    assertThat(context).getBean(CloudStatusPort.class).isInstanceOf(AzureCloudStatus.class);
                    assertThat(context.getBean(VmSync.class)
                                    .runOnce(SyncKind.FULL)
                                    .problems())
                            .isEmpty();
                });
    }

    @Test
    void withoutMicrometerAndActuatorTheRestStarts() {
        host.withClassLoader(new FilteredClassLoader("io.micrometer", "org.springframework.boot.actuate"))
                .run(context -> {
                    assertThat(context).hasSingleBean(VmSync.class);
                    assertThat(context).doesNotHaveBean("vmSyncHealthContributor");
                });
    }

    @Test
    void withoutMicrometersMetricsTheRestStarts() {
        host.withBean(ObservationRegistry.class, ObservationRegistry::create)
                .withClassLoader(new FilteredClassLoader("io.micrometer.core"))
                .run(context -> {
                    assertThat(context).hasSingleBean(CycleObservations.class);
                    assertThat(context).hasBean("vmSyncHealthContributor");
                    assertThat(context).doesNotHaveBean("vmSyncMeters");
                });
    }

    @Test
    void withoutObservationsTheRestStarts() {
        host.withBean(SimpleMeterRegistry.class)
                .run(context ->
                        assertThat(context).hasSingleBean(VmSyncMeters.class).doesNotHaveBean(CycleObservations.class));
    }

    @Test
    void withoutARegistryNothingIsMeasured() {
        host.run(context -> assertThat(context)
                .doesNotHaveBean(VmSyncMeters.class)
                .doesNotHaveBean(CycleObservations.class)
                .hasBean("vmSyncHealthContributor"));
    }

    @Test
    void withoutAPortTheApplicationStartsAndIsToldThatNothingIsDone() {
        Contexts.bare().withBean(BillingPort.class, InMemoryBilling::new).run(context -> {
            assertThat(context).doesNotHaveBean(VmSync.class);
            assertThat(context.getBean(MissingPorts.class).sentence())
                    .contains("no SessionStore")
                    .doesNotContain("CloudStatusPort");
        });
    }

    @Test
    void aDryRunNeedsNoBilling() {
        Contexts.bare()
                .withBean(DataSource.class, database::source)
                .withPropertyValues(
                        "azure.status.sync.jdbc.zone=UTC",
                        "azure.status.sync.jdbc.schema=create",
                        "azure.status.sync.mode=dry-run")
                .run(context -> assertThat(context.getBean(VmSync.class)
                                .runOnce(SyncKind.FULL)
                                .dryRun())
                        .isTrue());
    }

    @Test
    void theSettingsReachTheModules() {
        host.withPropertyValues("azure.status.sync.active-sessions.interval.seconds=7")
                .run(context -> assertThat(context.getBean(SyncSettings.class).quickInterval())
                        .isEqualTo(Duration.ofSeconds(7)));
    }
}
