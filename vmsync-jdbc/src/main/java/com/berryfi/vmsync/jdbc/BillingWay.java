package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.SessionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How instructions reach the host's billing. All are written to the outbox; there they are queued to be delivered later, or left to a
 * reader of the host's, or applied in the same transaction. Stateless.
 */
final class BillingWay {

    /** Queued for the {@code BillingPort}. */
    static final BillingWay DELIVERED = new BillingWay(true, Optional.empty());

    /** Left to whoever reads the outbox. */
    static final BillingWay PUBLISHED = new BillingWay(false, Optional.empty());

    private final boolean queueing;
    private final Optional<TransactionalBilling> inTransaction;

    private BillingWay(boolean queueing, Optional<TransactionalBilling> inTransaction) {
        this.queueing = queueing;
        this.inTransaction = inTransaction;
    }

    static BillingWay inTransaction(TransactionalBilling billing) {
        return new BillingWay(false, Optional.of(billing));
    }

    /** Which way it is. */
    String words() {
        if (inTransaction.isPresent()) {
            return "in the transaction";
        }
        return queueing ? "through the outbox" : "published";
    }

    /** The sessions whose instructions are queued in any case; asked once a transaction. */
    Staged staged(Connection connection, Collection<BillingInstruction> billing) throws SQLException {
        if (inTransaction.isEmpty() || billing.isEmpty()) {
            return new Staged(Set.of());
        }
        // What was staged before the host went over to its transactions, or is parked, comes first: the rest queues up
        // behind it.
        return new Staged(DeliveryTable.waiting(
                connection,
                billing.stream().map(BillingInstruction::session).distinct().toList()));
    }

    /** Which instructions are queued. */
    final class Staged {

        private final Set<SessionId> waiting;

        private Staged(Set<SessionId> waiting) {
            this.waiting = waiting;
        }

        /** The rows of the outbox, in any case, and of the queue. */
        List<RowWrite> writes(List<BillingInstruction> billing, Instant at) {
            List<RowWrite> writes = new ArrayList<>();
            for (BillingInstruction instruction : billing) {
                String id = OutboxTable.id(instruction.key());
                writes.add(OutboxTable.write(instruction, id, at));
                if (isQueued(instruction)) {
                    writes.add(DeliveryTable.write(instruction.key(), id));
                }
            }
            return writes;
        }

        /** Of these, what is applied in the transaction. */
        List<HostBill> bills(List<BillingInstruction> billing) {
            return inTransaction.stream()
                    .flatMap(host -> billing.stream()
                            .filter(instruction -> !isQueued(instruction))
                            .map(instruction -> new HostBill(host, instruction)))
                    .toList();
        }

        private boolean isQueued(BillingInstruction instruction) {
            return queueing || waiting.contains(instruction.session());
        }
    }
}
