package com.berryfi.vmsync;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.SyncJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What an operator may order. Orders are kept in the journal: every replica obeys them from its next cycle on. Thread-safe; every
 * method throws {@link com.berryfi.vmsync.port.UnavailableException} if the database cannot be reached.
 */
public final class Operator {

    private final SyncJournal journal;
    private final Supplier<Instant> now;

    Operator(SyncJournal journal, Supplier<Instant> now) {
        this.journal = journal;
        this.now = now;
    }

    /**
     * Leaves one VM alone, until released: no status of it or its session is changed, its billing alone may pause.
     *
     * @param vm which
     * @param reason why, for the audit
     * @return the order as it is kept; its id releases the VM
     */
    public Order hold(VmId vm, String reason) {
        return placed(Order.Kind.HOLD, Optional.empty(), Optional.of(vm), now.get(), Optional.empty(), reason);
    }

    /**
     * Lets endings, suspensions and deallocations past the brake, for a while.
     *
     * @param scope where; empty for everywhere
     * @param until when it expires; later than now
     * @param reason why, for the audit
     * @return the order as it is kept; its id ends it sooner
     * @throws IllegalArgumentException if {@code until} is not later than now
     */
    public Order override(Optional<Scope> scope, Instant until, String reason) {
        return placed(Order.Kind.OVERRIDE, scope, Optional.empty(), now.get(), Optional.of(until), reason);
    }

    /**
     * Announces a lawful shutdown: what ends between two instants passes the brake.
     *
     * @param scope where; empty for everywhere
     * @param from when it begins; may lie in the past
     * @param until when it is over; later than {@code from}
     * @param reason why, for the audit
     * @return the order as it is kept; its id ends it sooner
     * @throws IllegalArgumentException if {@code until} is not later than {@code from}
     */
    public Order announce(Optional<Scope> scope, Instant from, Instant until, String reason) {
        return placed(Order.Kind.ANNOUNCEMENT, scope, Optional.empty(), from, Optional.of(until), reason);
    }

    /**
     * Finds and reports, and changes nothing.
     *
     * @param scope where; empty for everywhere
     * @param atMost for how long, longer than zero; empty: until released
     * @param reason why, for the audit
     * @return the order as it is kept; its id ends it sooner
     * @throws IllegalArgumentException if {@code atMost} is not longer than zero
     */
    public Order pause(Optional<Scope> scope, Optional<Duration> atMost, String reason) {
        Instant from = now.get();
        return placed(Order.Kind.PAUSE, scope, Optional.empty(), from, atMost.map(from::plus), reason);
    }

    /**
     * Withdraws an order.
     *
     * @param id of the order
     * @return whether there was one
     */
    public boolean release(String id) {
        return journal.withdraw(id);
    }

    /** {@return the orders that have not been withdrawn, those that are over or yet to come included; may be empty} */
    public List<Order> orders() {
        return journal.orders();
    }

    /** {@return the billing instructions that are parked, oldest first; empty if there are none} */
    public List<BillingInstruction> parkedBilling() {
        return journal.parked();
    }

    /**
     * Has a parked billing instruction delivered once more, and those behind it.
     *
     * @param key which instruction
     * @return whether it was parked; if not, nothing is changed
     */
    public boolean deliverAgain(BillingKey key) {
        return journal.release(key, true, "released by an operator");
    }

    /**
     * Takes a parked billing instruction for delivered, for it was done by hand; those behind it are delivered.
     *
     * @param key which instruction
     * @param reason what was done, for people who look at the outbox
     * @return whether it was parked; if not, nothing is changed
     */
    public boolean takeForDelivered(BillingKey key, String reason) {
        return journal.release(key, false, reason);
    }

    private Order placed(
            Order.Kind kind,
            Optional<Scope> scope,
            Optional<VmId> vm,
            Instant from,
            Optional<Instant> until,
            String reason) {
        Order order = new Order(UUID.randomUUID().toString(), kind, scope, vm, from, until, reason);
        journal.place(order);
        return order;
    }
}
