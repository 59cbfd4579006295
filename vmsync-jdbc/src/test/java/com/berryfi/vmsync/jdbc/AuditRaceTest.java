package com.berryfi.vmsync.jdbc;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.testkit.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Several write, verify and delete the audit at the same time. */
@OnEachDatabase
class AuditRaceTest {

    @AutoClose
    private final TestDatabase database;

    private final Audited audited;
    private final ManagedVm vm;

    AuditRaceTest(Connecting on) {
        database = on.filled();
        audited = new Audited(database);
        vm = audited.inUse("vm-1");
    }

    @Test
    void whoeverAppendsTheFirstLinkSecondHasAConflictAndNobodyElse() {
        ManagedVm second = audited.inUse("vm-2");
        JdbcSessionStore slow = Audited.store(Between.of(
                database.dataSource(),
                "INSERT INTO vmsync_audit_chain",
                () -> assertThat(audited.store().journal().amend(Audited.amendment(vm, Samples.audit(vm, "theirs"))))
                        .isEqualTo(new CommitOutcome.Committed())));

        assertThat(slow.commit(List.of(
                        Audited.change(vm, Samples.audit(vm, "ours")),
                        Audited.change(second, Samples.audit(second, "ours")))))
                .containsExactly(
                        new CommitOutcome.Conflict("vmsync_audit_chain session/s-vm-1"), new CommitOutcome.Committed());

        assertThat(audited.audit().verifyAll()).isEqualTo(new AuditReport(2, 2, 0, List.of()));
        assertThat(audited.store().journal().history(new SessionId("s-vm-1")))
                .extracting(AuditRecord::rule)
                .containsExactly("theirs");
    }

    @Test
    void whoeverHasReadAHeadThatHasMovedSinceHasAConflict() {
        audited.append(vm, 2);
        ChainHead now = read("session/s-vm-1");
        for (ChainHead stale : List.of(
                new ChainHead(now.chain(), 1, now.head(), 1, ""), new ChainHead(now.chain(), 2, "other", 1, ""))) {
            RowWrite write = ChainTable.write(Optional.of(stale), stale.followedBy("next"));

            assertThat(Transactions.of(database.dataSource())
                            .<CommitOutcome>run(
                                    "writing", connection -> RowWriter.alone(connection, List.of(write), List.of())))
                    .isEqualTo(new CommitOutcome.Conflict("vmsync_audit_chain session/s-vm-1"));
        }
        assertThat(read("session/s-vm-1")).isEqualTo(now);
    }

    @Test
    void whoeverCommitsAndAmendsAtTheSameTimeWritesOneChain() throws Exception {
        int each = 25;
        JdbcSessionStore another = Audited.store(database.dataSource());
        List<IntFunction<CommitOutcome>> replicas = List.of(
                i -> audited.store()
                        .commit(List.of(Audited.change(vm, Samples.audit(vm, "commit-" + i))))
                        .get(0),
                i -> another.journal()
                        .amend(Audited.amendment(vm, Samples.audit(vm, "amend-" + i), Samples.audit(vm, "and-" + i))));
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (IntFunction<CommitOutcome> replica : replicas) {
            running.add(CompletableFuture.runAsync(() -> {
                for (int i = 0; i < each; ) {
                    CommitOutcome outcome = replica.apply(i);
                    assertThat(outcome).isNotInstanceOf(CommitOutcome.Refused.class);
                    i += outcome instanceof CommitOutcome.Committed ? 1 : 0;
                }
            }));
        }
        while (!running.stream().allMatch(CompletableFuture::isDone)) {
            assertThat(audited.faults()).as("while they write").isEmpty();
        }
        for (CompletableFuture<Void> replica : running) {
            replica.get(60, TimeUnit.SECONDS);
        }

        assertThat(audited.audit().verifyAll()).isEqualTo(new AuditReport(1, 3L * each, 0, List.of()));
        assertThat(audited.store().journal().history(new SessionId("s-vm-1"))).hasSize(3 * each);
    }

    @Test
    void whatIsAppendedWhileAChainIsVerifiedIsNoFault() {
        audited.append(vm, 2);
        JdbcAudit watched = JdbcAudit.of(
                Between.of(database.dataSource(), "SELECT " + AuditTable.COLUMNS, () -> audited.append(vm, 1)));

        assertThat(Audited.faults(watched.verifyAll())).isEmpty();
        assertThat(audited.audit().verifyAll().links()).isEqualTo(3);
    }

    @Test
    void whatExpiresWhileAChainIsVerifiedIsNoFault() {
        audited.append(vm, 3);
        JdbcAudit watched = JdbcAudit.of(Between.of(
                database.dataSource(),
                "SELECT " + AuditTable.COLUMNS,
                () -> audited.audit().expire(NOON.plusSeconds(1))));

        assertThat(Audited.faults(watched.verify(new SessionId("s-vm-1")))).isEmpty();
        assertThat(audited.audit().verifyAll().links()).isEqualTo(2);
    }

    private ChainHead read(String chain) {
        return Transactions.of(database.dataSource())
                .run("reading", connection -> ChainTable.one(connection, chain, false))
                .orElseThrow();
    }
}
