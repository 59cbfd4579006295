package com.berryfi.vmsync.jdbc;

import static com.berryfi.vmsync.testkit.Samples.NOON;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.testkit.InMemoryBilling;
import com.berryfi.vmsync.testkit.VirtualTime;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/** A process of a backend that has several: a store, a coordinator, loops and threads of its own. */
final class Replica implements AutoCloseable {

    private final String name;
    private final VirtualTime time = VirtualTime.startingAt(NOON);
    private final CloudStatusPort cloud;
    private final ReadLog log;
    private final VmSync sync;
    private final AtomicBoolean hasRead = new AtomicBoolean();
    private volatile CountDownLatch together = new CountDownLatch(0);
    private volatile boolean dies;
    private volatile boolean dead;

    Replica(String name, TestDatabase database, CloudStatusPort cloud, ReadLog log, Duration lease) {
        this.name = name;
        this.cloud = cloud;
        this.log = log;
        DataSource mortal = Outage.of(database.dataSource(), () -> dead);
        this.sync = VmSync.builder(
                        JdbcSessionStore.builder(mortal, HostTables.berryFi(ZoneOffset.UTC))
                                .build(),
                        this::read,
                        new InMemoryBilling())
                .withSettings(SyncSettings.from(Map.of(
                        "azure.status.sync.retry.attempts", "1", "azure.status.sync.full.interval.seconds", "90")))
                .withCoordinator(JdbcWorkCoordinator.of(
                        mortal,
                        lease,
                        () -> Duration.between(NOON, time.instant()).toNanos()))
                .withClock(time)
                .withScheduler(time)
                .withJitter(() -> 0)
                .build();
        sync.start();
    }

    String name() {
        return name;
    }

    boolean isDead() {
        return dead;
    }

    /** From the next answer of the cloud on it does nothing more, and gives nothing back: its database hears no more of it. */
    void dieWhileReading() {
        dies = true;
    }

    /**
     * Lets time go on for it.
     *
     * @param all reached once every replica reads: none goes on before, so that they work beside one another
     */
    void tick(Duration duration, CountDownLatch all) {
        together = all;
        hasRead.set(false);
        time.tick(duration);
    }

    private Reading read(CloudStatusPort.Request request) {
        aliveOrNothing();
        log.begin(name, request, time.instant());
        try {
            meetTheOthers();
            if (dies) {
                dead = true;
            }
            aliveOrNothing();
            return cloud.read(request);
        } finally {
            log.end(name, request);
        }
    }

    private void meetTheOthers() {
        if (hasRead.compareAndSet(false, true)) {
            together.countDown();
        }
        try {
            if (!together.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a replica reads nothing");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void aliveOrNothing() {
        if (dead) {
            throw new IllegalStateException(name + " is dead");
        }
    }

    /** Its threads end; its seat stays as it is. */
    @Override
    public void close() {
        sync.close();
    }
}
