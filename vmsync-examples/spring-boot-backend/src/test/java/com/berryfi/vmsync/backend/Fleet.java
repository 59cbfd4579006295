package com.berryfi.vmsync.backend;

import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.spring.VmSyncCustomizer;
import com.berryfi.vmsync.testkit.InMemoryBilling;
import com.berryfi.vmsync.testkit.InMemoryCloud;
import com.berryfi.vmsync.testkit.InMemoryStore;
import com.berryfi.vmsync.testkit.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A guarded web application whose cloud and database are in memory, and whose loops run as virtual time is moved on. */
final class Fleet implements AutoCloseable {

    static final Scope SCOPE = new Scope("azure", "tenant", "client", "aaaaaaaa-0000-4000-8000-00000000000a");

    private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-11-01T12:00:00Z"));
    private final InMemoryStore store = new InMemoryStore();
    private final InMemoryCloud cloud = new InMemoryCloud();
    private final ConfigurableApplicationContext context;

    private Fleet(String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "--spring.config.name=fleet",
                "--spring.main.banner-mode=off",
                "--server.port=0",
                "--management.endpoints.web.exposure.include=vmsync",
                "--azure.status.sync.mode=act",
                "--azure.status.sync.retry.attempts=1"));
        all.addAll(List.of(settings));
        context = new SpringApplicationBuilder(Application.class, Guarded.class)
                .initializers(starting -> register(starting.getBeanFactory()))
                .run(all.toArray(String[]::new));
    }

    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    static class Application {}

    static Fleet running(String... settings) {
        return new Fleet(settings);
    }

    private void register(ConfigurableListableBeanFactory beans) {
        VmSyncCustomizer virtual = builder -> builder.withClock(time)
                .withScheduler(time)
                .withScopesExecutor(Runnable::run)
                .withJitter(() -> 0);
        beans.registerSingleton("virtual", virtual);
        beans.registerSingleton("store", store);
        beans.registerSingleton("cloud", cloud);
        beans.registerSingleton("billing", new InMemoryBilling());
    }

    /** Puts a VM that runs for a session in use, an hour old. */
    Fleet inUse(String vm) {
        SessionId session = new SessionId(session(vm));
        store.putVm(new Vm(new VmId(vm), SCOPE, address(vm), VmStatus.RUNNING, Optional.of(session), Optional.empty()));
        store.putSession(new Session(
                session,
                new VmId(vm),
                SessionStatus.ACTIVE,
                Optional.of(time.instant().minus(Duration.ofHours(1))),
                Optional.empty()));
        cloud.put(SCOPE, address(vm), PowerState.RUNNING);
        return this;
    }

    /** Puts a VM that runs for nobody. */
    Fleet lost(String vm) {
        store.putVm(new Vm(new VmId(vm), SCOPE, address(vm), VmStatus.AVAILABLE, Optional.empty(), Optional.empty()));
        cloud.put(SCOPE, address(vm), PowerState.RUNNING);
        return this;
    }

    void stop(String vm) {
        cloud.stop(SCOPE, address(vm));
    }

    void deallocate(String vm) {
        cloud.deallocate(SCOPE, address(vm));
    }

    /** Lets time pass, and the loops run in it. */
    void pass(Duration duration) {
        time.tick(duration);
    }

    static String session(String vm) {
        return "session-of-" + vm;
    }

    /** A resource's name is of another alphabet than an id may be. */
    private static CloudAddress address(String vm) {
        return CloudAddress.ofName("group", "vm-" + Integer.toHexString(vm.hashCode()));
    }

    VmSync sync() {
        return context.getBean(VmSync.class);
    }

    int port() {
        return ((ServletWebServerApplicationContext) context).getWebServer().getPort();
    }

    @Override
    public void close() {
        context.close();
    }
}
