package com.berryfi.vmsync.jdbc;

import static com.berryfi.vmsync.testkit.Samples.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.VmOutcome.Result;
import com.berryfi.vmsync.testkit.InMemoryBilling;
import com.berryfi.vmsync.testkit.Samples;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The shell over a real database: a host that writes at the same time. */
@OnEachDatabase
class WholeSyncTest {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
    private static final CloudAddress ADDRESS = Samples.vm(Backend.VM).address();

    private final InMemoryBilling billing = new InMemoryBilling();

    @AutoClose
    private final TestDatabase database;

    WholeSyncTest(Connecting on) {
        database = on.empty();
    }

    @Test
    void aHostThatTouchesItsRowsAllTheTimeIsStillSynchronised() throws SQLException {
        Backend backend = Backend.first(database, billing);
        backend.cloud.beforeEachRead(request -> touch(backend));
        backend.cloud.put(SCOPE, ADDRESS, PowerState.RUNNING);
        backend.sync.runOnce(SyncKind.QUICK);
        backend.cloud.stop(SCOPE, ADDRESS);

        backend.time.pass(HALF_A_MINUTE);
        backend.sync.runOnce(SyncKind.QUICK);
        backend.time.pass(HALF_A_MINUTE);
        backend.sync.runOnce(SyncKind.QUICK);

        assertThat(backend.sessionStatus()).isEqualTo("TERMINATED");
        assertThat(billing.applied()).last().isInstanceOf(BillingInstruction.Stop.class);
    }

    private static void touch(Backend backend) {
        LocalDateTime now = LocalDateTime.of(2026, 11, 1, 12, 0)
                .plusNanos(backend.cloud.requests().size() * 1_000L);
        assertThat(backend.database.run("UPDATE vm_instances SET updated_at = ?", now))
                .isEqualTo(1);
        assertThat(backend.database.run("UPDATE vm_sessions SET last_heartbeat = ?, updated_at = ?", now, now))
                .isEqualTo(1);
    }

    @Test
    void aHostThatEndsTheSessionBetweenReadAndWriteWins() throws SQLException {
        Backend backend = Backend.first(database, billing);
        backend.cloud.put(SCOPE, ADDRESS, PowerState.DEALLOCATED);
        backend.cloud.beforeEachRead(request -> {
            if (request.kind() == ReadKind.DIRECT) {
                backend.database.run("UPDATE vm_sessions SET status = 'COMPLETED', credits_used = 7");
            }
        });

        SyncReport report = backend.sync.runOnce(SyncKind.QUICK);

        assertThat(report.count(Result.LOST_RACE)).isEqualTo(1);
        assertThat(backend.sessionStatus()).isEqualTo("COMPLETED");
        assertThat(backend.store.journal().undelivered(10)).isEmpty();
        assertThat(billing.applied()).isEmpty();
    }
}
