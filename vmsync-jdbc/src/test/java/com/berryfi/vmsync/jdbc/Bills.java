package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.SessionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A host that bills in a table of its own: a row for each instruction. */
final class Bills {

    private final UnitOfWork transactions;

    private Bills(UnitOfWork transactions) {
        this.transactions = transactions;
    }

    /** Makes the table. */
    static Bills in(TestDatabase database) {
        database.run("CREATE TABLE IF NOT EXISTS bills (session_id VARCHAR(255), counter BIGINT, kind VARCHAR(32),"
                + " seconds BIGINT, PRIMARY KEY (session_id, counter))");
        return new Bills(UnitOfWork.of(database.dataSource()));
    }

    /** Books in the transaction that it is given; nothing guards against a second time but the table's key. */
    void book(Connection connection, BillingInstruction instruction) throws SQLException {
        TestDatabase.run(
                connection,
                "INSERT INTO bills VALUES (?, ?, ?, ?)",
                instruction.session().value(),
                instruction.key().counter(),
                instruction.getClass().getSimpleName(),
                instruction instanceof BillingInstruction.Stop stop
                        ? stop.total().toSeconds()
                        : null);
    }

    /** Books in a transaction of its own, and ignores a key that it knows. */
    void deliver(BillingInstruction instruction) {
        try {
            transactions.run("booking", connection -> {
                if (booked(connection).stream().noneMatch(bill -> bill.startsWith(instruction.key() + " "))) {
                    book(connection, instruction);
                }
                return instruction;
            });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What was booked: key and kind. */
    List<String> booked() {
        try {
            return transactions.run("reading the books", Bills::booked);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> booked(Connection connection) throws SQLException {
        return Statements.query(
                connection,
                "SELECT * FROM bills ORDER BY session_id, counter",
                List.of(),
                row -> new BillingKey(new SessionId(row.getString("session_id")), row.getLong("counter")) + " "
                        + row.getString("kind"));
    }
}
