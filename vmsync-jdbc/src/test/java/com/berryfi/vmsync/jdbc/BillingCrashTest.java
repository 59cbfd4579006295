package com.berryfi.vmsync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.testkit.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that dies with a bill in its transaction. */
class BillingCrashTest {

    @Test
    void aProcessThatDiesBetweenTheBillAndTheCommitLeavesNeither(@TempDir Path directory)
            throws IOException, InterruptedException {
        String url = "jdbc:h2:file:" + directory.resolve("host");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-classpath",
                        System.getProperty("java.class.path"),
                        DiesBeforeCommit.class.getName(),
                        url)
                .inheritIO()
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(DiesBeforeCommit.STATUS);

        TestDatabase database = TestDatabase.at(url);
        Bills bills = Bills.in(database);
        Backend next = Backend.next(database, bills::deliver, builder -> builder.withBillingInTransaction(bills::book));
        assertThat(next.sessionStatus()).isEqualTo("ACTIVE");
        assertThat(bills.booked()).isEmpty();
        assertThat(database.text("SELECT COUNT(*) FROM vmsync_billing")).isEqualTo("0");

        next.cloud.put(Samples.SCOPE, Samples.vm(Backend.VM).address(), PowerState.DEALLOCATED);
        for (int i = 0; i < 2; i++) {
            next.sync.runOnce(SyncKind.QUICK);
            next.time.pass(Duration.ofSeconds(30));
        }
        assertThat(next.sessionStatus()).isEqualTo("TERMINATED");
        assertThat(bills.booked()).containsExactly("s-vm-1#1 Stop");
    }
}
