package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.testkit.contract.HostRows;
import com.berryfi.vmsync.testkit.contract.SessionStoreContract;
import java.time.ZoneId;
import org.junit.jupiter.api.AutoClose;

@OnEachDatabase
class JdbcSessionStoreInAnotherZoneTest extends SessionStoreContract {

    private static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");

    @AutoClose
    private final TestDatabase database;

    private final HostRows host;
    private final SessionStore store;

    JdbcSessionStoreInAnotherZoneTest(Connecting on) {
        database = on.filled();
        host = new JdbcHostRows(database, ZONE);
        store = JdbcSessionStore.builder(database.dataSource(), HostTables.berryFi(ZONE))
                .build();
    }

    @Override
    protected SessionStore store() {
        return store;
    }

    @Override
    protected HostRows host() {
        return host;
    }
}
