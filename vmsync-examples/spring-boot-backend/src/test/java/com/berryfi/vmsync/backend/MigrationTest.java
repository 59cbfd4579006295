package com.berryfi.vmsync.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.spring.VmSyncCustomizer;
import com.berryfi.vmsync.testkit.VirtualTime;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The same drift, met by the backend as it was and as it is, on MariaDB and an Azure over TLS. */
class MigrationTest {

    private static int port;

    private final VirtualTime time = VirtualTime.startingAt(Instant.now().truncatedTo(ChronoUnit.SECONDS));

    @BeforeAll
    static void startServer() {
        port = MariaDbServer.start();
    }

    @Test
    void theBackendAsItWasEndsAPaidSessionOverAnErrorAndBillsAMachineThatIsGone(@TempDir Path directory)
            throws Exception {
        Path classes = Migration.compiledBefore(directory);
        try (World world = new World(port, "as_it_was", Instant::now);
                URLClassLoader loader = Migration.loaderOf(classes)) {
            ClassLoader own = Thread.currentThread().getContextClassLoader();
            Thread.currentThread().setContextClassLoader(loader);
            try (AutoCloseable backend = (AutoCloseable) loader.loadClass(Backend.class.getName())
                    .getMethod("run", String[].class)
                    .invoke(null, (Object) world.settings(
                            "--spring.main.web-application-type=none", "--azure.status.sync.interval.ms=3600000"))) {
                world.plantDrift();

                Object job =
                        backend.getClass().getMethod("getBean", String.class).invoke(backend, "vmStatusSyncJob");
                job.getClass().getMethod("syncActiveSessions").invoke(job);

                assertThat(world.state(World.ALIVE)).isEqualTo("ACTIVE RUNNING nothing");
                // Its machine runs, its user works, and Azure only asked for patience.
                assertThat(world.power(World.THROTTLED)).isEqualTo(PowerState.RUNNING);
                assertThat(world.state(World.THROTTLED)).matches("COMPLETED AVAILABLE 3[6-9]\\d\\d");
                // Nobody ever saw it run, and it is charged for an hour and all.
                assertThat(world.state(World.DEAD)).matches("COMPLETED AVAILABLE 3[6-9]\\d\\d");
            } finally {
                Thread.currentThread().setContextClassLoader(own);
            }
        }
    }

    @Test
    void theBackendAsItIsEndsWhatIsProvenDeadAndBillsWhatIsProvenToHaveRun() throws Exception {
        try (World world = new World(port, "as_it_is", time);
                ConfigurableApplicationContext backend = backendAsItIs(
                        world, "--azure.status.sync.retry.attempts=1", "--azure.status.sync.timeout.seconds=240")) {
            world.plantDrift();
            VmSync sync = backend.getBean(VmSync.class);

            assertThat(sync.runOnce(SyncKind.FULL).scopes())
                    .filteredOn(scope -> scope.failure().isPresent())
                    .extracting(scope -> scope.failure().orElseThrow().cause())
                    .containsExactly(UnknownCause.THROTTLED);
            assertThat(world.state(World.ALIVE)).isEqualTo("ACTIVE RUNNING nothing");
            assertThat(world.state(World.THROTTLED)).isEqualTo("ACTIVE RUNNING nothing");
            assertThat(world.state(World.DEAD)).isEqualTo("COMPLETED AVAILABLE 0");
            assertThat(world.lastRule(World.DEAD)).isEqualTo("end-when-deallocated");

            world.deallocate(World.ALIVE);
            time.pass(Duration.ofSeconds(30));
            sync.runOnce(SyncKind.QUICK);

            // Billed up to the proof that it ran, not to when its end was found.
            assertThat(world.state(World.ALIVE)).isEqualTo("COMPLETED AVAILABLE 3600");
            assertThat(backend.getBean(UsageReport.class).used("film")).isEqualTo(World.USED);
        }
    }

    @Test
    void vmsyncSwitchedOffLeavesTheBackendsOwnCallsToAzureOn() throws Exception {
        try (World world = new World(port, "switched_off", Instant::now);
                ConfigurableApplicationContext backend = backendAsItIs(world, "--azure.status.sync.enabled=false")) {
            world.plantDrift();

            backend.getBean(SessionService.class).stop("s-" + World.ALIVE);

            assertThat(world.power(World.ALIVE)).isIn(PowerState.DEALLOCATING, PowerState.DEALLOCATED);
            assertThat(world.state(World.ALIVE)).matches("COMPLETED AVAILABLE 3[6-9]\\d\\d");
        }
    }

    /** Its loops are on a time that stands still, so that they do not meet the test's steps. */
    private ConfigurableApplicationContext backendAsItIs(World world, String... more) {
        VmSyncCustomizer still = builder -> builder.withClock(time).withScheduler(time);
        return new SpringApplicationBuilder(Backend.class)
                .initializers(context -> context.getBeanFactory().registerSingleton("still", still))
                .web(WebApplicationType.NONE)
                .run(world.settings(more));
    }
}
