package com.berryfi.vmsync.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.port.BillingPort;
import com.berryfi.vmsync.testkit.InMemoryBilling;
import java.io.Closeable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Starting and stopping with the context. */
class LifecycleTest {

    private final HostDatabase database = HostDatabase.withTables();

    @AfterEach
    void close() {
        database.close();
    }

    /** The host's pool, which says what became of vmsync before it was closed, and how often it was asked. */
    private static final class WatchedPool extends DelegatingDataSource implements Closeable {

        private final AtomicInteger connections = new AtomicInteger();
        private volatile Optional<VmSync> sync = Optional.empty();
        private final List<Optional<String>> syncAtClose = new CopyOnWriteArrayList<>();

        WatchedPool(DataSource target) {
            super(target);
        }

        @Override
        public Connection getConnection() throws SQLException {
            connections.incrementAndGet();
            return super.getConnection();
        }

        @Override
        public void close() {
            sync.ifPresent(it -> syncAtClose.add(it.runOnce(SyncKind.QUICK).skipped()));
        }
    }

    private ApplicationContextRunner with(WatchedPool pool) {
        return Contexts.bare()
                .withBean("pool", WatchedPool.class, () -> pool)
                .withBean(BillingPort.class, InMemoryBilling::new)
                .withPropertyValues("azure.status.sync.jdbc.zone=UTC", "azure.status.sync.jdbc.schema=create");
    }

    @Test
    void itRunsWithTheContextAndIsClosedBeforeTheDataSource() {
        WatchedPool pool = new WatchedPool(database.source());
        with(pool).run(context -> {
            pool.sync = Optional.of(context.getBean(VmSync.class));

            assertThat(Contexts.threads()).anyMatch(name -> name.startsWith("vmsync-loop-"));
            assertThat(context.getBean(VmSync.class).runOnce(SyncKind.FULL).skipped())
                    .isEmpty();
        });

        assertThat(pool.syncAtClose).containsExactly(Optional.of("closed"));
    }

    @Test
    void noThreadIsLeftAfterTheContext() throws InterruptedException {
        List<Thread> ours = new CopyOnWriteArrayList<>();
        with(new WatchedPool(database.source())).run(context -> {
            context.getBean(VmSync.class).runOnce(SyncKind.FULL);
            Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("vmsync-"))
                    .forEach(ours::add);
        });

        assertThat(ours).isNotEmpty();
        for (Thread thread : ours) {
            thread.join(10_000);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    @Test
    void anApplicationThatMakesItsBeansLateStartsItAllTheSame() {
        with(new WatchedPool(database.source()))
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> assertThat(Contexts.threads()).anyMatch(name -> name.startsWith("vmsync-loop-")));
    }

    @Test
    void switchedOffItOpensNothingAndCanStillBeInjected() {
        WatchedPool pool = new WatchedPool(database.source());
        List<String> before = Contexts.threads();
        with(pool).withPropertyValues("azure.status.sync.enabled=false").run(context -> {
            VmSync sync = context.getBean(VmSync.class);

            assertThat(sync.runOnce(SyncKind.FULL).skipped()).contains("azure.status.sync.enabled is false");
            assertThat(pool.connections).hasValue(0);
            assertThat(Contexts.threads()).isSubsetOf(before);

            assertThat(sync.operator().orders()).isEmpty();
            assertThat(pool.connections).hasPositiveValue();
        });
    }

    @Test
    void switchedOffItNeedsNeitherTablesNorBillingNorAZone() {
        Contexts.bare()
                .withBean("pool", DataSource.class, () -> HostDatabase.empty().source())
                .withPropertyValues("azure.status.sync.enabled=false")
                .run(context -> assertThat(context).hasSingleBean(VmSync.class));
    }

    @Test
    void whatHandsWorkToTheHostIsStoppedBefore() {
        List<Optional<String>> syncAtStop = new CopyOnWriteArrayList<>();
        with(new WatchedPool(database.source())).run(context -> {
            VmSync sync = context.getBean(VmSync.class);
            for (int phase : List.of(SmartLifecycle.DEFAULT_PHASE - 2048, Integer.MAX_VALUE / 2)) {
                assertThat(context.getBean(VmSyncLifecycle.class).getPhase()).isLessThan(phase);
            }
            context.getBeanFactory()
                    .registerSingleton(
                            "webServer",
                            new Recorder(() ->
                                    syncAtStop.add(sync.runOnce(SyncKind.QUICK).skipped())));
        });

        assertThat(syncAtStop).containsExactly(Optional.empty());
    }

    private record Recorder(Runnable onStop) implements SmartLifecycle {

        @Override
        public void start() {}

        @Override
        public void stop() {
            onStop.run();
        }

        @Override
        public boolean isRunning() {
            return true;
        }

        @Override
        public int getPhase() {
            return SmartLifecycle.DEFAULT_PHASE - 2048;
        }
    }

    @Test
    void aContextThatWasStoppedDoesNotPretendToStartAgain() {
        with(new WatchedPool(database.source())).run(context -> {
            ConfigurableApplicationContext own = context.getSourceApplicationContext();
            own.stop();

            assertThatThrownBy(own::start).hasStackTraceContaining("does not start again");
        });
    }

    @Test
    void severalContextsLiveBesideOneAnother() {
        try (HostDatabase other = HostDatabase.withTables()) {
            with(new WatchedPool(database.source())).run(first -> {
                with(new WatchedPool(other.source()))
                        .withPropertyValues("azure.status.sync.mode=dry-run")
                        .run(second -> {
                            assertThat(second.getBean(VmSync.class)).isNotSameAs(first.getBean(VmSync.class));
                            assertThat(second.getBean(VmSync.class)
                                            .runOnce(SyncKind.FULL)
                                            .dryRun())
                                    .isTrue();
                            assertThat(first.getBean(VmSync.class)
                                            .runOnce(SyncKind.FULL)
                                            .dryRun())
                                    .isFalse();
                        });

                assertThat(first.getBean(VmSync.class).runOnce(SyncKind.FULL).skipped())
                        .isEmpty();
            });
        }
    }
}
