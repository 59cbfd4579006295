package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.testkit.contract.HostRows;
import com.berryfi.vmsync.testkit.contract.SessionStoreContract;
import java.time.ZoneId;
import org.junit.jupiter.api.AutoClose;

@OnEachConnection
class JdbcSessionStoreTest extends SessionStoreContract {

    private static final ZoneId ZONE = ZoneId.of("UTC");

    @AutoClose
    private final TestDatabase database;

    private final HostRows host;
    private final SessionStore store;

    JdbcSessionStoreTest(Connecting on) {
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
