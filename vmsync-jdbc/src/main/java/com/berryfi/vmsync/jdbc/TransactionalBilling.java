package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.UnavailableException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The host's billing, in the same database, carried out in the transaction that changes the rows: both become durable together, or
 * neither does.
 *
 * <p>Called once for each instruction that is committed, for one session in the order of its keys. It may also be called, undone to
 * a savepoint or with the whole transaction, and called again with the same key: so it keeps nothing but through the connection, and
 * needs no idempotency of its own. It neither commits, nor rolls back, nor closes the connection. Rows are locked meanwhile: it should
 * return soon. It must be safe to call from several threads.
 */
@FunctionalInterface
public interface TransactionalBilling {

    /**
     * Applies an instruction.
     *
     * @param connection of the transaction that writes the host's rows, at its place in it
     * @param instruction what to bill, with its key
     * @throws RejectedException if it cannot be applied: the change it belongs to is refused by this message, and no other
     * @throws UnavailableException if it should be tried again later: the change is not written, and decided afresh in the next cycle
     * @throws SQLException if the database refuses a row of it, the change is refused; if it has a lock or fails otherwise, it counts as if
     *     the writing of the host's rows had met it; one that a framework has wrapped is understood as well. Any other exception counts as
     *     a rejection
     */
    void apply(Connection connection, BillingInstruction instruction) throws SQLException;
}
