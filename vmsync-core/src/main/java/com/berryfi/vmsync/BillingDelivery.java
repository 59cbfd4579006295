package com.berryfi.vmsync;

import com.berryfi.vmsync.event.BillingParked;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.port.BillingPort;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.SyncJournal;
import com.berryfi.vmsync.port.SyncJournal.Settlement;
import com.berryfi.vmsync.port.UnavailableException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries staged instructions to the host's billing, at least once, for each session in order. */
final class BillingDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(BillingDelivery.class);
    private static final int AT_ONCE = 1_000;

    /** How a round of delivery went. */
    record Round(int delivered, int waiting) {
        static final Round NONE = new Round(0, 0);
    }

    private final SyncJournal journal;
    private final BillingPort billing;
    private final Listeners listeners;
    private final AtomicBoolean underWay = new AtomicBoolean();

    BillingDelivery(SyncJournal journal, BillingPort billing, Listeners listeners) {
        this.journal = journal;
        this.billing = billing;
        this.listeners = listeners;
    }

    /** Delivers what waits. If another thread is at it already, that one's round stands for this one. */
    Round deliver() {
        if (!underWay.compareAndSet(false, true)) {
            return Round.NONE;
        }
        try {
            return delivered();
        } finally {
            underWay.set(false);
        }
    }

    private Round delivered() {
        int delivered = 0;
        int waiting = 0;
        Set<SessionId> behind = new HashSet<>();
        for (BillingInstruction instruction : journal.undelivered(AT_ONCE)) {
            if (behind.contains(instruction.session())) {
                waiting++;
            } else if (isDelivered(instruction)) {
                delivered++;
            } else {
                behind.add(instruction.session());
                waiting++;
            }
        }
        return new Round(delivered, waiting);
    }

    private boolean isDelivered(BillingInstruction instruction) {
        try {
            billing.apply(instruction);
        } catch (RejectedException e) {
            String why = String.valueOf(e.getMessage());
            LOG.error("billing instruction {} is refused for good and parked: {}", instruction.key(), why);
            journal.settle(instruction.key(), Settlement.PARKED, why);
            listeners.tell(listener -> listener.onBillingParked(new BillingParked(instruction, why)));
            return false;
        } catch (UnavailableException e) {
            LOG.warn("billing instruction {} is not delivered yet: {}", instruction.key(), e.getMessage());
            return false;
        } catch (RuntimeException e) {
            LOG.warn(
                    "billing instruction {} is not delivered yet: the billing port threw {}",
                    instruction.key(),
                    e.getClass().getName());
            return false;
        }
        journal.settle(instruction.key(), Settlement.DELIVERED, "");
        return true;
    }
}
