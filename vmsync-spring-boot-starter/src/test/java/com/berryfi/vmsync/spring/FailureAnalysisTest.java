package com.berryfi.vmsync.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.port.BillingPort;
import com.berryfi.vmsync.rule.RuleBook;
import com.berryfi.vmsync.rule.StandardRules;
import com.berryfi.vmsync.testkit.InMemoryBilling;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** Each failure of a start, as it really comes, is explained: what is wrong, and what to do. */
class FailureAnalysisTest {

    private final HostDatabase database = HostDatabase.withTables();

    @AfterEach
    void close() {
        database.close();
    }

    private static FailureAnalysis analysis(ApplicationContextRunner host) {
        FailureAnalysis[] found = new FailureAnalysis[1];
        host.run(context -> {
            assertThat(context).hasFailed();
            found[0] = SpringFactoriesLoader.forDefaultResourceLocation()
                    .load(FailureAnalyzer.class, (type, name, failure) -> {
                        if (name.startsWith("com.berryfi.vmsync.")) {
                            throw new IllegalStateException(name, failure);
                        }
                    })
                    .stream()
                    .filter(analyzer -> analyzer.getClass().getName().startsWith("com.berryfi.vmsync."))
                    .map(analyzer -> analyzer.analyze(context.getStartupFailure()))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("not explained", context.getStartupFailure()));
        });
        return found[0];
    }

    private ApplicationContextRunner host() {
        return Contexts.on(database);
    }

    @Test
    void aBadSetting() {
        FailureAnalysis analysis = analysis(host().withPropertyValues("azure.status.sync.batch.size=0"));

        assertThat(analysis.getDescription())
                .contains("azure.status.sync.batch.size: must be at least 1, is '0'")
                .contains("Origin: ");
        assertThat(analysis.getAction()).contains("Correct the value");
    }

    @Test
    void anUnknownSettingOfAnyModule() {
        for (String name : List.of("batch.sizes", "azure.envronment", "jdbc.zones")) {
            FailureAnalysis analysis = analysis(host().withPropertyValues("azure.status.sync." + name + "=x"));

            assertThat(analysis.getDescription()).contains("azure.status.sync." + name + ": unknown setting");
            assertThat(analysis.getAction()).contains("Correct the name");
        }
    }

    @Test
    void aMissingZone() {
        FailureAnalysis analysis = analysis(Contexts.bare()
                .withBean(DataSource.class, database::source)
                .withBean(BillingPort.class, InMemoryBilling::new));

        assertThat(analysis.getDescription()).contains("azure.status.sync.jdbc.zone: is required");
        assertThat(analysis.getAction())
                .contains("Set azure.status.sync.jdbc.zone")
                .contains("UTC");
    }

    @Test
    void missingTablesOfOurOwn() {
        FailureAnalysis analysis = analysis(host().withPropertyValues("azure.status.sync.jdbc.schema=check"));

        assertThat(analysis.getDescription())
                .contains("tables of vmsync are missing")
                .contains("com/berryfi/vmsync/jdbc/schema/h2.sql");
        assertThat(analysis.getAction()).contains("azure.status.sync.jdbc.schema=create");
    }

    @Test
    void ownTablesOfAnotherVersion() {
        host().run(context -> assertThat(context).hasNotFailed());
        database.update("UPDATE vmsync_schema SET version = 99");

        FailureAnalysis analysis = analysis(host().withPropertyValues("azure.status.sync.jdbc.schema=check"));

        assertThat(analysis.getDescription()).contains("vmsync_schema: version is [99]");
        assertThat(analysis.getAction()).contains("start the release");
    }

    @Test
    void aMissingTableOfTheHosts() {
        database.update("DROP TABLE vm_sessions");

        FailureAnalysis analysis = analysis(host());

        assertThat(analysis.getDescription()).contains("table vm_sessions").contains("does not exist");
        assertThat(analysis.getAction()).contains("azure.status.sync.jdbc.session-table");
    }

    @Test
    void aMissingColumnOfTheHosts() {
        database.update("ALTER TABLE vm_instances DROP COLUMN last_stopped");

        FailureAnalysis analysis = analysis(host());

        assertThat(analysis.getDescription()).contains("vm_instances.last_stopped");
        assertThat(analysis.getAction()).contains("HostTablesCustomizer");
    }

    @Test
    void timesInTheFuture() {
        database.putVm("vm", "RUNNING");
        database.update(
                "UPDATE vm_instances SET last_started = ?",
                LocalDateTime.now(ZoneOffset.UTC).plusDays(2));

        FailureAnalysis analysis = analysis(host());

        assertThat(analysis.getDescription()).contains("lies in the future");
        assertThat(analysis.getAction()).contains("Set azure.status.sync.jdbc.zone");
    }

    @Test
    void aDatabaseThatCannotBeReached() {
        JdbcDataSource nowhere = new JdbcDataSource();
        nowhere.setURL("jdbc:h2:tcp://127.0.0.1:1/nowhere");
        FailureAnalysis analysis = analysis(Contexts.bare()
                .withBean(DataSource.class, () -> nowhere)
                .withBean(BillingPort.class, InMemoryBilling::new)
                .withPropertyValues("azure.status.sync.jdbc.zone=UTC"));

        assertThat(analysis.getDescription()).startsWith("vmsync cannot reach the database: ");
        assertThat(analysis.getAction()).contains("spring.datasource.url");
    }

    @Test
    void aTransactionManagerOfAnotherDatabase() {
        try (HostDatabase other = HostDatabase.empty()) {
            FailureAnalysis analysis = analysis(host().withBean(
                            PlatformTransactionManager.class, () -> new DataSourceTransactionManager(other.source())));

            assertThat(analysis.getDescription()).contains("does not manage the DataSource");
            assertThat(analysis.getAction()).contains("@Primary").contains("UnitOfWork");
        }
    }

    @Test
    void aReplicaAtWorkThatWasBuiltOtherwise() {
        ApplicationContextRunner replica = host().withPropertyValues("azure.status.sync.jdbc.replicas=many");
        replica.withPropertyValues("azure.status.sync.fence.seconds=120").run(atWork -> {
            assertThat(atWork).hasNotFailed();
            FailureAnalysis analysis = analysis(replica);

            assertThat(analysis.getDescription())
                    .contains("was built otherwise")
                    .contains("fence");
            assertThat(analysis.getAction()).contains("stop the others first").contains("lease.seconds");
        });
    }

    @Test
    void nobodyToBill() {
        FailureAnalysis analysis = analysis(Contexts.bare()
                .withBean(DataSource.class, database::source)
                .withPropertyValues("azure.status.sync.jdbc.zone=UTC", "azure.status.sync.jdbc.schema=create"));

        assertThat(analysis.getDescription()).contains("no bean of com.berryfi.vmsync.port.BillingPort");
        assertThat(analysis.getAction()).contains("azure.status.sync.mode=dry-run");
    }

    @Test
    void orphansToBeEndedByNobody() {
        FailureAnalysis analysis = analysis(Contexts.bare()
                .withUserConfiguration(Contexts.InMemoryPorts.class)
                .withPropertyValues("azure.status.sync.orphan.quarantine.seconds=60"));

        assertThat(analysis.getDescription()).contains("azure.status.sync.orphan.quarantine.seconds");
    }

    @Test
    void rulesThatDoNotDecideEverything() {
        RuleBook partial = RuleBook.of(StandardRules.book().entries().stream()
                .filter(entry -> !entry.id().equals("end-when-deallocated"))
                .toList());
        FailureAnalysis analysis = analysis(Contexts.bare()
                .withUserConfiguration(Contexts.InMemoryPorts.class)
                .withBean(RuleBook.class, () -> partial));

        assertThat(analysis.getDescription()).startsWith("rules: none decides VM ");
        assertThat(analysis.getAction()).contains("puts vmsync together");
    }
}
