package com.berryfi.vmsync.jdbc;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static com.berryfi.vmsync.testkit.Samples.SCOPE;
import static com.berryfi.vmsync.testkit.Samples.audit;
import static com.berryfi.vmsync.testkit.Samples.inUse;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.BrakeKind;
import com.berryfi.vmsync.model.Budget;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.Spending;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.port.SyncJournal.Settlement;
import com.berryfi.vmsync.testkit.BerryFiSchema;
import com.berryfi.vmsync.testkit.InMemoryBilling;
import com.berryfi.vmsync.testkit.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What survives the end of a process: H2 closes a file when its last connection closes. */
class RestartTest {

    @TempDir
    private Path directory;

    @Test
    void whatWasCommittedAndNotDeliveredIsStillUndelivered() throws SQLException {
        String url = "jdbc:h2:file:" + directory.resolve("host");
        TestDatabase before = TestDatabase.at(url);
        BerryFiSchema.create(before.dataSource());
        VmsyncSchema.create(before.dataSource());
        JdbcHostRows host = new JdbcHostRows(before, ZoneOffset.UTC);
        host.put(inUse("vm-1").vm());
        host.put(inUse("vm-1").session().orElseThrow());
        JdbcSessionStore first = store(before);
        ManagedVm read = first.find(inUse("vm-1").id()).orElseThrow();
        Memory after = new Memory(
                Optional.of(Samples.tracking(read.id(), 1)),
                Optional.of(Samples.metering(read, 2)),
                Optional.of(Samples.identity(read, "uid-1")));
        Order pause = new Order(
                "pause-1", Order.Kind.PAUSE, Optional.empty(), Optional.empty(), NOON, Optional.empty(), "why");
        Spending ended = new Spending(BrakeKind.END, SCOPE, read.id(), NOON);
        BillingInstruction suspend = new BillingInstruction.Suspend(key(read, 1), read.id(), NOON, "found off");
        BillingInstruction resume = new BillingInstruction.Resume(key(read, 2), read.id(), NOON, "found running");
        assertThat(first.commit(List.of(new Change(
                        NOON,
                        read,
                        Transition.NONE,
                        Memory.EMPTY,
                        after,
                        List.of(suspend, resume),
                        List.of(audit(read, "rule-1"))))))
                .containsExactly(new CommitOutcome.Committed());
        first.journal().settle(suspend.key(), Settlement.DELIVERED, "");
        first.journal().recordPass(new Pass(SCOPE, NOON, 1));
        first.journal().place(pause);
        assertThat(first.journal().spend(0, List.of(ended), NOON)).isTrue();

        JdbcSessionStore second = store(TestDatabase.at(url));

        assertThat(second.journal().undelivered(10)).containsExactly(resume);
        assertThat(second.journal().recall(List.of(read))).containsEntry(read.id(), after);
        assertThat(second.journal().lastPass(SCOPE)).contains(new Pass(SCOPE, NOON, 1));
        assertThat(second.journal().orders()).containsExactly(pause);
        assertThat(second.journal().budget(NOON)).isEqualTo(new Budget(1, List.of(ended)));
        assertThat(second.journal().identities()).containsExactly(Samples.identity(read, "uid-1"));
        assertThat(second.journal().history(read.sessionId().orElseThrow())).containsExactly(audit(read, "rule-1"));
    }

    @Test
    void aProcessThatDiesBetweenCommitAndDeliveryLosesNothing() throws IOException, InterruptedException {
        String url = "jdbc:h2:file:" + directory.resolve("host");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-classpath",
                        System.getProperty("java.class.path"),
                        DiesBeforeDelivery.class.getName(),
                        url)
                .inheritIO()
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(DiesBeforeDelivery.STATUS);

        InMemoryBilling billing = new InMemoryBilling();
        Backend next = Backend.next(TestDatabase.at(url), billing);
        assertThat(next.sessionStatus()).isEqualTo("TERMINATED");
        assertThat(billing.applied()).isEmpty();

        assertThat(next.sync.runOnce(SyncKind.QUICK).billingDelivered()).isEqualTo(1);
        next.time.pass(Duration.ofSeconds(30));
        assertThat(next.sync.runOnce(SyncKind.QUICK).billingDelivered()).isZero();
        assertThat(billing.applied()).singleElement().isInstanceOf(BillingInstruction.Stop.class);
    }

    private static JdbcSessionStore store(TestDatabase database) {
        return JdbcSessionStore.builder(database.dataSource(), HostTables.berryFi(ZoneOffset.UTC))
                .build();
    }

    private static BillingKey key(ManagedVm read, long counter) {
        return new BillingKey(read.sessionId().orElseThrow(), counter);
    }
}
