package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.port.BillingPort;
import com.berryfi.vmsync.testkit.BerryFiSchema;
import com.berryfi.vmsync.testkit.InMemoryCloud;
import com.berryfi.vmsync.testkit.Samples;
import com.berryfi.vmsync.testkit.VirtualTime;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A process of a backend whose rows live in a database; its one VM is used for an hour. */
final class Backend {

    static final String VM = "vm-1";
    static final String SESSION = "s-vm-1";

    final TestDatabase database;
    final JdbcHostRows host;
    final InMemoryCloud cloud = new InMemoryCloud();
    final VirtualTime time;
    final JdbcSessionStore store;
    final VmSync sync;

    private Backend(
            TestDatabase database,
            VirtualTime time,
            BillingPort billing,
            UnaryOperator<JdbcSessionStore.Builder> with) {
        this.database = database;
        this.time = time;
        this.host = new JdbcHostRows(database, ZoneOffset.UTC);
        this.store = with.apply(JdbcSessionStore.builder(database.dataSource(), HostTables.berryFi(ZoneOffset.UTC)))
                .build();
        this.sync = VmSync.builder(store, cloud, billing)
                .withSettings(SyncSettings.from(Map.of("azure.status.sync.retry.attempts", "1")))
                .withClock(time)
                .withScheduler(time)
                .withScopesExecutor(Runnable::run)
                .build();
    }

    /** The first process on an empty database: it makes the tables and the rows. */
    static Backend first(TestDatabase database, BillingPort billing) throws SQLException {
        return first(database, billing, UnaryOperator.identity());
    }

    /** The same, with a store of its own kind. */
    static Backend first(TestDatabase database, BillingPort billing, UnaryOperator<JdbcSessionStore.Builder> with)
            throws SQLException {
        BerryFiSchema.create(database.dataSource());
        VmsyncSchema.create(database.dataSource());
        Backend backend = next(database, billing, with);
        backend.host.put(Samples.vm(VM));
        backend.host.put(Samples.session(VM));
        return backend;
    }

    /** A process on a database that is there. */
    static Backend next(TestDatabase database, BillingPort billing) {
        return next(database, billing, UnaryOperator.identity());
    }

    /** The same, with a store of its own kind. */
    static Backend next(TestDatabase database, BillingPort billing, UnaryOperator<JdbcSessionStore.Builder> with) {
        return new Backend(database, VirtualTime.startingAt(Samples.NOON), billing, with);
    }

    String sessionStatus() {
        return String.valueOf(database.text("SELECT status FROM vm_sessions WHERE id = ?", SESSION));
    }
}
