package com.berryfi.vmsync;

import com.berryfi.vmsync.event.SyncListener;
import com.berryfi.vmsync.port.AlertPort;
import com.berryfi.vmsync.port.BillingPort;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.port.SessionEnder;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.port.VmPowerPort;
import com.berryfi.vmsync.port.WorkCoordinator;
import com.berryfi.vmsync.rule.RuleBook;
import com.berryfi.vmsync.rule.StandardRules;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** Puts a {@link VmSync} together. Not thread-safe. */
public final class VmSyncBuilder {

    final SessionStore store;
    final CloudStatusPort cloud;
    final BillingPort billing;
    SyncSettings settings = SyncSettings.defaults();
    RuleBook rules = StandardRules.book();
    Optional<InstantSource> clock = Optional.empty();
    Optional<SyncScheduler> scheduler = Optional.empty();
    Optional<Executor> scopesExecutor = Optional.empty();
    Optional<VmPowerPort> power = Optional.empty();
    Optional<SessionEnder> ender = Optional.empty();
    WorkCoordinator coordinator = WorkCoordinator.alone();
    Optional<LongSupplier> ticker = Optional.empty();
    Duration backoff = Duration.ofMillis(200);
    DoubleSupplier jitter = () -> ThreadLocalRandom.current().nextDouble();
    final List<SyncListener> listeners = new ArrayList<>();
    final List<AlertPort> alerts = new ArrayList<>(List.of(new LogAlerts()));

    VmSyncBuilder(SessionStore store, CloudStatusPort cloud, BillingPort billing) {
        this.store = store;
        this.cloud = cloud;
        this.billing = billing;
    }

    /**
     * How to synchronise; {@link SyncSettings#defaults()} unless said.
     *
     * @param value replaces all settings, those that are left at their defaults included
     * @return this builder
     */
    public VmSyncBuilder withSettings(SyncSettings value) {
        settings = value;
        return this;
    }

    /**
     * By which rules; {@link StandardRules#book()} unless said.
     *
     * @param value the book; {@link #build()} looks whether it decides everything once
     * @return this builder
     */
    public VmSyncBuilder withRules(RuleBook value) {
        rules = value;
        return this;
    }

    /**
     * By which clock; the system's unless said.
     *
     * @param value tells the present; thread-safe
     * @return this builder
     */
    public VmSyncBuilder withClock(InstantSource value) {
        clock = Optional.of(value);
        return this;
    }

    /**
     * By which count of nanoseconds, which never jumps, the clock is watched; {@link System#nanoTime} unless said. A clock of another
     * kind that comes without one is not watched.
     *
     * @param value nanoseconds from any beginning; thread-safe
     * @return this builder
     */
    public VmSyncBuilder withTicker(LongSupplier value) {
        ticker = Optional.of(value);
        return this;
    }

    /**
     * Who deallocates orphans, for hosts that set {@code azure.status.sync.orphan.quarantine.seconds}.
     *
     * @param value asked for nothing where that is not set
     * @return this builder
     */
    public VmSyncBuilder withPower(VmPowerPort value) {
        power = Optional.of(value);
        return this;
    }

    /**
     * The host's own way to end a session; unless said, its rows are updated.
     *
     * @param value called instead of the update
     * @return this builder
     */
    public VmSyncBuilder withSessionEnder(SessionEnder value) {
        ender = Optional.of(value);
        return this;
    }

    /**
     * Who shares the work out among several replicas; unless said, this one does everything.
     *
     * @param value the same for every replica over the same rows
     * @return this builder
     */
    public VmSyncBuilder withCoordinator(WorkCoordinator value) {
        coordinator = value;
        return this;
    }

    /**
     * Who runs the loops, and what hints ask for; daemon threads of our own unless said.
     *
     * @param value runs at least two tasks at a time, or the quick sync waits for the full one. It stays the caller's to shut down
     * @return this builder
     */
    public VmSyncBuilder withScheduler(SyncScheduler value) {
        scheduler = Optional.of(value);
        return this;
    }

    /**
     * Who runs the scopes of a cycle beside one another; eight daemon threads for each kind of sync unless said. {@code Runnable::run}
     * does them in turn on the cycle's own thread. It must not be the bounded pool that calls {@link VmSync#runOnce}, which waits for
     * it.
     *
     * @param value serves both kinds of sync. It stays the caller's to close
     * @return this builder
     */
    public VmSyncBuilder withScopesExecutor(Executor value) {
        scopesExecutor = Optional.of(value);
        return this;
    }

    /**
     * How far the loops' first steps are put off, so that replicas do not read in step; random unless said.
     *
     * @param value asked once for each loop: a share from 0 to 1 of a tenth of its interval
     * @return this builder
     */
    public VmSyncBuilder withJitter(DoubleSupplier value) {
        jitter = value;
        return this;
    }

    /**
     * How long to wait before the second try of a cloud call; later ones wait longer, up to ten times that. 200 ms unless said.
     *
     * @param value longer than zero
     * @return this builder
     * @throws IllegalArgumentException if it is not longer than zero
     */
    public VmSyncBuilder withBackoff(Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException("backoff: must be longer than zero, is " + value);
        }
        backoff = value;
        return this;
    }

    /**
     * One more listener.
     *
     * @param value called after those that were named before it; what it throws is logged
     * @return this builder
     */
    public VmSyncBuilder withListener(SyncListener value) {
        listeners.add(value);
        return this;
    }

    /**
     * One more way to tell people what stands and what is over, beside the log, where {@link LogAlerts} tells it.
     *
     * @param value told after those that were named before it
     * @return this builder
     */
    public VmSyncBuilder withAlerts(AlertPort value) {
        alerts.add(value);
        return this;
    }

    /**
     * What was put together; it does nothing until it is told to.
     *
     * @return a new one at each call, to be closed by the caller
     * @throws IllegalArgumentException if orphans are to be deallocated and nobody is there to do it, or if the rules do not decide
     *     everything once; the message names the setting, or the rules and the combination
     */
    public VmSync build() {
        rules = rules.checked(settings.policy());
        if (settings.policy().quarantine().isPresent() && power.isEmpty()) {
            throw new IllegalArgumentException(
                    SyncSettings.PREFIX + "orphan.quarantine.seconds: is set, and nobody deallocates: see withPower");
        }
        return new VmSync(this);
    }

    InstantSource clock() {
        return clock.orElseGet(InstantSource::system);
    }

    LongSupplier ticker() {
        InstantSource wall = clock();
        return ticker.orElseGet(() -> clock.isEmpty() ? System::nanoTime : () -> nanos(wall.instant()));
    }

    private static long nanos(Instant instant) {
        return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
    }
}
