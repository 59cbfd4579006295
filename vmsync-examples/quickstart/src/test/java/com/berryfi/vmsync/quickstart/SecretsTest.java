package com.berryfi.vmsync.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.azure.AzureCloudStatus;
import com.berryfi.vmsync.event.BadRow;
import com.berryfi.vmsync.event.BillingParked;
import com.berryfi.vmsync.event.Correction;
import com.berryfi.vmsync.event.CycleEnded;
import com.berryfi.vmsync.event.SyncListener;
import com.berryfi.vmsync.event.UnreadableScope;
import com.berryfi.vmsync.jdbc.HostTables;
import com.berryfi.vmsync.jdbc.JdbcClientSecrets;
import com.berryfi.vmsync.jdbc.JdbcSessionStore;
import com.berryfi.vmsync.jdbc.VmsyncSchema;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.ClientSecret;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.testkit.BerryFiSchema;
import com.berryfi.vmsync.testkit.VirtualTime;
import com.berryfi.vmsync.testkit.arm.ArmFault;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything that is logged, thrown, reported, stored or printed, on good days and bad ones, scanned for every secret there is. */
class SecretsTest {

    /** Of the two credentials, the wrong one that is put in their place, and of their tokens. */
    private static final List<String> SECRETS = List.of("demo-secret", "another-secret", "token-of-");

    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final PrintStream realErr = System.err;
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void listenToTheLogs() {
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void giveTheLogsBack() {
        System.setErr(realErr);
    }

    @Test
    void noSecretIsInAnyLogMessageOrToString() throws SQLException {
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:secrets;DB_CLOSE_DELAY=-1", "sa", "");
        VirtualTime time = VirtualTime.startingAt(Demo.START);
        DemoDatabase database = new DemoDatabase(pool);
        BerryFiSchema.create(pool);
        VmsyncSchema.create(pool);
        try (DemoCloud cloud = new DemoCloud(time)) {
            DemoFleet fleet = new DemoFleet(database, cloud, Demo.START);
            for (int number : new int[] {3, 6, 9, 165, 168}) {
                fleet.inUse(number);
            }
            sync(pool, cloud, time, database, fleet);
        }
        List<String> stored = List.of(
                database.texts("SELECT CONCAT_WS('|', because, effects) FROM vmsync_audit")
                        .toString(),
                database.texts("SELECT verdict FROM vmsync_tracking").toString(),
                database.texts("SELECT payload FROM vmsync_outbox").toString(),
                database.texts("SELECT CONCAT_WS('|', state, note) FROM vmsync_delivery")
                        .toString());
        database.update("SHUTDOWN");
        pool.dispose();

        String logs = logged.toString(StandardCharsets.UTF_8);
        assertThat(logs)
                .as("the scan sees the logs")
                .contains("corrected: VM vm-003")
                .contains("AADSTS7000215");
        assertThat(stored.toString()).as("the scan sees what is stored").contains("VM deallocated in Azure");
        assertThat(told).as("the scan sees what is told").hasSizeGreaterThan(20);
        for (String secret : SECRETS) {
            assertThat(told).noneMatch(text -> text.contains(secret));
            assertThat(stored).noneMatch(text -> text.contains(secret));
            assertThat(logs).doesNotContain(secret);
        }
    }

    private void sync(DataSource pool, DemoCloud cloud, VirtualTime time, DemoDatabase database, DemoFleet fleet) {
        HostTables tables = HostTables.berryFi(ZoneOffset.UTC);
        JdbcSessionStore store = JdbcSessionStore.builder(pool, tables).build();
        JdbcClientSecrets secrets = JdbcClientSecrets.of(pool, tables);
        AzureCloudStatus azure = cloud.adapter(secrets);
        VmSync sync = VmSync.builder(store, azure, instruction -> {
                    throw new RejectedException("the billing does not know " + instruction.session());
                })
                .withClock(time)
                .withScheduler(time)
                .withScopesExecutor(Runnable::run)
                .withListener(new Everything())
                .build();
        Scope lab = store.find(new VmId("vm-168")).orElseThrow().vm().scope();
        Stream.<Object>of(
                        sync, store, azure, secrets, tables, lab, secrets.secretOf(lab), ClientSecret.of("demo-secret"))
                .map(String::valueOf)
                .forEach(told::add);
        sync.runOnce(SyncKind.FULL);

        fleet.machine(3).deallocate();
        time.pass(Duration.ofSeconds(30));
        sync.runOnce(SyncKind.QUICK);

        for (ArmFault fault : List.of(
                ArmFault.unauthorized(),
                ArmFault.forbidden(),
                ArmFault.badGateway(),
                ArmFault.garbage(),
                ArmFault.cutMidBody())) {
            fleet.subscription(6).fails(fault);
            time.pass(Duration.ofSeconds(30));
            sync.runOnce(SyncKind.QUICK);
            told.add(sync.actualStatus(new VmId("vm-006")).toString());
            fleet.subscription(6).heal();
        }

        database.update(
                "UPDATE vm_instances SET azure_client_secret = 'another-secret' WHERE azure_client_id = ?",
                DemoCloud.LAB.clientId());
        time.pass(Duration.ofSeconds(30));
        told.add(sync.runOnce(SyncKind.FULL).toString());
        database.update("UPDATE vm_instances SET azure_client_secret = 'demo-secret-other' WHERE id = 'vm-168'");
        told.add(sync.actualStatus(new VmId("vm-168")).toString());
        database.update(
                "UPDATE vm_instances SET azure_client_secret = NULL WHERE azure_client_id = ?",
                DemoCloud.LAB.clientId());
        told.add(sync.actualStatus(new VmId("vm-168")).toString());
        database.update("DROP TABLE vmsync_audit");
        fleet.machine(9).deallocate();
        time.pass(Duration.ofSeconds(30));
        told.add(sync.runOnce(SyncKind.QUICK).toString());
        VmsyncSchema.create(pool);
        database.update("ALTER TABLE vm_instances RENAME COLUMN azure_client_secret TO hidden");
        try {
            JdbcSessionStore.builder(pool, tables).build();
        } catch (RejectedException e) {
            told.add(e.toString());
        }
        told.add(sync.actualStatus(new VmId("vm-165")).toString());
    }

    /** Hears all there is to hear. */
    private final class Everything implements SyncListener {
        @Override
        public void onCorrection(Correction event) {
            told.add(event.toString());
        }

        @Override
        public void onBadRow(BadRow event) {
            told.add(event.toString());
        }

        @Override
        public void onUnreadableScope(UnreadableScope event) {
            told.add(event.toString());
        }

        @Override
        public void onCycle(CycleEnded event) {
            told.add(event.toString());
        }

        @Override
        public void onBillingParked(BillingParked event) {
            told.add(event.toString());
        }
    }
}
