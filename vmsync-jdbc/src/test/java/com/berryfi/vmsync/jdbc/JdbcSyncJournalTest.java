package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.testkit.contract.HostRows;
import com.berryfi.vmsync.testkit.contract.SyncJournalContract;
import java.time.ZoneId;

class JdbcSyncJournalTest extends SyncJournalContract {

    private static final ZoneId ZONE = ZoneId.of("UTC");

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
