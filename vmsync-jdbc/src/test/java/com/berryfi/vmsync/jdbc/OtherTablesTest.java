package com.berryfi.vmsync.jdbc;

import static com.berryfi.vmsync.testkit.Samples.SCOPE;
import static com.berryfi.vmsync.testkit.Samples.change;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.SessionStore.Selection;
import com.berryfi.vmsync.testkit.Samples;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Tables named and shaped unlike BerryFi's. */
@OnEachDatabase
class OtherTablesTest {

    @AutoClose
    private final TestDatabase database;

    OtherTablesTest(Connecting on) {
        database = on.empty();
    }

    @Test
    void aHostWithFewColumnsAndWordsOfItsOwnIsServed() {

        String time = Transactions.of(database.dataSource()).dialect().plainTime();
        database.run(
                "CREATE TABLE machine (no VARCHAR(9), state VARCHAR(9), account VARCHAR(9), label VARCHAR(9), rental"
                        + " VARCHAR(9))");
        database.run("CREATE TABLE rental (no VARCHAR(9), machine VARCHAR(9), state VARCHAR(9), begun " + time
                + ", done " + time + ")");
        VmsyncSchema.create(database.dataSource());
        HostTables tables = HostTables.berryFi(ZoneOffset.UTC)
                .withCloud("elsewhere")
                .withVmTable("machine")
                .withSessionTable("rental")
                .withColumn(VmColumn.ID, "no")
                .withColumn(VmColumn.STATUS, "state")
                .withColumn(VmColumn.SUBSCRIPTION, "account")
                .withColumn(VmColumn.NAME, "label")
                .withColumn(VmColumn.CURRENT_SESSION, "rental")
                .withColumn(SessionColumn.ID, "no")
                .withColumn(SessionColumn.VM, "machine")
                .withColumn(SessionColumn.STATUS, "state")
                .withColumn(SessionColumn.START_TIME, "begun")
                .withColumn(SessionColumn.END_TIME, "done")
                .withValue(VmStatus.RUNNING, "on")
                .withValue(VmStatus.AVAILABLE, "free")
                .withValue(SessionStatus.ACTIVE, "open")
                .withValue(SessionStatus.TERMINATED, "shut");
        for (VmColumn column : VmColumn.values()) {
            tables = column.isRequired() || column == VmColumn.NAME ? tables : tables.withoutColumn(column);
        }
        for (SessionColumn column : SessionColumn.values()) {
            tables = column.isRequired() ? tables : tables.withoutColumn(column);
        }
        database.run("INSERT INTO machine VALUES ('m1', 'on', 'acme', 'box', 'r1')");
        database.run("INSERT INTO rental VALUES ('r1', 'm1', 'open', TIMESTAMP '2026-11-01 11:00:00', NULL)");
        JdbcSessionStore store =
                JdbcSessionStore.builder(database.dataSource(), tables).build();
        Scope scope = new Scope("elsewhere", "", "", "acme");

        assertThat(store.scopes(Selection.IN_USE).scopes()).containsExactly(scope);
        assertThat(store.page(SCOPE, Selection.ALL, Optional.empty(), 5).vms()).isEmpty();
        ManagedVm read =
                store.page(scope, Selection.IN_USE, Optional.empty(), 5).vms().get(0);
        assertThat(read.vm().address()).isEqualTo(CloudAddress.ofName("", "box"));
        assertThat(read.session().orElseThrow().startTime()).contains(Samples.NOON.minus(Duration.ofHours(1)));

        assertThat(store.commit(List.of(change(
                        read,
                        new Transition(
                                Optional.of(VmStatus.AVAILABLE),
                                true,
                                Optional.of(new Transition.SessionEnd(
                                        SessionStatus.TERMINATED, Samples.NOON, Duration.ZERO, "off", true)))))))
                .containsExactly(new CommitOutcome.Committed());
        assertThat(database.text("SELECT state FROM machine")).isEqualTo("free");
        assertThat(database.text("SELECT state FROM rental")).isEqualTo("shut");
        assertThat(store.find(new VmId("m1")).orElseThrow().session()).isEmpty();
    }
}
