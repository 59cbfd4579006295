package com.berryfi.vmsync.quickstart;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.jdbc.HostTables;
import com.berryfi.vmsync.jdbc.JdbcClientSecrets;
import com.berryfi.vmsync.jdbc.JdbcSessionStore;
import com.berryfi.vmsync.jdbc.VmsyncSchema;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.report.DriftReport;
import com.berryfi.vmsync.testkit.BerryFiSchema;
import com.berryfi.vmsync.testkit.VirtualTime;
import com.berryfi.vmsync.testkit.arm.ArmFault;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.h2.jdbcx.JdbcConnectionPool;

/** The story: drift is planted, a dry run, a full sync, machines that die while they are used, and what it all came to. */
final class Demo {

    static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
    static final int KILLED = 15;
    static final int KILLED_IN_LAB = 168;
    static final int STOPPED = 18;
    static final int RESTARTED = 21;
    static final int LEFT_ENDING = 24;
    static final int[] LOST_IN_THE_DARK = {27, 171};
    /** The story's minutes are not lived through; nor are the waits between tries. */
    private static final Duration BACKOFF = Duration.ofMillis(10);

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private final PrintStream out;
    private final VirtualTime time = VirtualTime.startingAt(START);
    private final DemoBilling billing = new DemoBilling();
    private final DemoDatabase database;
    private final DemoCloud cloud;
    private final DemoFleet fleet;
    private final DemoPlan plan;
    private final DemoChecks checks;
    private final JdbcSessionStore store;
    private final CloudStatusPort azure;

    private Demo(PrintStream out, DemoDatabase database) {
        this.out = out;
        this.database = database;
        this.cloud = new DemoCloud(time);
        this.fleet = new DemoFleet(database, cloud, START);
        this.plan = new DemoPlan(fleet, database);
        this.checks = new DemoChecks(new Checks(out), database, fleet, billing);
        HostTables tables = HostTables.berryFi(ZoneOffset.UTC);
        this.store = JdbcSessionStore.builder(database.source(), tables).build();
        this.azure = cloud.adapter(JdbcClientSecrets.of(database.source(), tables));
    }

    static boolean run(PrintStream out) throws SQLException {
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:quickstart;DB_CLOSE_DELAY=-1", "sa", "");
        try {
            DemoDatabase database = new DemoDatabase(pool);
            BerryFiSchema.create(pool);
            VmsyncSchema.create(pool);
            Demo demo = new Demo(out, database);
            boolean ok = demo.tell();
            demo.cloud.close();
            database.update("SHUTDOWN");
            return ok;
        } finally {
            pool.dispose();
        }
    }

    private boolean tell() {
        fleet.settle();
        plan.plant();
        title(DemoFleet.SIZE + " VMs in 3 subscriptions under 2 credentials; planted before the first sync");
        plan.print(out);

        title("A dry run: what would be done, and nothing is");
        String before = checks.snapshot();
        try (VmSync dryRun = sync(Map.of("azure.status.sync.mode", "dry-run"))) {
            dryRun.runOnce(SyncKind.FULL);
            report(dryRun.view().preview());
        }
        checks.unchanged(before);

        title("The first full sync");
        VmSync sync = sync(Map.of());
        long calls = cloud.calls();
        sync.runOnce(SyncKind.FULL);
        long first = cloud.calls() - calls;
        long naive = 2L * DemoFleet.SIZE;
        checks.firstFullSync();
        checks.fewCalls(first, naive);

        title("Half a minute later somebody turns machines off under their users");
        time.pass(HALF_A_MINUTE);
        sync.runOnce(SyncKind.QUICK);
        somebodyTurnsMachinesOff();
        time.pass(HALF_A_MINUTE);
        sync.runOnce(SyncKind.QUICK);
        checks.firstQuickSync();
        fleet.machine(RESTARTED).start();
        time.pass(HALF_A_MINUTE);
        sync.runOnce(SyncKind.QUICK);
        checks.secondQuickSync();

        title("Sixteen minutes of the loops, by themselves");
        fleet.machine(DemoPlan.BEGINNING).start();
        fleet.machine(DemoPlan.UPDATING).provisioning("succeeded");
        sync.start();
        time.tick(Duration.ofMinutes(16));
        sync.close();
        checks.atTheEnd();

        brownOut();

        DemoSummary summary = new DemoSummary(out, database, fleet, billing, store.journal());
        summary.printBill(time.instant());
        summary.printAudit();
        out.println();
        out.println("ARM calls of the first full sync, confirmations included: " + first
                + "; a naive loop makes two a VM: " + naive);
        out.println();
        out.println(checks.verdict());
        return checks.allHold();
    }

    /** Azure answers badly for a quarter of an hour, in every way it knows, while machines die and while they do not. */
    private void brownOut() {
        title("A brown-out of the cloud: a quarter of an hour of errors, throttling and empty lists");
        Instant lastGood = time.instant();
        VmSync sync = sync(Map.of());
        sync.runOnce(SyncKind.FULL);
        sync.runOnce(SyncKind.QUICK);
        checks.inStepBefore();
        cloud.subscription(DemoCloud.RENDER).fails(ArmFault.serverError(503));
        cloud.subscription(DemoCloud.STUDIO).fails(ArmFault.throttledByCompute(Duration.ofMinutes(2)));
        cloud.subscription(DemoCloud.LAB).fails(ArmFault.emptyObject());
        for (int number : LOST_IN_THE_DARK) {
            fleet.machine(number).deallocate();
        }
        out.println("  meanwhile deallocated, and nobody can see it: " + DemoFleet.vm(LOST_IN_THE_DARK[0]) + ", "
                + DemoFleet.vm(LOST_IN_THE_DARK[1]));
        sync.start();
        time.tick(Duration.ofMinutes(15));
        checks.inTheDark();

        out.println();
        out.println("  the cloud is well again");
        DemoCloud.ACCOUNTS.forEach(account -> cloud.subscription(account).heal());
        time.tick(Duration.ofMinutes(11));
        sync.close();
        checks.afterTheDark(lastGood);
    }

    private VmSync sync(Map<String, String> settings) {
        return VmSync.builder(store, azure, billing)
                .withBackoff(BACKOFF)
                .withSettings(SyncSettings.from(settings))
                .withClock(time)
                .withScheduler(time)
                .withScopesExecutor(Runnable::run)
                .withJitter(() -> 0)
                .withListener(new CyclePrinter(out, START))
                .build();
    }

    private void somebodyTurnsMachinesOff() {
        fleet.machine(KILLED).deallocate();
        fleet.machine(KILLED_IN_LAB).deallocate();
        fleet.machine(STOPPED).stop();
        fleet.machine(RESTARTED).stop();
        database.update(
                "UPDATE vm_sessions SET status = 'TERMINATING', end_time = ? WHERE id = ?",
                DemoDatabase.utc(time.instant()),
                DemoFleet.session(LEFT_ENDING));
        fleet.machine(LEFT_ENDING).deallocate();
        out.println("  deallocated: " + DemoFleet.vm(KILLED) + ", " + DemoFleet.vm(KILLED_IN_LAB) + "; stopped: "
                + DemoFleet.vm(STOPPED) + ", " + DemoFleet.vm(RESTARTED)
                + " (and started again soon); the host begins to end "
                + DemoFleet.session(LEFT_ENDING) + " and never finishes");
    }

    private void report(SyncReport preview) {
        DriftReport report = DriftReport.of(preview);
        checks.sameNumbers(preview, report);
        DriftFiles files = DriftFiles.write(report, DriftFiles.PLACE);
        out.println();
        out.println("  the drift report is in " + files.html() + " and, for the terminal, in " + files.text());
    }

    private void title(String text) {
        out.println();
        out.println("== " + text);
    }
}
