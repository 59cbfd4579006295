package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.testkit.Samples;
import java.sql.SQLException;

/** A process that ends a session, bills it in the same transaction and dies, without a word, before that is committed. */
final class DiesBeforeCommit {

    static final int STATUS = 138;

    private DiesBeforeCommit() {}

    public static void main(String[] args) throws SQLException {
        TestDatabase database = TestDatabase.at(args[0]);
        Bills bills = Bills.in(database);
        Backend backend = Backend.first(
                database,
                bills::deliver,
                builder -> builder.withBillingInTransaction((connection, instruction) -> {
                    bills.book(connection, instruction);
                    Runtime.getRuntime().halt(STATUS);
                }));
        backend.cloud.put(Samples.SCOPE, Samples.vm(Backend.VM).address(), PowerState.DEALLOCATED);
        backend.sync.runOnce(SyncKind.QUICK);
    }
}
