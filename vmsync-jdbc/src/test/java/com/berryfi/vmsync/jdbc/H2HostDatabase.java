package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.testkit.contract.HostRows;
import com.berryfi.vmsync.testkit.simulation.world.HostDatabase;
import java.time.ZoneOffset;
import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;

/** The database of a simulated world, as an H2 with BerryFi's tables and the real store over it. */
final class H2HostDatabase implements HostDatabase {

    private final TestDatabase database = pooled();
    private final HostRows rows = new JdbcHostRows(database, ZoneOffset.UTC);
    private final SessionStore store = JdbcSessionStore.builder(
                    database.dataSource(), HostTables.berryFi(ZoneOffset.UTC))
            .build();

    @Override
    public SessionStore store() {
        return store;
    }

    @Override
    public HostRows rows() {
        return rows;
    }

    /** Nothing is left of it. */
    @Override
    public void close() {
        database.drop();
    }

    private static TestDatabase pooled() {
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=200;QUERY_CACHE_SIZE=128";
        return new TestDatabase(TestServer.H2, url, JdbcConnectionPool.create(url, "", ""), closed -> {}).fill();
    }
}
