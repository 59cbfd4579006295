package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.testkit.contract.HostRows;
import com.berryfi.vmsync.testkit.contract.SessionStoreContract;
import java.util.UUID;

/** The whole contract on one table for both, with numbers for keys and statuses; waived is what a row alone cannot be in. */
class OneTableStoreTest extends SessionStoreContract {

    private final TestDatabase database = TestDatabase.at("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    private final HostRows host = Machines.in(database);
    private final SessionStore store = JdbcSessionStore.builder(database.dataSource(), MachineTables.tables())
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
