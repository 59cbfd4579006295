package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.port.BillingPort;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.testkit.InMemoryBilling;
import com.berryfi.vmsync.testkit.InMemoryCloud;
import com.berryfi.vmsync.testkit.InMemoryStore;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Contexts with the starter in them, as the tests need them. */
final class Contexts {

    private Contexts() {}

    /** The starter, and nothing of a host's. */
    static ApplicationContextRunner bare() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        VmSyncAutoConfiguration.class,
                        VmSyncAzureAutoConfiguration.class,
                        VmSyncJdbcAutoConfiguration.class,
                        VmSyncActuatorAutoConfiguration.class,
                        VmSyncMetricsAutoConfiguration.class,
                        VmSyncWebhookAutoConfiguration.class))
                // The loops' own first steps are minutes away, and do not meet those of a test.
                .withBean("late", VmSyncCustomizer.class, () -> builder -> builder.withJitter(() -> 1))
                .withPropertyValues(
                        "azure.status.sync.active-sessions.interval.seconds=3000",
                        "azure.status.sync.full.interval.seconds=3000");
    }

    /** With a database and billing. */
    static ApplicationContextRunner on(HostDatabase database) {
        return bare().withBean(DataSource.class, database::source)
                .withBean(BillingPort.class, InMemoryBilling::new)
                .withPropertyValues("azure.status.sync.jdbc.zone=UTC", "azure.status.sync.jdbc.schema=create");
    }

    @Configuration(proxyBeanMethods = false)
    static class InMemoryPorts {

        @Bean
        SessionStore store() {
            return new InMemoryStore();
        }

        @Bean
        CloudStatusPort cloud() {
            return new InMemoryCloud();
        }

        @Bean
        BillingPort billing() {
            return new InMemoryBilling();
        }
    }

    /** The threads of this library that are alive, by their names. */
    static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("vmsync-"))
                .toList();
    }
}
