package com.berryfi.vmsync.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.azure.AzureCloudStatus;
import com.berryfi.vmsync.azure.AzureCredentials;
import com.berryfi.vmsync.jdbc.AuditReport;
import com.berryfi.vmsync.jdbc.DatabaseClock;
import com.berryfi.vmsync.jdbc.HostTables;
import com.berryfi.vmsync.jdbc.JdbcAudit;
import com.berryfi.vmsync.jdbc.JdbcClientSecrets;
import com.berryfi.vmsync.jdbc.JdbcSessionStore;
import com.berryfi.vmsync.jdbc.JdbcWorkCoordinator;
import com.berryfi.vmsync.jdbc.VmsyncSchema;
import com.berryfi.vmsync.model.Alert;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ProvisioningState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.AlertPort;
import com.berryfi.vmsync.port.BillingPort;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.report.DriftReport;
import com.berryfi.vmsync.rule.StandardRules;
import com.berryfi.vmsync.testkit.BerryFiSchema;
import com.berryfi.vmsync.testkit.InMemoryBilling;
import com.berryfi.vmsync.testkit.InMemoryCloud;
import com.berryfi.vmsync.testkit.InMemoryStore;
import com.berryfi.vmsync.testkit.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of the documents, as code that runs; and a check that the documents show these and no others. */
class ReadmeSnippetsTest {

    private static final Pattern SNIPPET = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Path ROOT = Path.of("..", "..");
    private static final List<String> DOCUMENTS = List.of(
            "README.md",
            "docs/ports.md",
            "docs/operating.md",
            "docs/contracts.md",
            "docs/security.md",
            "docs/settings.md");

    /** This; and what needs Spring, or a database's adapter, runs where that is. */
    private static final List<Path> CODE = List.of(
            Path.of("vmsync-examples/quickstart/src/test/java/com/berryfi/vmsync/quickstart/ReadmeSnippetsTest.java"),
            Path.of("vmsync-spring-boot-starter/src/test/java/com/berryfi/vmsync/spring/AdoptionTest.java"),
            Path.of("vmsync-jdbc/src/test/java/com/berryfi/vmsync/jdbc/OneTableStoreTest.java"));

    @Test
    void operatorsAnnounceAndOverride() {
        Scope scope = new Scope("azure", "tenant", "client", "subscription");
        Instant from = Instant.now();
        Instant until = from.plus(Duration.ofMinutes(30));
        Instant inAnHour = from.plus(Duration.ofHours(1));
        try (VmSync sync = VmSync.builder(new InMemoryStore(), new InMemoryCloud(), new InMemoryBilling())
                .build()) {
            sync.operator().announce(Optional.of(scope), from, until, "nightly shutdown");
            sync.operator().override(Optional.empty(), inAnHour, "checked by hand");

            assertThat(sync.operator().orders()).hasSize(2);
        }
    }

    @Test
    void auditorsVerify() {
        JdbcConnectionPool dataSource = JdbcConnectionPool.create("jdbc:h2:mem:audit;DB_CLOSE_DELAY=-1", "sa", "");
        VmsyncSchema.create(dataSource);

        JdbcAudit audit = JdbcAudit.of(dataSource);
        AuditReport report = audit.verifyAll();
        report.broken().forEach(link -> System.out.println(link));

        assertThat(report.isIntact()).isTrue();
        dataSource.dispose();
    }

    @Test
    void adoption() throws SQLException {
        JdbcConnectionPool dataSource = JdbcConnectionPool.create("jdbc:h2:mem:readme;DB_CLOSE_DELAY=-1", "sa", "");
        BerryFiSchema.create(dataSource);
        VmsyncSchema.create(dataSource);

        try (VmSync sync = dryRun(dataSource)) {
            SyncReport report = sync.runOnce(SyncKind.FULL);
            report.outcomes()
                    .forEach(outcome -> System.out.println(outcome.before().id() + ": " + outcome.decision()));

            assertThat(report.dryRun()).isTrue();
            assertThat(report.problems()).isEmpty();
        }
        dataSource.dispose();
    }

    private VmSync dryRun(DataSource dataSource) {
        HostTables tables = HostTables.berryFi(ZoneOffset.UTC); // the zone of the host's LocalDateTime columns
        SessionStore store = JdbcSessionStore.builder(dataSource, tables).build();
        CloudStatusPort azure = AzureCloudStatus.builder(
                        AzureCredentials.clientSecrets(JdbcClientSecrets.of(dataSource, tables)))
                .build();
        BillingPort billing = instruction -> {
            if (instruction instanceof BillingInstruction.Stop stop) {
                charge(stop.key(), stop.total());
            }
        };

        return VmSync.builder(store, azure, billing)
                .withSettings(SyncSettings.from(Map.of("azure.status.sync.mode", "dry-run")))
                .build();
    }

    private static void charge(BillingKey key, Duration total) {
        assertThat(key).isNotNull();
        assertThat(total.isNegative()).isFalse();
    }

    private final Map<String, String> pages = new LinkedHashMap<>();

    private void page(String key, String text) {
        pages.put(key, text);
    }

    private void allClear(String key) {
        pages.remove(key);
    }

    @Test
    void aPagerIsTold() {
        InMemoryStore store = new InMemoryStore();
        Scope scope = new Scope("azure", "tenant", "client", "subscription");
        CloudAddress address = CloudAddress.ofName("group", "vm-1");
        store.putVm(new Vm(new VmId("vm-1"), scope, address, VmStatus.RUNNING, Optional.empty(), Optional.empty()));
        InMemoryCloud azure = new InMemoryCloud();
        azure.put(scope, address, PowerState.RUNNING);
        azure.fail(scope, new Observation.Unknown(UnknownCause.FORBIDDEN, "403"), Optional.empty());
        BillingPort billing = new InMemoryBilling();

        AlertPort pager = new AlertPort() {
            @Override
            public void raised(Alert alert) {
                page(alert.key(), alert.level() + ": " + alert.text() + "; ends when " + alert.endsWhen());
            }

            @Override
            public void resolved(Alert alert, Instant at) {
                allClear(alert.key());
            }
        };
        VmSync sync = VmSync.builder(store, azure, billing).withAlerts(pager).build();

        sync.runOnce(SyncKind.FULL);
        sync.runOnce(SyncKind.FULL);
        assertThat(pages).containsOnlyKeys("FAILING_CREDENTIAL/" + scope);
        assertThat(sync.view().status().isDeadlineMissed()).isFalse();
        azure.heal(scope);
        sync.runOnce(SyncKind.FULL);
        assertThat(pages).isEmpty();
        sync.close();
    }

    @Test
    void replicasShareTheWork() throws SQLException {
        JdbcConnectionPool dataSource = JdbcConnectionPool.create("jdbc:h2:mem:replicas;DB_CLOSE_DELAY=-1", "sa", "");
        BerryFiSchema.create(dataSource);
        VmsyncSchema.create(dataSource);
        SessionStore store = JdbcSessionStore.builder(dataSource, HostTables.berryFi(ZoneOffset.UTC))
                .build();
        CloudStatusPort azure = new InMemoryCloud();
        BillingPort billing = new InMemoryBilling();

        JdbcWorkCoordinator coordinator = JdbcWorkCoordinator.of(dataSource, JdbcWorkCoordinator.LEASE);
        VmSync sync = VmSync.builder(store, azure, billing)
                .withCoordinator(coordinator)
                .withClock(DatabaseClock.of(dataSource))
                .withTicker(System::nanoTime)
                .build();

        SyncReport report = sync.runOnce(SyncKind.FULL);
        sync.close();
        coordinator.close();
        assertThat(report.elsewhere()).isZero();
        dataSource.dispose();
    }

    @Test
    void aDriftReportIsWritten(@TempDir Path reports) throws IOException {
        InMemoryStore store = new InMemoryStore();
        InMemoryCloud cloud = new InMemoryCloud();
        Scope scope = new Scope("azure", "tenant", "client", "subscription");
        CloudAddress address = CloudAddress.ofName("group", "vm-1");
        store.putVm(new Vm(new VmId("vm-1"), scope, address, VmStatus.RUNNING, Optional.empty(), Optional.empty()));
        cloud.put(scope, address, PowerState.DEALLOCATED);
        try (VmSync sync = VmSync.builder(store, cloud, new InMemoryBilling()).build()) {

            DriftReport report = DriftReport.of(sync.view().preview());
            Files.writeString(reports.resolve("drift.html"), report.toHtml());
            System.out.print(report.toText());

            assertThat(report.corrections()).hasSize(1);
            assertThat(Files.readString(reports.resolve("drift.html"))).contains("vm-1", "follow-power");
        }
    }

    @Test
    void aDeallocatedVmEndsItsSession() {
        Instant now = Instant.parse("2026-11-01T12:00:00Z");
        Scope scope = new Scope("azure", "tenant", "client", "subscription");
        Vm vm = new Vm(
                new VmId("vm-1"),
                scope,
                CloudAddress.ofName("group", "vm-1"),
                VmStatus.RUNNING,
                Optional.of(new SessionId("s-1")),
                Optional.empty());
        Session session = new Session(
                new SessionId("s-1"),
                vm.id(),
                SessionStatus.ACTIVE,
                Optional.of(now.minusSeconds(600)),
                Optional.empty());
        Observation deallocated =
                new Observation.Seen(PowerState.DEALLOCATED, ProvisioningState.SUCCEEDED, Optional.empty());

        Decision decision = StandardRules.book()
                .rule(Facts.firstLook(
                        new ManagedVm(vm, Optional.of(session)),
                        new Evidence(deallocated, ReadKind.DIRECT, now, Optional.empty())))
                .decision();

        assertThat(decision.rule()).isEqualTo("end-when-deallocated");
    }

    @Test
    void theLoopsOnVirtualTime() {
        VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-11-01T12:00:00Z"));
        InMemoryStore store = new InMemoryStore();
        InMemoryCloud cloud = new InMemoryCloud();
        Scope scope = new Scope("azure", "tenant", "client", "subscription");
        CloudAddress address = CloudAddress.ofName("group", "vm-1");
        VmSync sync = VmSync.builder(store, cloud, new InMemoryBilling())
                .withClock(time)
                .withScheduler(time)
                .withScopesExecutor(Runnable::run)
                .withJitter(() -> 0)
                .build();
        store.putVm(new Vm(new VmId("vm-1"), scope, address, VmStatus.RUNNING, Optional.empty(), Optional.empty()));
        cloud.put(scope, address, PowerState.RUNNING);

        sync.start();
        cloud.stop(scope, address);
        time.tick(Duration.ofMinutes(5));

        assertThat(store.vm(new VmId("vm-1")).orElseThrow().believed()).isEqualTo(VmStatus.STOPPED);
    }

    @Test
    void theDocumentsShowCodeThatRunsHere() throws IOException {
        StringBuilder code = new StringBuilder();
        for (Path place : CODE) {
            code.append(squeezed(Files.readString(ROOT.resolve(place))));
        }
        for (String document : DOCUMENTS) {
            List<String> snippets = SNIPPET.matcher(Files.readString(ROOT.resolve(document)))
                    .results()
                    .map((MatchResult match) -> match.group(1))
                    .toList();
            assertThat(snippets).allSatisfy(snippet -> assertThat(code).contains(squeezed(snippet)));
            if (document.equals("README.md")) {
                assertThat(snippets).hasSizeGreaterThanOrEqualTo(3);
            }
        }
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }
}
