package com.berryfi.vmsync.jdbc;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static com.berryfi.vmsync.testkit.Samples.SCOPE;
import static com.berryfi.vmsync.testkit.Samples.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.SessionStore.Page;
import com.berryfi.vmsync.port.SessionStore.Selection;
import com.berryfi.vmsync.testkit.Samples;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Columns of other types than BerryFi's, and mappings that do not fit the tables: those are refused at start, by name. */
@OnEachDatabase
class MappingTest {

    private static final HostTables BERRY_FI = HostTables.berryFi(ZoneOffset.UTC);

    @AutoClose
    private final TestDatabase database;

    MappingTest(Connecting on) {
        database = on.filled();
    }

    @Test
    void keysThatAreUuidsAreReadComparedAndWritten() {
        database.retype("vm_instances", "id", "UUID");
        database.retype("vm_instances", "current_session_id", "UUID");
        database.retype("vm_sessions", "id", "UUID");
        database.retype("vm_sessions", "vm_instance_id", "UUID");
        UUID low = UUID.fromString("00000000-0000-4000-8000-000000000001");
        UUID high = UUID.fromString("f0000000-0000-4000-8000-000000000001");
        UUID session = UUID.randomUUID();
        for (UUID vm : List.of(high, low)) {
            database.run(
                    "INSERT INTO vm_instances (id, status, azure_subscription_id, azure_tenant_id, azure_client_id,"
                            + " vm_name, current_session_id) VALUES (?, 'RUNNING', 'sub-1', 'tenant-1', 'client-1', 'box', ?)",
                    bound(vm),
                    vm.equals(low) ? bound(session) : null);
        }
        database.run(
                "INSERT INTO vm_sessions (id, vm_instance_id, status, start_time) VALUES (?, ?, 'ACTIVE', ?)",
                bound(session),
                bound(low),
                NOON.minusSeconds(3_600).atOffset(ZoneOffset.UTC).toLocalDateTime());
        JdbcSessionStore store = build(BERRY_FI);

        Page first = store.page(SCOPE, Selection.ALL, Optional.empty(), 1);
        ManagedVm read = first.vms().get(0);
        assertThat(read.id()).isEqualTo(new VmId(low.toString()));
        assertThat(read.sessionId().orElseThrow().value()).isEqualTo(session.toString());
        assertThat(store.page(SCOPE, Selection.ALL, first.next(), 1).vms())
                .singleElement()
                .satisfies(managed -> assertThat(managed.id().value()).isEqualTo(high.toString()));
        assertThat(store.find(new VmId("vm-1"))).isEmpty();
        assertThat(store.scopes(Selection.IN_USE).problems()).isEmpty();
        assertThat(store.commit(List.of(change(
                        read,
                        new Transition(
                                Optional.of(VmStatus.AVAILABLE),
                                true,
                                Optional.of(new Transition.SessionEnd(
                                        SessionStatus.TERMINATED, NOON, Duration.ZERO, "off", true)))))))
                .containsExactly(new CommitOutcome.Committed());
        assertThat(database.text("SELECT status FROM vm_sessions")).isEqualTo("TERMINATED");
    }

    @Test
    void aVersionOfEitherRowMovesOnWithEachWriteOfThatRow() {
        database.run("ALTER TABLE vm_instances ADD COLUMN lock_no BIGINT");
        database.run("ALTER TABLE vm_sessions ADD COLUMN version INTEGER DEFAULT 5");
        JdbcSessionStore store =
                build(BERRY_FI.withColumn(VmColumn.VERSION, "lock_no").withColumn(SessionColumn.VERSION, "version"));
        JdbcHostRows host = new JdbcHostRows(database, ZoneOffset.UTC);
        host.put(Samples.vm("vm-1"));
        host.put(Samples.session("vm-1"));
        ManagedVm read = store.find(new VmId("vm-1")).orElseThrow();

        Transition stopping = new Transition(Optional.of(VmStatus.STOPPING), false, Optional.empty());
        assertThat(store.commit(List.of(change(read, stopping)))).containsExactly(new CommitOutcome.Committed());
        assertThat(database.text("SELECT lock_no FROM vm_instances")).isEqualTo("1");
        assertThat(database.text("SELECT version FROM vm_sessions")).isEqualTo("5");

        Transition end = new Transition(
                Optional.empty(),
                false,
                Optional.of(new Transition.SessionEnd(SessionStatus.FAILED, NOON, Duration.ZERO, "off", true)));
        ManagedVm again = store.find(new VmId("vm-1")).orElseThrow();
        assertThat(store.commit(List.of(change(again, end)))).containsExactly(new CommitOutcome.Committed());
        assertThat(database.text("SELECT lock_no FROM vm_instances")).isEqualTo("1");
        assertThat(database.text("SELECT version FROM vm_sessions")).isEqualTo("6");
    }

    @Test
    void aValueThatIsNoNumberIsRefusedForAColumnOfNumbers() {
        database.retype("vm_instances", "status", "INTEGER");

        assertThatThrownBy(() -> build(BERRY_FI.withValue(VmStatus.RUNNING, "3").withValue(VmStatus.STOPPED, "03")))
                .isInstanceOf(RejectedException.class)
                .hasMessageContainingAll(
                        "VmStatus.ASSIGNED: 'ASSIGNED' is not a whole number",
                        "vm_instances.status (VmColumn.STATUS)",
                        "withoutValue",
                        "VmStatus.STOPPED: '03' stands for RUNNING already")
                .hasMessageNotContaining("SessionStatus");
    }

    @Test
    void typesThatAreNoKeysStatusesOrVersionsAreRefused() {
        database.retype("vm_instances", "current_session_id", "DOUBLE PRECISION");
        database.retype("vm_sessions", "status", "DECIMAL(9, 2)");

        assertThatThrownBy(() -> build(BERRY_FI.withColumn(VmColumn.VERSION, "created_at")))
                .isInstanceOf(RejectedException.class)
                .hasMessageContainingAll(
                        "vm_instances.current_session_id (VmColumn.CURRENT_SESSION) is a ",
                        ": a key must be a text, a whole number or a UUID",
                        "vm_sessions.status (SessionColumn.STATUS) is a ",
                        ": a status must be a text, a whole number or a flag",
                        "vm_instances.created_at (VmColumn.VERSION) is a ",
                        ": a version must be a whole number");
    }

    @Test
    void keysThatAreComparedAreOfOneType() {
        database.retype("vm_sessions", "vm_instance_id", "BIGINT");

        assertThatThrownBy(() -> build(BERRY_FI))
                .isInstanceOf(RejectedException.class)
                .hasMessageContainingAll(
                        "vm_sessions.vm_instance_id (SessionColumn.VM) is a ",
                        "but column vm_instances.id (VmColumn.ID) a ",
                        "vmsync compares them");
    }

    @Test
    void aTenantThatIsANumberIsReadAndCompared() {
        database.retype("vm_instances", "azure_tenant_id", "BIGINT");
        for (int tenant : List.of(7, 7, 10)) {
            database.run(
                    "INSERT INTO vm_instances (id, status, azure_subscription_id, azure_tenant_id, azure_client_id,"
                            + " azure_client_secret, vm_name) VALUES (?, 'STOPPED', 'sub-1', ?, 'client-1', ?, 'box')",
                    UUID.randomUUID().toString(),
                    tenant,
                    "secret-" + tenant);
        }
        JdbcSessionStore store = build(BERRY_FI);
        Scope seven = new Scope("azure", "7", "client-1", "sub-1");
        Scope ten = new Scope("azure", "10", "client-1", "sub-1");

        assertThat(store.scopes(Selection.ALL).scopes()).containsExactlyInAnyOrder(seven, ten);
        assertThat(store.page(seven, Selection.ALL, Optional.empty(), 10).vms()).hasSize(2);
        assertThat(store.page(new Scope("azure", "seven", "client-1", "sub-1"), Selection.ALL, Optional.empty(), 10)
                        .vms())
                .isEmpty();
        assertThat(JdbcClientSecrets.of(database.dataSource(), BERRY_FI).secretOf(ten))
                .isPresent();
    }

    @Test
    void aColumnThatIsWrittenMeansOneThing() {
        assertThatThrownBy(() -> build(BERRY_FI.withColumn(SessionColumn.REASON, "status")
                        .withColumn(VmColumn.NAME, "azure_resource_id")))
                .isInstanceOf(RejectedException.class)
                .hasMessageContainingAll("vm_sessions.status (SessionColumn.STATUS) is SessionColumn.REASON too")
                .hasMessageNotContaining("VmColumn.NAME");
    }

    @Test
    void oneTableHoldsASessionInItsVmsRowAndOneVersion() {
        HostTables oneTable = BERRY_FI.withVmTable("vm_sessions");
        for (VmColumn column : VmColumn.values()) {
            oneTable = column.isRequired() ? oneTable : oneTable.withoutColumn(column);
        }
        HostTables mapped = oneTable.withColumn(VmColumn.STATUS, "project_id")
                .withColumn(VmColumn.SUBSCRIPTION, "user_id")
                .withColumn(VmColumn.CURRENT_SESSION, "billing_transaction_id")
                .withColumn(SessionColumn.VERSION, "credits_used");

        assertThatThrownBy(() -> build(mapped))
                .isInstanceOf(RejectedException.class)
                .hasMessageContainingAll(
                        "vm_sessions.vm_instance_id (SessionColumn.VM): where one table holds both",
                        "must be the column of VmColumn.ID",
                        "a row has one version");
    }

    @Test
    void aSessionOfAnUnknownStatusIsNeverTakenForEnded() {
        JdbcHostRows host = new JdbcHostRows(database, ZoneOffset.UTC);
        host.put(Samples.vm("vm-1"));
        host.put(Samples.session("vm-1"));
        host.spoil(Samples.session("vm-1").id(), "PAUSED");
        JdbcSessionStore store = build(BERRY_FI.withoutValue(SessionStatus.REQUESTED));

        Page page = store.page(SCOPE, Selection.ALL, Optional.empty(), 10);
        assertThat(page.vms()).isEmpty();
        assertThat(page.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.oddity()).contains("vm_sessions.status 'PAUSED'");
            assertThat(problem.vm()).contains(new VmId("vm-1"));
        });
        assertThat(database.text("SELECT status FROM vm_sessions")).isEqualTo("PAUSED");
    }

    /** As a driver takes it: MySQL's knows no UUIDs. */
    private Object bound(UUID key) {
        return database.server() == TestServer.MARIADB ? key.toString() : key;
    }

    private JdbcSessionStore build(HostTables tables) {
        return JdbcSessionStore.builder(database.dataSource(), tables).build();
    }
}
