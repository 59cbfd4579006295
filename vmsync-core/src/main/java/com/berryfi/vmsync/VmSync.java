package com.berryfi.vmsync;

import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.plan.Cadence;
import com.berryfi.vmsync.port.BillingPort;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.port.PortException;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a host's VMs, sessions and bills in step with a cloud. Thread-safe.
 *
 * <p>{@link #start} runs the quick and the full sync by themselves; {@link #runOnce} is one step of the same, for hosts that bring
 * their own schedule, and for tests.
 */
public final class VmSync implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(VmSync.class);
    private static final int SCOPES_BESIDE_ONE_ANOTHER = 8;
    private static final int LOOPS = 2;
    private static final int HINTS_BESIDE_ONE_ANOTHER = 4;
    private static final double JITTER = 0.1;

    private final SyncContext context;
    private final Optional<DaemonThreads> ownThreads;
    private final Optional<DaemonThreads> hintThreads;
    private final SyncScheduler scheduler;
    private final DoubleSupplier jitter;
    private final List<ExecutorService> ownExecutors;
    private final SyncCycle cycle;
    private final DirectSync direct;
    private final BillingDelivery billing;
    private final Map<SyncKind, AtomicBoolean> underWay =
            Map.of(SyncKind.QUICK, new AtomicBoolean(), SyncKind.FULL, new AtomicBoolean());
    private final Hints hints;
    private final Settlements settlements;
    private final Chronicle chronicle;
    private final Herald herald;
    private final View view;
    private final Membership membership;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();
    /** Shared by every cycle that runs; whoever gets it alone knows that none does. */
    private final ReentrantReadWriteLock running = new ReentrantReadWriteLock();

    private final AtomicLong cycles = new AtomicLong();
    private final String process = UUID.randomUUID().toString().substring(0, 8);

    VmSync(VmSyncBuilder builder) {
        SyncSettings settings = builder.settings;
        Listeners listeners = new Listeners(builder.listeners);
        this.ownThreads = builder.scheduler.isPresent()
                ? Optional.empty()
                : Optional.of(new DaemonThreads("vmsync-loop-", LOOPS));
        this.scheduler = builder.scheduler.or(() -> ownThreads).orElseThrow();
        this.hintThreads = builder.scheduler.isPresent()
                ? Optional.empty()
                : Optional.of(new DaemonThreads("vmsync-hint-", HINTS_BESIDE_ONE_ANOTHER));
        this.hints = new Hints(
                hintThreads.<SyncScheduler>map(own -> own).orElse(scheduler), builder.clock(), this::followHint);
        this.jitter = builder.jitter;
        this.context = new SyncContext(
                settings,
                builder.rules,
                builder.clock(),
                builder.store,
                new CloudReader(
                        builder.cloud, builder.clock(), settings.attempts(), settings.timeout(), builder.backoff),
                listeners,
                new Sightings(),
                new Memories(builder.store.journal(), settings.dryRun()),
                new Watchman(settings.fullInterval(), builder.clock().instant()),
                new ClockWatch(builder.clock(), builder.ticker()),
                builder.power,
                builder.ender,
                builder.coordinator,
                closing::get);
        this.membership = new Membership(builder.coordinator, () -> Setup.of(settings, builder.rules, builder.store));
        this.direct = new DirectSync(context);
        this.settlements = new Settlements(context);
        this.billing = new BillingDelivery(context, builder.billing);
        Map<SyncKind, ExecutorService> own = builder.scopesExecutor.isPresent()
                ? Map.of()
                : Map.of(SyncKind.QUICK, pool("quick"), SyncKind.FULL, pool("full"));
        this.ownExecutors = List.copyOf(own.values());
        this.cycle = new SyncCycle(
                context,
                builder.scopesExecutor
                        .map(given -> Map.of(SyncKind.QUICK, given, SyncKind.FULL, given))
                        .orElse(Map.copyOf(own)),
                billing);
        this.chronicle = new Chronicle(context, billing);
        this.herald = new Herald(builder.alerts);
        this.view = new View(context, () -> whileOpen(() -> cycle.preview(nextCycle(SyncKind.FULL))), chronicle);
    }

    /** A hanging full sync must not keep the quick one waiting: each has threads of its own, made when first needed. */
    private static ExecutorService pool(String kind) {
        return Executors.newFixedThreadPool(
                SCOPES_BESIDE_ONE_ANOTHER, DaemonThreads.named("vmsync-" + kind + "-scope-"));
    }

    /**
     * Begins to put one together from what a host must supply.
     *
     * @param store the host's VMs and sessions, and the journal beside them
     * @param cloud who reads the power of the machines
     * @param billing who carries billing instructions into the host's billing
     * @return a builder in which everything else is as by default
     */
    public static VmSyncBuilder builder(SessionStore store, CloudStatusPort cloud, BillingPort billing) {
        return new VmSyncBuilder(store, cloud, billing);
    }

    /**
     * Runs one cycle, now, on this thread.
     *
     * @param kind QUICK or FULL
     * @return what it saw and did; {@link SyncReport#skipped} says if it did nothing, for synchronisation is switched off, closed, or
     *     a cycle of this kind is under way, or another replica was built otherwise
     * @throws IllegalArgumentException for DIRECT: see {@link #syncVmStatus}
     */
    public SyncReport runOnce(SyncKind kind) {
        AtomicBoolean busy = underWay.get(kind);
        if (busy == null) {
            throw new IllegalArgumentException("kind: runOnce takes QUICK or FULL, not " + kind);
        }
        if (!context.settings().enabled()) {
            return skipped(kind, SyncSettings.PREFIX + "enabled is false");
        }
        running.readLock().lock();
        try {
            if (closing.get()) {
                return skipped(kind, "closed");
            }
            Optional<String> refusal = membership.refusal();
            return refusal.isPresent() ? skipped(kind, refusal.get()) : unlessUnderWay(kind, busy);
        } finally {
            running.readLock().unlock();
        }
    }

    private SyncReport unlessUnderWay(SyncKind kind, AtomicBoolean busy) {
        if (!busy.compareAndSet(false, true)) {
            return skipped(kind, "a cycle of this kind is under way");
        }
        try {
            SyncReport report = cycle.run(kind, nextCycle(kind));
            chronicle.ended(report);
            if (!closing.get()) {
                herald.tell(chronicle::status);
            }
            return report;
        } finally {
            busy.set(false);
        }
    }

    /**
     * What the cloud says of one VM, by a direct read. Changes nothing and remembers nothing.
     *
     * @param vm the host's key of it
     * @return the answer; its observation is Unknown, with the cause, if there was none, or if synchronisation is switched off
     * @throws RejectedException if there is no such row, or it cannot be worked with
     * @throws com.berryfi.vmsync.port.UnavailableException if the database cannot be reached
     * @throws IllegalStateException if this is closed
     */
    public Evidence actualStatus(VmId vm) {
        return whileOpen(() -> direct.actualStatus(vm));
    }

    /**
     * Synchronises one VM, now, by a direct read, with all effects a cycle would have.
     *
     * @param vm the host's key of it
     * @return what was seen of it, decided and done; Unknown is seen, and nothing corrected, if synchronisation is switched off
     * @throws RejectedException if there is no such row, or it cannot be worked with, or another replica was built otherwise
     * @throws com.berryfi.vmsync.port.UnavailableException if the database cannot be reached; nothing was done
     * @throws IllegalStateException if this is closed
     */
    public VmOutcome syncVmStatus(VmId vm) {
        return whileOpen(() -> {
            if (context.settings().enabled()) {
                membership.join();
            }
            VmOutcome outcome = direct.sync(vm, nextCycle(SyncKind.DIRECT));
            if (!context.settings().dryRun() && context.settings().enabled()) {
                deliver();
            }
            return outcome;
        });
    }

    /**
     * Says that a VM may have changed; it is looked at within 2 s, by a direct read, as far as the cloud's limits permit. A hint is
     * never a fact: early, late, doubled or wrong, it costs a read and nothing more. Returns at once; hints of a VM that waits already
     * are one, a VM is looked at once in 2 s at most, and where 10,000 wait, more are left to the next cycle. Does nothing if
     * synchronisation is switched off, or this is closed.
     *
     * @param vm the host's key of it; if there is no such row, the log says so
     */
    public void hint(VmId vm) {
        if (context.settings().enabled() && !closing.get()) {
            hints.add(vm);
        }
    }

    private void followHint(VmId vm) {
        if (closing.get()) {
            return;
        }
        try {
            syncVmStatus(vm);
        } catch (PortException | IllegalStateException e) {
            LOG.warn("a hint of VM {} could not be followed: {}", vm, e.getMessage());
        }
    }

    /**
     * What must not be billed of a session, for a host that ends it by itself: to be asked when the session ends, and taken off the
     * bill. Whoever does not ask gets one {@link com.berryfi.vmsync.model.BillingInstruction.Adjust} instead; whoever asks, none. It
     * may be asked again, with the same answer. Of a session that we have ended, and that the host saved over, it is all that our own
     * bill left out, and everything after our end.
     *
     * @param session the host's key of it; it need not have ended yet
     * @return oldest first; the last may be open, for the machine is not proven running yet. Empty if all is billed, or the adjustment
     *     was sent
     * @throws com.berryfi.vmsync.port.UnavailableException if the database cannot be reached
     * @throws IllegalStateException if this is closed
     */
    public List<Gap> unbilled(SessionId session) {
        return whileOpen(() -> settlements.unbilled(session));
    }

    /** {@return what an operator may order} */
    public Operator operator() {
        return new Operator(context.store().journal(), context::now);
    }

    /** {@return what may be looked at, changing nothing; always the same} */
    public View view() {
        return view;
    }

    /** What is staged is durable, and delivered by the next cycle if not now. */
    private void deliver() {
        try {
            billing.deliver(closing::get);
        } catch (PortException e) {
            LOG.warn("billing instructions wait: {}", e.getMessage());
        }
    }

    /**
     * Starts both loops; does nothing if synchronisation is switched off, or they were started before.
     *
     * @throws RejectedException if a replica that is at work was built otherwise; the message names each difference and what to do.
     *     Nothing was started
     */
    public void start() {
        if (!context.settings().enabled() || closing.get() || started.get()) {
            return;
        }
        membership.joinIfPossible();
        if (!started.compareAndSet(false, true)) {
            return;
        }
        Instant now = context.clock().instant();
        for (SyncKind kind : List.of(SyncKind.QUICK, SyncKind.FULL)) {
            Duration interval = context.settings().interval(kind);
            Instant anchor = now.plusMillis((long) (interval.toMillis() * JITTER * jitter.getAsDouble()));
            Cadence cadence = new Cadence(anchor, interval);
            chronicle.started(kind, now, cadence);
            new Loop(kind, cadence, context.clock(), scheduler, context.listeners(), () -> runOnce(kind), closing::get)
                    .start();
        }
    }

    /**
     * Starts nothing more and lets what runs come to its end: to the next batch, at most {@code timeout.seconds}; what runs then is
     * interrupted, if it runs on threads of our own. Nothing is lost by that: what was not committed is decided afresh after the next
     * start. Not to be called from a listener, whose cycle it would wait for.
     */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        awaitWhatRuns();
        ownThreads.ifPresent(DaemonThreads::shutDown);
        hintThreads.ifPresent(DaemonThreads::shutDown);
        // A task that had not begun sees that we are closing, and tells its cycle so.
        ownExecutors.forEach(executor -> executor.shutdownNow().forEach(Runnable::run));
    }

    private void awaitWhatRuns() {
        try {
            if (running.writeLock().tryLock(context.settings().timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                running.writeLock().unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does something that {@link #close} waits for. */
    private <T> T whileOpen(Supplier<T> what) {
        running.readLock().lock();
        try {
            if (closing.get()) {
                throw new IllegalStateException("this VmSync is closed");
            }
            return what.get();
        } finally {
            running.readLock().unlock();
        }
    }

    private SyncReport skipped(SyncKind kind, String why) {
        Instant now = context.now();
        return new SyncReport(
                kind,
                "",
                now,
                now,
                context.settings().dryRun(),
                Optional.of(why),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                0,
                0);
    }

    private String nextCycle(SyncKind kind) {
        return kind.name().toLowerCase(Locale.ROOT) + "-" + process + "-" + cycles.incrementAndGet();
    }
}
