package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.UnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * An instruction that the host's billing applies in the transaction.
 *
 * @param host its billing
 * @param instruction what is applied
 */
record HostBill(TransactionalBilling host, BillingInstruction instruction) {

    /**
     * Applies it.
     *
     * @return why its change is not to be written; empty if it was applied
     * @throws SQLException if the database fails, and not a row
     */
    Optional<CommitOutcome> refusedBy(Connection connection) throws SQLException {
        try {
            host.apply(connection, instruction);
            return Optional.empty();
        } catch (SQLException e) {
            return refusedRow(e);
        } catch (RejectedException e) {
            return refused(String.valueOf(e.getMessage()));
        } catch (UnavailableException e) {
            return Optional.of(new CommitOutcome.Conflict(name() + " is to be tried again: " + e.getMessage()));
        } catch (RuntimeException e) {
            Optional<SQLException> wrapped = SqlFailures.causeOf(e);
            return wrapped.isPresent()
                    ? refusedRow(wrapped.get())
                    : refused("threw " + e.getClass().getName());
        }
    }

    private Optional<CommitOutcome> refusedRow(SQLException failure) throws SQLException {
        if (!SqlFailures.isOfRow(failure)) {
            throw failure;
        }
        return refused(SqlFailures.describe(failure));
    }

    private Optional<CommitOutcome> refused(String why) {
        return Optional.of(new CommitOutcome.Refused(name() + ": " + why));
    }

    private String name() {
        return "the host's billing of " + instruction.key();
    }
}
