package com.berryfi.vmsync;

import com.berryfi.vmsync.event.CycleOverrun;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.plan.Cadence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one kind of sync at a fixed rate. It asks for its next step when the last has ended, and so never overlaps itself. */
final class Loop {

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    private final SyncKind kind;
    private final Cadence cadence;
    private final InstantSource clock;
    private final SyncScheduler scheduler;
    private final Listeners listeners;
    private final Runnable sync;
    private final BooleanSupplier closing;

    Loop(
            SyncKind kind,
            Cadence cadence,
            InstantSource clock,
            SyncScheduler scheduler,
            Listeners listeners,
            Runnable sync,
            BooleanSupplier closing) {
        this.kind = kind;
        this.cadence = cadence;
        this.clock = clock;
        this.scheduler = scheduler;
        this.listeners = listeners;
        this.sync = sync;
        this.closing = closing;
    }

    void start() {
        scheduleAt(cadence.anchor());
    }

    private void scheduleAt(Instant slot) {
        scheduler.schedule(Duration.between(clock.instant(), slot), () -> step(slot));
    }

    private void step(Instant slot) {
        if (closing.getAsBoolean()) {
            return;
        }
        try {
            sync.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a {} sync broke off, the next one is tried all the same: {}", kind, Trouble.of(e));
        }
        Instant ended = clock.instant();
        long missed = cadence.missed(slot, ended);
        if (missed > 0) {
            LOG.warn("a {} sync took {} from its slot, {} slots went by", kind, Duration.between(slot, ended), missed);
            listeners.tell(
                    listener -> listener.onOverrun(new CycleOverrun(kind, Duration.between(slot, ended), missed)));
        }
        scheduleAt(cadence.slotAfter(ended));
    }
}
