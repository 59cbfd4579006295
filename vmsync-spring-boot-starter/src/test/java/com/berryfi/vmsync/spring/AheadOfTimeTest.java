package com.berryfi.vmsync.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.jdbc.JdbcSessionStore;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.port.BillingPort;
import com.berryfi.vmsync.testkit.InMemoryBilling;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.javapoet.ClassName;

/** A native image is made of what Spring generates ahead of time: that is compiled here, and starts. */
class AheadOfTimeTest {

    private final HostDatabase database = HostDatabase.withTables();

    @AfterEach
    void close() {
        database.close();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        VmSyncAutoConfiguration.class,
        VmSyncAzureAutoConfiguration.class,
        VmSyncJdbcAutoConfiguration.class
    })
    static class Host {

        @Bean
        DataSource database(Environment environment) {
            JdbcDataSource source = new JdbcDataSource();
            source.setURL(environment.getRequiredProperty("spring.datasource.url"));
            source.setUser("sa");
            return source;
        }

        @Bean
        BillingPort billing() {
            return new InMemoryBilling();
        }
    }

    private void settings(ConfigurableApplicationContext context) {
        TestPropertyValues.of(
                        "spring.datasource.url=" + database.url(),
                        "azure.status.sync.mode=dry-run",
                        "azure.status.sync.jdbc.zone=UTC",
                        "azure.status.sync.jdbc.schema=create",
                        "azure.status.sync.full.interval.seconds=3000")
                .applyTo(context);
    }

    @Test
    @CompileWithForkedClassLoader
    void whatIsGeneratedStartsAndIsTheSame() {
        TestGenerationContext generated = new TestGenerationContext();
        ClassName initializer;
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            settings(context);
            context.register(Host.class);
            initializer = new ApplicationContextAotGenerator().processAheadOfTime(context, generated);
        }
        generated.writeGeneratedContent();

        assertThat(RuntimeHintsPredicates.resource().forResource("com/berryfi/vmsync/jdbc/schema/h2.sql"))
                .accepts(generated.getRuntimeHints());
        TestCompiler.forSystem().with(generated).compile(compiled -> {
            try (GenericApplicationContext context = new GenericApplicationContext()) {
                settings(context);
                initializer(compiled.getInstance(ApplicationContextInitializer.class, initializer.toString()))
                        .initialize(context);
                context.refresh();

                assertThat(context.getBean(JdbcSessionStore.class)).isNotNull();
                assertThat(context.getBean(VmSync.class).runOnce(SyncKind.QUICK).dryRun())
                        .isTrue();
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static ApplicationContextInitializer<GenericApplicationContext> initializer(
            ApplicationContextInitializer<?> any) {
        return (ApplicationContextInitializer<GenericApplicationContext>) any;
    }
}
