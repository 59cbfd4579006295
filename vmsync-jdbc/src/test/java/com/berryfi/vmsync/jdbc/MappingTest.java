package com.berryfi.vmsync.jdbc;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static com.berryfi.vmsync.testkit.Samples.SCOPE;
import static com.berryfi.vmsync.testkit.Samples.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.SessionStore.Page;
import com.berryfi.vmsync.port.SessionStore.Selection;
import com.berryfi.vmsync.testkit.BerryFiSchema;
import com.berryfi.vmsync.testkit.Samples;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Columns of other types than BerryFi's, and mappings that do not fit the tables: those are refused at start, by name. */
class MappingTest {

    private static final HostTables BERRY_FI = HostTables.berryFi(ZoneOffset.UTC);

    private final TestDatabase database = TestDatabase.at("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");

    MappingTest() throws SQLException {
        BerryFiSchema.create(database.dataSource());
        VmsyncSchema.create(database.dataSource());
    }

    @Test
    void keysThatAreUuidsAreReadComparedAndWritten() {
        for (String column : List.of("vm_instances ALTER COLUMN id", "vm_instances ALTER COLUMN current_session_id")) {
            database.run("ALTER TABLE " + column + " UUID");
        }
        database.run("ALTER TABLE vm_sessions ALTER COLUMN id UUID");
        database.run("ALTER TABLE vm_sessions ALTER COLUMN vm_instance_id UUID");
        UUID low = UUID.fromString("00000000-0000-4000-8000-000000000001");
        UUID high = UUID.fromString("f0000000-0000-4000-8000-000000000001");
        UUID session = UUID.randomUUID();
        for (UUID vm : List.of(high, low)) {
            database.run(
                    "INSERT INTO vm_instances (id, status, azure_subscription_id, azure_tenant_id, azure_client_id,"
                            + " vm_name, current_session_id) VALUES (?, 'RUNNING', 'sub-1', 'tenant-1', 'client-1', 'box', ?)",
                    vm,
                    vm.equals(low) ? session : null);
        }
        database.run(
                "INSERT INTO vm_sessions (id, vm_instance_id, status, start_time) VALUES (?, ?, 'ACTIVE', ?)",
                session,
                low,
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
        database.run("ALTER TABLE vm_instances ALTER COLUMN status INTEGER");

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
        database.run("ALTER TABLE vm_instances ALTER COLUMN current_session_id DOUBLE PRECISION");
        database.run("ALTER TABLE vm_sessions ALTER COLUMN status DECIMAL(9, 2)");

        assertThatThrownBy(() -> build(BERRY_FI.withColumn(VmColumn.VERSION, "created_at")))
                .isInstanceOf(RejectedException.class)
                .hasMessageContainingAll(
                        "vm_instances.current_session_id (VmColumn.CURRENT_SESSION) is a DOUBLE PRECISION",
                        "vm_sessions.status (SessionColumn.STATUS) is a DECIMAL",
                        "vm_instances.created_at (VmColumn.VERSION) is a TIMESTAMP: a version must be a whole number");
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

    private JdbcSessionStore build(HostTables tables) {
        return JdbcSessionStore.builder(database.dataSource(), tables).build();
    }
}
