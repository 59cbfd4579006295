package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.CommitOutcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Carries out row writes and then the host's bills, all of a list or none: what fails is undone to a savepoint, which keeps the
 * transaction's locks.
 */
final class RowWriter {

    private RowWriter() {}

    /**
     * Carries out the writes of several changes, those of the same text in one batch, in the order of their first.
     *
     * @return whether all were carried out; if not, none was, and one of them is to blame
     */
    static boolean together(Connection connection, List<RowWrite> writes, List<HostBill> bills) throws SQLException {
        Savepoint before = connection.setSavepoint();
        boolean all;
        try {
            all = batches(connection, writes);
        } catch (SQLException e) {
            if (!SqlFailures.isOfRow(e)) {
                throw e;
            }
            all = false;
        }
        if (!all || refusal(connection, bills).isPresent()) {
            connection.rollback(before);
            return false;
        }
        return true;
    }

    /** Carries out the writes of one change, one by one, so that a failure names its row. */
    static CommitOutcome alone(Connection connection, List<RowWrite> writes, List<HostBill> bills) throws SQLException {
        Savepoint before = connection.setSavepoint();
        for (RowWrite write : writes) {
            int rows;
            try {
                rows = Statements.update(connection, write.sql(), write.values());
            } catch (SQLException e) {
                if (!SqlFailures.isOfRow(e)) {
                    throw e;
                }
                connection.rollback(before);
                if (write.raced() && SqlFailures.isDuplicate(e)) {
                    return new CommitOutcome.Conflict(write.row());
                }
                return new CommitOutcome.Refused(write.row() + ": " + SqlFailures.describe(e));
            }
            if (rows != 1) {
                connection.rollback(before);
                return new CommitOutcome.Conflict(write.row());
            }
        }
        Optional<CommitOutcome> refusal = refusal(connection, bills);
        if (refusal.isPresent()) {
            connection.rollback(before);
        }
        return refusal.orElseGet(CommitOutcome.Committed::new);
    }

    private static Optional<CommitOutcome> refusal(Connection connection, List<HostBill> bills) throws SQLException {
        for (HostBill bill : bills) {
            Optional<CommitOutcome> refusal = bill.refusedBy(connection);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private static boolean batches(Connection connection, List<RowWrite> writes) throws SQLException {
        Map<String, List<RowWrite>> bySql = new LinkedHashMap<>();
        writes.forEach(write ->
                bySql.computeIfAbsent(write.sql(), sql -> new ArrayList<>()).add(write));
        for (Map.Entry<String, List<RowWrite>> entry : bySql.entrySet()) {
            try (PreparedStatement statement = connection.prepareStatement(entry.getKey())) {
                for (RowWrite write : entry.getValue()) {
                    Statements.bind(statement, write.values());
                    statement.addBatch();
                }
                for (int count : statement.executeBatch()) {
                    // A driver that rewrites batches may not know the counts; the rows are locked, so trust it then.
                    if (count != 1 && count != Statement.SUCCESS_NO_INFO) {
                        return false;
                    }
                }
            }
        }
        return true;
    }
}
