package com.berryfi.vmsync;

import com.berryfi.vmsync.model.VmId;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hints that wait for their direct read: each VM once, not too many, and none too often. Thread-safe. */
final class Hints {

    /** What comes on top is dropped: the next cycle looks at every VM anyway. */
    static final int MOST = 10_000;

    /** A storm of events about one VM costs a read in so long a time. */
    static final Duration APART = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(Hints.class);

    private final SyncScheduler scheduler;
    private final InstantSource clock;
    private final Consumer<VmId> look;
    private final Set<VmId> waiting = ConcurrentHashMap.newKeySet();
    private final Cache<VmId, Instant> lookedAt =
            Caffeine.newBuilder().maximumSize(MOST).build();
    private final AtomicBoolean full = new AtomicBoolean();

    /** @param look reads a VM directly; answers for its own failures */
    Hints(SyncScheduler scheduler, InstantSource clock, Consumer<VmId> look) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.look = look;
    }

    void add(VmId vm) {
        if (waiting.size() >= MOST) {
            if (full.compareAndSet(false, true)) {
                LOG.warn("{} hints wait, those that come on top are left to the next cycle", MOST);
            }
            return;
        }
        if (waiting.add(vm)) {
            scheduler.schedule(delay(vm), () -> follow(vm));
        }
    }

    private void follow(VmId vm) {
        waiting.remove(vm);
        full.set(false);
        lookedAt.put(vm, clock.instant());
        look.accept(vm);
    }

    private Duration delay(VmId vm) {
        Instant now = clock.instant();
        return Optional.ofNullable(lookedAt.getIfPresent(vm))
                .filter(at -> !at.isAfter(now))
                .map(at -> Duration.between(now, at.plus(APART)))
                .filter(left -> !left.isNegative())
                .orElse(Duration.ZERO);
    }
}
