package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.testkit.Samples;
import java.sql.SQLException;

/** A process that ends a session and dies, without a word, at the moment it should tell the billing. */
final class DiesBeforeDelivery {

    static final int STATUS = 137;

    private DiesBeforeDelivery() {}

    public static void main(String[] args) throws SQLException {
        Backend backend = Backend.first(
                TestDatabase.at(args[0]), instruction -> Runtime.getRuntime().halt(STATUS));
        backend.cloud.put(Samples.SCOPE, Samples.vm(Backend.VM).address(), PowerState.DEALLOCATED);
        backend.sync.runOnce(SyncKind.QUICK);
    }
}
