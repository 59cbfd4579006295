package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.jdbc.AfterCommit;
import com.berryfi.vmsync.jdbc.HostTables;
import com.berryfi.vmsync.jdbc.JdbcClientSecrets;
import com.berryfi.vmsync.jdbc.JdbcSessionStore;
import com.berryfi.vmsync.jdbc.JdbcSettings;
import com.berryfi.vmsync.jdbc.JdbcWorkCoordinator;
import com.berryfi.vmsync.jdbc.TransactionalBilling;
import com.berryfi.vmsync.jdbc.UnitOfWork;
import com.berryfi.vmsync.jdbc.VmsyncSchema;
import com.berryfi.vmsync.port.ClientSecretSource;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.port.WorkCoordinator;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The host's own database, where {@code vmsync-jdbc} is on the class path and there is a {@link DataSource}. Its transactions are those of
 * the host's transaction manager. The database is asked for nothing before the host's own migrations have run.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
            "org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration",
            "org.springframework.boot.autoconfigure.transaction.jta.JtaAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.transaction.jta.autoconfigure.JtaAutoConfiguration"
        })
@ConditionalOnClass({JdbcSessionStore.class, DataSourceUtils.class})
@ConditionalOnBean(DataSource.class)
public class VmSyncJdbcAutoConfiguration {

    /** {@code azure.status.sync.jdbc.schema} and {@code .replicas}. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    JdbcSettings vmSyncJdbcSettings(Environment environment) {
        return TextSettings.read(environment, JdbcSettings.keys(), JdbcSettings::from);
    }

    /** How the host's tables are called. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    HostTables vmSyncHostTables(Environment environment, ObjectProvider<HostTablesCustomizer> customizers) {
        HostTables tables = TextSettings.read(environment, JdbcSettings.keys(), HostTables::from);
        for (HostTablesCustomizer customizer : customizers.orderedStream().toList()) {
            tables = customizer.customize(tables);
        }
        return tables;
    }

    /** Transactions of the host's manager; where it has none, on connections of the pool. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    UnitOfWork vmSyncUnitOfWork(DataSource database, ObjectProvider<PlatformTransactionManager> manager) {
        PlatformTransactionManager hosts = manager.getIfAvailable();
        return hosts == null ? UnitOfWork.of(database) : new SpringUnitOfWork(hosts, database);
    }

    /** The host's rows and ours. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean(SessionStore.class)
    @DependsOnDatabaseInitialization
    JdbcSessionStore vmSyncSessionStore(
            DataSource database,
            UnitOfWork unit,
            HostTables tables,
            JdbcSettings settings,
            ObjectProvider<AfterCommit> hooks,
            ObjectProvider<TransactionalBilling> billing) {
        if (settings.createsTables()) {
            VmsyncSchema.create(database);
        }
        JdbcSessionStore.Builder builder = JdbcSessionStore.builder(unit, tables);
        hooks.orderedStream().forEach(builder::withAfterCommit);
        billing.ifAvailable(builder::withBillingInTransaction);
        return builder.build();
    }

    /** The client secrets in the host's table of VMs, unless the host has another way to a token. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean(
            value = ClientSecretSource.class,
            type = {"com.azure.core.credential.TokenCredential", "com.berryfi.vmsync.azure.AzureCredentials"})
    @DependsOnDatabaseInitialization
    JdbcClientSecrets vmSyncClientSecrets(UnitOfWork unit, HostTables tables) {
        return JdbcClientSecrets.of(unit, tables);
    }

    /** Shares the work out among replicas, where {@code azure.status.sync.jdbc.replicas} is {@code many}. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean(WorkCoordinator.class)
    @ConditionalOnProperty(name = "azure.status.sync.jdbc.replicas", havingValue = "many")
    @DependsOnDatabaseInitialization
    JdbcWorkCoordinator vmSyncWorkCoordinator(DataSource database, Environment environment) {
        return TextSettings.read(
                environment, JdbcSettings.keys(), settings -> JdbcWorkCoordinator.from(database, settings));
    }
}
