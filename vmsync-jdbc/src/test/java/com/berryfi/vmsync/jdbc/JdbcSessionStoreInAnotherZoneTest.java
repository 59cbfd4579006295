package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.testkit.contract.HostRows;
import com.berryfi.vmsync.testkit.contract.SessionStoreContract;
import java.time.ZoneId;

class JdbcSessionStoreInAnotherZoneTest extends SessionStoreContract {

    private static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");

    private final TestDatabase database = TestDatabase.create();
    private final HostRows host = new JdbcHostRows(database, ZONE);
    private final SessionStore store = JdbcSessionStore.builder(database.dataSource(), HostTables.berryFi(ZONE))
            .build();

    @Override
    protected SessionStore store() {
        return store;
    }

    @Override
    protected HostRows host() {
        return host;
    }
}
