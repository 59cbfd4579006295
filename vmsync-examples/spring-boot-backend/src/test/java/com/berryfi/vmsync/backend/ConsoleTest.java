package com.berryfi.vmsync.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.spring.VmSyncCustomizer;
import com.berryfi.vmsync.testkit.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** Drift between MariaDB and an Azure over TLS, as the console of the running backend shows it in a browser. */
class ConsoleTest {

    private static final Duration QUICK = Duration.ofSeconds(30);
    private static final Duration FULL = Duration.ofMinutes(5);
    /** So many full syncs find the user at work. */
    private static final int AT_WORK = 5;

    private static final String SESSION = "s-" + World.ALIVE;

    private final VirtualTime time = VirtualTime.startingAt(Instant.now().truncatedTo(ChronoUnit.SECONDS));

    @Test
    void driftThatIsPlantedAppearsIsExplainedAndIsMended() throws Exception {
        try (Browser browser = Browser.open();
                World world = new World(MariaDbServer.start(), "console", time);
                ConfigurableApplicationContext backend = backend(world)) {
            VmSync sync = backend.getBean(VmSync.class);
            Console console = Console.open(
                    browser,
                    ((ServletWebServerApplicationContext) backend)
                            .getWebServer()
                            .getPort(),
                    Guarded.READER);
            assertThat(console.text("mode")).startsWith("acting");
            assertThat(console.text("held")).contains("Nothing waits.");

            world.plantDrift();
            // Throttled, a reader waits in real time.
            world.heal();
            sync.runOnce(SyncKind.QUICK);
            sync.runOnce(SyncKind.FULL);
            console.tells("recent", "end-when-deallocated");
            assertThat(console.text("recent")).contains("s-" + World.DEAD, "session -> COMPLETED");

            for (int i = 0; i < AT_WORK; i++) {
                time.pass(FULL);
                sync.runOnce(SyncKind.QUICK);
                sync.runOnce(SyncKind.FULL);
            }
            world.stop(World.ALIVE);
            world.forbid();
            time.pass(QUICK);
            sync.runOnce(SyncKind.FULL);
            console.tells("held", SESSION);
            assertThat(console.text("scopes")).contains("unreadable forbidden");
            assertThat(console.text("held"))
                    .contains(
                            "end-when-stopped",
                            "confirmation",
                            "what was seen is to be confirmed",
                            "in 25 s",
                            "1 to 1 of 1");
            browser.says(By.id("bill"), SESSION);

            console.press("held-table", SESSION);
            browser.says(By.id("audit"), "vmsync has not ended it");
            assertThat(console.text("audit"))
                    .contains("Believed running, session active", "direct read of", "said", "end-when-stopped");
            console.press("preview", "Read the cloud");
            browser.says(By.id("preview-said"), "3 VMs checked, 1 not in step");
            pictures(browser, console);

            time.pass(QUICK);
            sync.runOnce(SyncKind.QUICK);
            console.tellsNoMore("held", SESSION);
            console.tells("recent", SESSION);
            // To the last proof that it ran.
            Duration billed = World.USED.plus(FULL.multipliedBy(AT_WORK));
            assertThat(world.state(World.ALIVE)).isEqualTo("COMPLETED AVAILABLE " + billed.toSeconds());
            browser.says(By.id("audit"), "vmsync ended it at");
            browser.screenshot("console-mended");

            assertThat(browser.requests()).isNotEmpty().allMatch(url -> url.startsWith(console.origin() + "/"));
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** As light, dark and narrow as there is; each without a barrier. */
    private static void pictures(Browser browser, Console console) {
        for (String scheme : new String[] {"light", "dark"}) {
            browser.scheme(scheme);
            assertThat(browser.barriers()).as(scheme).isEmpty();
            browser.screenshot("console-" + scheme);
        }
        browser.scheme("light");
        browser.width(320);
        assertThat(console.width()).isLessThanOrEqualTo(320);
        assertThat(browser.barriers()).as("narrow").isEmpty();
        browser.screenshot("console-narrow");
        browser.width(1280);
    }

    /** Its loops are on a time that stands still, so that they do not meet the test's steps. */
    private ConfigurableApplicationContext backend(World world) {
        VmSyncCustomizer still = builder -> builder.withClock(time).withScheduler(time);
        return new SpringApplicationBuilder(Backend.class, Guarded.class)
                .initializers(context -> context.getBeanFactory().registerSingleton("still", still))
                .run(world.settings(
                        "--management.endpoints.web.exposure.include=vmsync",
                        "--azure.status.sync.retry.attempts=1",
                        "--azure.status.sync.timeout.seconds=240"));
    }
}
