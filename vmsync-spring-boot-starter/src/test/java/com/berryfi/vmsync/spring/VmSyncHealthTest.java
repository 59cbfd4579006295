package com.berryfi.vmsync.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.testkit.InMemoryBilling;
import com.berryfi.vmsync.testkit.InMemoryCloud;
import com.berryfi.vmsync.testkit.InMemoryStore;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.context.ApplicationContext;

/** What takes an application down, and what does not. */
class VmSyncHealthTest {

    private final Watched watched = new Watched();

    private static Health health(ApplicationContext context) {
        return context.getBean("vmSyncHealthContributor", HealthIndicator.class).health();
    }

    @Test
    void aSyncThatDoesItsWorkIsUp() {
        watched.inUse(Watched.SCOPE, "a").application().run(context -> {
            watched.minutes(6);
            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
            assertThat(health(context).getDetails())
                    .containsEntry("synchronisation", "acting")
                    .containsEntry("findings", 0);
            assertThat(health(context).getDetails().get("scopes")).asString().contains("lookedAfter=1, elsewhere=0");
        });
    }

    @Test
    void aBadCredentialIsADetail() {
        watched.inUse(Watched.SCOPE, "a").inUse(Watched.OTHER, "b");
        watched.cloud.fail(Watched.SCOPE, Watched.EXPIRED, Optional.empty());
        watched.application().run(context -> {
            watched.minutes(30);
            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
            assertThat(health(context).getDetails().get("scopes"))
                    .asString()
                    .contains("unreadable=1")
                    .contains(Watched.SCOPE + "=UNAUTHENTICATED since " + Watched.START)
                    .doesNotContain(Watched.OTHER.toString());
            assertThat(health(context).getDetails().get("oldestUnverified"))
                    .asString()
                    .startsWith("session session-of-a on VM a since ");
        });
    }

    @Test
    void aDatabaseThatIsAwayIsADetail() {
        watched.inUse(Watched.SCOPE, "a").application().run(context -> {
            watched.store.goDown();
            watched.minutes(30);
            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
            assertThat(health(context).getDetails()).containsKey("database");
        });
    }

    @Test
    void aMissedDeadlineIsDownAndTheNextCycleUp() {
        watched.vm(Watched.SCOPE, "a", VmStatus.AVAILABLE, PowerState.DEALLOCATED)
                .application()
                .run(context -> {
                    watched.minutes(1);
                    // The loops hang: time goes by, and nothing runs.
                    watched.time.pass(Duration.ofMinutes(3));
                    assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
                    assertThat(health(context).getDetails().get("loops"))
                            .asString()
                            .contains("missedDeadline=");

                    watched.minutes(1);
                    assertThat(health(context).getStatus()).isEqualTo(Status.UP);
                });
    }

    @Test
    void switchedOffIsUpAndSaysSo() {
        watched.application()
                .withPropertyValues("azure.status.sync.enabled=false")
                .run(context -> assertThat(health(context))
                        .isEqualTo(Health.up()
                                .withDetail("synchronisation", "switched off")
                                .build()));
    }

    @Test
    void aDryRunSaysSo() {
        watched.application()
                .withPropertyValues("azure.status.sync.mode=dry-run")
                .run(context -> assertThat(health(context).getDetails()).containsEntry("synchronisation", "dry run"));
    }

    @Test
    void eachOfSeveralHasItsOwn() {
        VmSync one = VmSync.builder(new InMemoryStore(), new InMemoryCloud(), new InMemoryBilling())
                .build();
        VmSync two = VmSync.builder(new InMemoryStore(), new InMemoryCloud(), new InMemoryBilling())
                .build();
        Contexts.bare()
                .withBean("one", VmSync.class, () -> one)
                .withBean("two", VmSync.class, () -> two)
                .withBean("vmSyncLifecycle", VmSyncLifecycle.class, () -> new VmSyncLifecycle(one))
                .run(context -> assertThat(context.getBean("vmSyncHealthContributor", CompositeHealthContributor.class))
                        .extracting(named -> named.getName())
                        .containsExactly("one", "two"));
    }

    @Test
    void itCanBeSwitchedOff() {
        watched.application()
                .withPropertyValues("management.health.vmsync.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("vmSyncHealthContributor"));
    }
}
