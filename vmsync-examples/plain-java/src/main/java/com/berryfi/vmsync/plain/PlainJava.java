package com.berryfi.vmsync.plain;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.event.CycleEnded;
import com.berryfi.vmsync.event.SyncListener;
import com.berryfi.vmsync.jdbc.HostTables;
import com.berryfi.vmsync.jdbc.JdbcSessionStore;
import com.berryfi.vmsync.jdbc.VmsyncSchema;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.port.BillingPort;
import com.berryfi.vmsync.report.DriftReport;
import com.berryfi.vmsync.testkit.BerryFiSchema;
import com.berryfi.vmsync.testkit.InMemoryCloud;
import com.berryfi.vmsync.testkit.VirtualTime;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.h2.jdbcx.JdbcConnectionPool;

/** A backend in one file: its tables, its billing, and vmsync over both. */
public final class PlainJava {

    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

    private final PrintStream out;
    private final VirtualTime time = VirtualTime.startingAt(START);
    private final InMemoryCloud cloud = new InMemoryCloud();
    private final Rows rows;
    private final JdbcSessionStore store;
    private final Map<BillingKey, Duration> charged = new LinkedHashMap<>();

    private PlainJava(PrintStream out, JdbcConnectionPool database) {
        this.out = out;
        this.rows = new Rows(database, cloud, START);
        this.store = JdbcSessionStore.builder(database, HostTables.berryFi(ZoneOffset.UTC))
                .build();
    }

    public static void main(String[] args) throws SQLException {
        run(System.out);
    }

    static void run(PrintStream out) throws SQLException {
        JdbcConnectionPool database = JdbcConnectionPool.create("jdbc:h2:mem:plain", "sa", "");
        // An embedded database lasts as long as one connection is open.
        try (var open = database.getConnection()) {
            BerryFiSchema.create(open);
            VmsyncSchema.create(database);
            new PlainJava(out, database).tell();
        } finally {
            database.dispose();
        }
    }

    private void tell() {
        rows.put("vm-1", "RUNNING", PowerState.RUNNING);
        rows.use("vm-1", Duration.ofMinutes(20));
        rows.put("vm-2", "STOPPED", PowerState.RUNNING);
        rows.put("vm-3", "RUNNING", PowerState.DEALLOCATED);
        rows.print(out);

        out.println("\n== A dry run: what would be done, and nothing is");
        try (VmSync sync = sync("dry-run")) {
            sync.runOnce(SyncKind.FULL);
            out.print("\n" + DriftReport.of(sync.view().preview()).toText());
        }
        rows.print(out);

        out.println("\n== The same with leave to act");
        try (VmSync sync = sync("act")) {
            sync.runOnce(SyncKind.FULL);
            sync.runOnce(SyncKind.QUICK);
        }
        rows.print(out);

        out.println("\n== Somebody deallocates vm-1 under its user; the loops run, every 30 s and every 5 min");
        try (VmSync sync = sync("act")) {
            sync.start();
            time.tick(Duration.ofMinutes(1));
            cloud.deallocate(Rows.SCOPE, Rows.address("vm-1"));
            time.tick(Duration.ofMinutes(1));
        }
        rows.print(out);
        charged.forEach(
                (key, duration) -> out.println("charged: " + key.session() + " " + duration.toSeconds() + " s"));
    }

    /** A real program leaves all out that is about time. */
    private VmSync sync(String mode) {
        return VmSync.builder(store, cloud, billing())
                .withSettings(SyncSettings.from(Map.of("azure.status.sync.mode", mode)))
                .withListener(printing())
                .withClock(time)
                .withScheduler(time)
                .withScopesExecutor(Runnable::run)
                .withJitter(() -> 0)
                .build();
    }

    /** Bills once, at the end; an instruction may come twice, its key tells. */
    private BillingPort billing() {
        return instruction -> {
            if (instruction instanceof BillingInstruction.Stop stop) {
                charged.putIfAbsent(stop.key(), stop.total());
            }
        };
    }

    private SyncListener printing() {
        return new SyncListener() {
            @Override
            public void onCycle(CycleEnded event) {
                event.report().outcomes().forEach(PlainJava.this::print);
            }
        };
    }

    private void print(VmOutcome outcome) {
        out.println("+" + Duration.between(START, time.instant()).toSeconds() + " s "
                + outcome.before().id() + ": believed "
                + outcome.before().vm().believed() + ", found "
                + outcome.evidence().observation() + ", "
                + outcome.decision().rule() + ": " + outcome.result() + " "
                + outcome.decision().effects());
    }
}
