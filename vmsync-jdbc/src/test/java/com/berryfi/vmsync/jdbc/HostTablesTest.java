package com.berryfi.vmsync.jdbc;

import static com.berryfi.vmsync.testkit.Samples.SCOPE;
import static com.berryfi.vmsync.testkit.Samples.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostTablesTest {

    private static final HostTables BERRY_FI = HostTables.berryFi(ZoneOffset.UTC);

    @Test
    void namesThatAreNoPlainNamesAreRefused() {
        for (String name : List.of("", " ", "a b", "a;drop", "a\"b", "1a", "a.b", "ä", "x".repeat(64))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> BERRY_FI.withVmTable(name))
                    .withMessageContaining("vmTable: '" + name + "'");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> BERRY_FI.withSessionTable(name))
                    .withMessageContaining("sessionTable");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> BERRY_FI.withColumn(VmColumn.NAME, name))
                    .withMessageContaining("VmColumn.NAME");
        }
    }

    @Test
    void requiredColumnsAndValuesStay() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BERRY_FI.withoutColumn(SessionColumn.START_TIME))
                .withMessageContaining("SessionColumn.START_TIME");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BERRY_FI.withoutValue(SessionStatus.ACTIVE))
                .withMessageContaining("SessionStatus.ACTIVE");
    }

    @Test
    void oneValueStandsForOneStatus() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BERRY_FI.withValue(VmStatus.UNKNOWN, "ERROR"))
                .withMessageContainingAll("VmStatus.UNKNOWN", "ERROR");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BERRY_FI.withValue(SessionStatus.IDLE, " "))
                .withMessageContaining("SessionStatus.IDLE");
        assertThat(BERRY_FI.withValue(VmStatus.UNKNOWN, "?").vmValues()).containsEntry(VmStatus.UNKNOWN, "?");
        assertThat(BERRY_FI.withoutValue(VmStatus.ASSIGNED).vmValues()).doesNotContainKey(VmStatus.ASSIGNED);
        assertThat(BERRY_FI.vmValues()).containsEntry(VmStatus.ASSIGNED, "ASSIGNED");
    }

    @Test
    void aHostWithFewColumnsAndWordsOfItsOwnIsServed() {
        TestDatabase database = TestDatabase.empty();
        database.run(
                "CREATE TABLE machine (no VARCHAR(9), state VARCHAR(9), account VARCHAR(9), label VARCHAR(9), rental"
                        + " VARCHAR(9))");
        database.run("CREATE TABLE rental (no VARCHAR(9), machine VARCHAR(9), state VARCHAR(9), begun TIMESTAMP, done"
                + " TIMESTAMP)");
        VmsyncSchema.create(database.dataSource());
        HostTables tables = BERRY_FI.withCloud("elsewhere")
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

    @Test
    void zoneAndTablesAreSettingsOfThisModule() {
        HostTables tables = HostTables.from(Map.of(
                "azure.status.sync.jdbc.zone", "Asia/Kolkata",
                "azure.status.sync.jdbc.vm-table", "machines",
                "azure.status.sync.batch.size", "5"));

        assertThat(tables.zone()).isEqualTo(ZoneId.of("Asia/Kolkata"));
        assertThat(tables.vmTable()).isEqualTo("machines");
        assertThatThrownBy(() -> HostTables.from(Map.of())).hasMessageContaining("azure.status.sync.jdbc.zone");
        assertThatThrownBy(() -> HostTables.from(Map.of("azure.status.sync.jdbc.zone", "Moon/Base")))
                .hasMessageContaining("azure.status.sync.jdbc.zone: is no time zone: 'Moon/Base'");
        assertThatThrownBy(() -> HostTables.from(Map.of("azure.status.sync.jdbc.zon", "UTC")))
                .hasMessageContaining("azure.status.sync.jdbc.zon: unknown setting");
    }
}
