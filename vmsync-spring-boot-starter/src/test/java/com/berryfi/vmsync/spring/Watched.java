package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.BillingPort;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.testkit.InMemoryBilling;
import com.berryfi.vmsync.testkit.InMemoryCloud;
import com.berryfi.vmsync.testkit.InMemoryStore;
import com.berryfi.vmsync.testkit.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** An application with a cloud and a database in memory, whose loops run as virtual time is moved on. */
final class Watched {

    static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
    static final Scope SCOPE = new Scope("azure", "tenant-1", "client-1", "sub-1");
    static final Scope OTHER = new Scope("azure", "tenant-2", "client-2", "sub-2");
    static final Observation.Unknown EXPIRED =
            new Observation.Unknown(UnknownCause.UNAUTHENTICATED, "the client secret has expired");

    final VirtualTime time = VirtualTime.startingAt(START);
    final InMemoryStore store = new InMemoryStore();
    final InMemoryCloud cloud = new InMemoryCloud();
    final InMemoryBilling billing = new InMemoryBilling();

    ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        VmSyncAutoConfiguration.class,
                        VmSyncActuatorAutoConfiguration.class,
                        VmSyncMetricsAutoConfiguration.class,
                        VmSyncWebhookAutoConfiguration.class))
                .withBean(SessionStore.class, () -> store)
                .withBean(CloudStatusPort.class, () -> cloud)
                .withBean(BillingPort.class, () -> billing)
                .withBean(VmSyncCustomizer.class, this::onVirtualTime)
                .withPropertyValues("azure.status.sync.retry.attempts=1");
    }

    /** The same as an application of its own. */
    SpringApplicationBuilder in(SpringApplicationBuilder application) {
        return application.properties("azure.status.sync.retry.attempts=1").initializers(context -> {
            ConfigurableListableBeanFactory beans = context.getBeanFactory();
            beans.registerSingleton("store", store);
            beans.registerSingleton("cloud", cloud);
            beans.registerSingleton("billing", billing);
            beans.registerSingleton("virtualTime", onVirtualTime());
        });
    }

    private VmSyncCustomizer onVirtualTime() {
        return builder -> builder.withClock(time)
                .withScheduler(time)
                .withScopesExecutor(Runnable::run)
                .withJitter(() -> 0);
    }

    static CloudAddress address(String vm) {
        return CloudAddress.ofName("group", vm);
    }

    /** A VM without a session. */
    Watched vm(Scope scope, String name, VmStatus believed, PowerState power) {
        store.putVm(new Vm(new VmId(name), scope, address(name), believed, Optional.empty(), Optional.empty()));
        cloud.put(scope, address(name), power);
        return this;
    }

    /** A VM that runs for a session in use. */
    Watched inUse(Scope scope, String name) {
        SessionId session = new SessionId("session-of-" + name);
        store.putVm(
                new Vm(new VmId(name), scope, address(name), VmStatus.RUNNING, Optional.of(session), Optional.empty()));
        cloud.put(scope, address(name), PowerState.RUNNING);
        store.putSession(new Session(
                session,
                new VmId(name),
                SessionStatus.ACTIVE,
                Optional.of(time.instant().minus(Duration.ofHours(1))),
                Optional.empty()));
        return this;
    }

    void minutes(int minutes) {
        time.tick(Duration.ofMinutes(minutes));
    }
}
