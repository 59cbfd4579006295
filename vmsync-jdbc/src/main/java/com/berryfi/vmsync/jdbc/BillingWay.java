package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.port.SyncJournal.Settlement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How instructions reach the host's billing: staged in the outbox and delivered later, or applied in the same transaction. Stateless.
 */
final class BillingWay {

    /** Through the outbox. */
    static final BillingWay OUTBOX = new BillingWay(Optional.empty());

    private final Optional<TransactionalBilling> inTransaction;

    private BillingWay(Optional<TransactionalBilling> inTransaction) {
        this.inTransaction = inTransaction;
    }

    static BillingWay inTransaction(TransactionalBilling billing) {
        return new BillingWay(Optional.of(billing));
    }

    /** The sessions that go through the outbox; asked once a transaction. */
    Staged staged(Connection connection, Collection<BillingInstruction> billing) throws SQLException {
        if (inTransaction.isEmpty() || billing.isEmpty()) {
            return new Staged(Set.of());
        }
        // What was staged before the host went over to its transactions, or is parked, comes first: the rest queues up
        // behind it.
        return new Staged(BillingTable.waiting(
                connection,
                billing.stream().map(BillingInstruction::session).distinct().toList()));
    }

    /** Which sessions' instructions are staged, though others are applied in the transaction. */
    final class Staged {

        private final Set<SessionId> waiting;

        private Staged(Set<SessionId> waiting) {
            this.waiting = waiting;
        }

        /** The rows of the outbox, in any case: what is applied in the transaction is written down as delivered. */
        List<RowWrite> writes(List<BillingInstruction> billing, Instant at) {
            return billing.stream()
                    .map(instruction -> BillingTable.write(
                            instruction,
                            at,
                            isApplied(instruction) ? Settlement.DELIVERED.name() : BillingTable.STAGED))
                    .toList();
        }

        /** Of these, what is applied in the transaction. */
        List<HostBill> bills(List<BillingInstruction> billing) {
            return inTransaction.stream()
                    .flatMap(host -> billing.stream()
                            .filter(this::isApplied)
                            .map(instruction -> new HostBill(host, instruction)))
                    .toList();
        }

        private boolean isApplied(BillingInstruction instruction) {
            return inTransaction.isPresent() && !waiting.contains(instruction.session());
        }
    }
}
