package com.berryfi.vmsync.jdbc;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static com.berryfi.vmsync.testkit.Samples.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.Amendment;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.testkit.Samples;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for a host that bills in its own tables, whether through the outbox or in the transaction of the change. */
@ParameterizedClass
@MethodSource("everywhere")
class BillingWaysTest {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    /** How instructions reach the bills. */
    enum Way {
        OUTBOX,
        IN_TRANSACTION
    }

    private final Way way;

    @AutoClose
    private final TestDatabase database;

    private final Bills bills;
    private boolean refusing;
    private final Backend backend;

    BillingWaysTest(Connecting on, Way way) throws SQLException {
        this.way = way;
        this.database = on.empty();
        this.bills = Bills.in(database);
        this.backend = Backend.first(
                database,
                instruction -> {
                    refuse();
                    bills.deliver(instruction);
                },
                builder -> way == Way.OUTBOX
                        ? builder
                        : builder.withBillingInTransaction((connection, instruction) -> {
                            refuse();
                            bills.book(connection, instruction);
                        }));
    }

    static Stream<Arguments> everywhere() {
        return Stream.of(Connecting.H2, Connecting.MARIADB, Connecting.MYSQL, Connecting.POSTGRESQL)
                .flatMap(on -> Stream.of(Way.values()).map(way -> Arguments.of(on, way)));
    }

    private void refuse() {
        if (refusing) {
            throw new RejectedException("no such account");
        }
    }

    @BeforeEach
    void aMachineThatRuns() {
        backend.cloud.put(SCOPE, Samples.vm(Backend.VM).address(), PowerState.RUNNING);
        backend.sync.runOnce(SyncKind.QUICK);
    }

    @Test
    void everyInstructionIsBookedOnceAndInOrder() {
        backend.cloud.stop(SCOPE, Samples.vm(Backend.VM).address());
        for (int i = 0; i < 3; i++) {
            backend.time.pass(HALF_A_MINUTE);
            backend.sync.runOnce(SyncKind.QUICK);
        }

        assertThat(backend.sessionStatus()).isEqualTo("TERMINATED");
        assertThat(bills.booked()).containsExactly(booked(1, "Suspend"), booked(2, "Stop"));
        assertThat(database.text("SELECT seconds FROM bills WHERE kind = 'Stop'"))
                .isEqualTo("3600");
        assertThat(database.text("SELECT COUNT(*) FROM vmsync_billing WHERE state = 'DELIVERED'"))
                .isEqualTo("2");
        assertThat(backend.store.journal().undelivered(10)).isEmpty();
    }

    @Test
    void aChangeThatComesTooLateBooksNothing() {
        backend.cloud.deallocate(SCOPE, Samples.vm(Backend.VM).address());
        backend.cloud.beforeEachRead(request -> {
            if (request.kind() == ReadKind.DIRECT) {
                database.run("UPDATE vm_sessions SET status = 'COMPLETED'");
            }
        });
        backend.time.pass(HALF_A_MINUTE);
        backend.sync.runOnce(SyncKind.QUICK);

        assertThat(backend.sessionStatus()).isEqualTo("COMPLETED");
        assertThat(bills.booked()).isEmpty();
        assertThat(database.text("SELECT COUNT(*) FROM vmsync_billing")).isEqualTo("0");
    }

    @Test
    void whatBelongsToTheJournalAloneIsBookedToo() {
        ManagedVm managed = Samples.inUse("vm-9");
        BillingInstruction adjust = new BillingInstruction.Suspend(
                new BillingKey(managed.sessionId().orElseThrow(), 1), managed.id(), NOON, "the row is gone");

        assertThat(backend.store
                        .journal()
                        .amend(new Amendment(
                                NOON, managed.id(), Memory.EMPTY, Memory.EMPTY, List.of(adjust), List.of())))
                .isEqualTo(new CommitOutcome.Committed());
        backend.time.pass(HALF_A_MINUTE);
        backend.sync.runOnce(SyncKind.QUICK);

        assertThat(bills.booked()).containsExactly(adjust.key() + " Suspend");
        assertThat(database.text("SELECT state FROM vmsync_billing")).isEqualTo("DELIVERED");
    }

    /** The one difference: the outbox ends the session and parks its bill; in one transaction there is no end without its bill. */
    @Test
    void aBillThatIsRefusedIsNeverLost() {
        refusing = true;
        backend.cloud.deallocate(SCOPE, Samples.vm(Backend.VM).address());
        backend.time.pass(HALF_A_MINUTE);
        backend.sync.runOnce(SyncKind.QUICK);

        assertThat(bills.booked()).isEmpty();
        assertThat(backend.sessionStatus()).isEqualTo(way == Way.OUTBOX ? "TERMINATED" : "ACTIVE");

        refusing = false;
        database.run("UPDATE vmsync_billing SET state = 'STAGED'");
        backend.time.pass(HALF_A_MINUTE);
        backend.sync.runOnce(SyncKind.QUICK);

        assertThat(backend.sessionStatus()).isEqualTo("TERMINATED");
        assertThat(bills.booked()).containsExactly(booked(1, "Stop"));
    }

    private static String booked(long counter, String kind) {
        return new BillingKey(Samples.session(Backend.VM).id(), counter) + " " + kind;
    }
}
