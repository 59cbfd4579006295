package com.berryfi.vmsync;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.SyncStatus;
import com.berryfi.vmsync.plan.Cadence;
import com.berryfi.vmsync.plan.Picture;
import com.berryfi.vmsync.port.PortException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears of the end of each cycle, and knows how synchronisation fares. Thread-safe. */
final class Chronicle {

    private static final Logger LOG = LoggerFactory.getLogger(Chronicle.class);

    private final SyncContext context;
    private final BillingDelivery billing;
    private Picture picture;

    Chronicle(SyncContext context, BillingDelivery billing) {
        SyncSettings settings = context.settings();
        this.context = context;
        this.billing = billing;
        this.picture =
                Picture.blank(settings.enabled(), settings.dryRun(), settings.quickInterval(), settings.fullInterval());
    }

    void started(SyncKind kind, Instant at, Cadence slots) {
        change(known -> known.started(kind, at, slots));
    }

    void ended(SyncReport report) {
        change(known -> known.after(report));
        billing.last()
                .ifPresent(count -> parked(count)
                        .ifPresent(parked -> change(known -> known.billed(count.at(), count.waiting(), parked))));
    }

    /** As of now; neither cloud nor database is asked. */
    synchronized SyncStatus status() {
        return picture.status(context.watchman().knowledge(), context.now());
    }

    private synchronized void change(UnaryOperator<Picture> by) {
        picture = by.apply(picture);
    }

    /** The replica that delivers looks for what is parked; empty if that cannot be said. */
    private Optional<List<BillingInstruction>> parked(BillingDelivery.Count count) {
        if (count.waiting().isEmpty()) {
            return Optional.of(List.of());
        }
        try {
            return Optional.of(context.store().journal().parked());
        } catch (PortException e) {
            LOG.warn("what is parked of the billing is not known: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
