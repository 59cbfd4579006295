package com.berryfi.vmsync.jdbc;

import static com.berryfi.vmsync.testkit.Samples.SCOPE;
import static com.berryfi.vmsync.testkit.Samples.inUse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.SessionStore.Page;
import com.berryfi.vmsync.port.SessionStore.Selection;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that only a database can hold. */
@OnEachDatabase
class UnworkableRowsTest {

    @AutoClose
    private final TestDatabase database;

    private final JdbcHostRows host;
    private final JdbcSessionStore store;

    UnworkableRowsTest(Connecting on) {
        database = on.filled();
        host = new JdbcHostRows(database, ZoneOffset.UTC);
        store = JdbcSessionStore.builder(database.dataSource(), HostTables.berryFi(ZoneOffset.UTC))
                .build();
    }

    @BeforeEach
    void twoVms() {
        for (String vm : List.of("vm-1", "vm-2")) {
            host.put(inUse(vm).vm());
            host.put(inUse(vm).session().orElseThrow());
        }
    }

    @Test
    void aVmWithoutAnAddress() {
        database.run("UPDATE vm_instances SET vm_name = ' ', azure_resource_id = NULL WHERE id = 'vm-1'");

        assertOnlyProblem("vm_instances vm-1", "azure_resource_id", "no address");
    }

    @Test
    void aStatusThatIsBlank() {
        database.run("UPDATE vm_instances SET status = '' WHERE id = 'vm-1'");

        assertOnlyProblem("vm_instances vm-1", "status", "is missing");
    }

    @Test
    void aTimeThatIsNone() {
        database.retype("vm_instances", "last_started", "VARCHAR(50)");
        database.run("UPDATE vm_instances SET last_started = 'yesterday' WHERE id = 'vm-1'");

        assertOnlyProblem("vm_instances vm-1", "last_started", "date and time");
    }

    @Test
    void aSessionsTimeThatIsNone() {
        database.retype("vm_sessions", "start_time", "VARCHAR(50)");
        database.run("UPDATE vm_sessions SET start_time = 'yesterday' WHERE id = 's-vm-1'");

        assertOnlyProblem("vm_sessions s-vm-1", "start_time", "date and time");
    }

    @Test
    void aHeartbeatThatIsNoTime() {
        database.retype("vm_sessions", "last_heartbeat", "VARCHAR(50)");
        database.run("UPDATE vm_sessions SET last_heartbeat = 'just now' WHERE id = 's-vm-1'");

        assertOnlyProblem("vm_sessions s-vm-1", "last_heartbeat", "date and time");
        assertThatThrownBy(() -> store.session(new SessionId("s-vm-1")))
                .isInstanceOf(RejectedException.class)
                .hasMessageContainingAll("vm_sessions s-vm-1", "last_heartbeat");

        JdbcSessionStore deaf = JdbcSessionStore.builder(
                        database.dataSource(),
                        HostTables.berryFi(ZoneOffset.UTC).withoutColumn(SessionColumn.LAST_HEARTBEAT))
                .build();
        assertThat(deaf.session(new SessionId("s-vm-1")))
                .contains(inUse("vm-1").session().orElseThrow());
    }

    @Test
    void aSessionWithoutAVmCannotBeReadByItself() {
        database.run("UPDATE vm_sessions SET vm_instance_id = NULL, status = 'REQUESTED' WHERE id = 's-vm-1'");

        assertThatThrownBy(() -> store.session(new SessionId("s-vm-1")))
                .isInstanceOf(RejectedException.class)
                .hasMessageContainingAll("vm_sessions s-vm-1", "vm_instance_id", "is missing");
    }

    @Test
    void aSessionWithoutAVmMayBeRequestedAndNoMore() {
        database.run("UPDATE vm_sessions SET vm_instance_id = NULL, status = 'REQUESTED' WHERE id = 's-vm-1'");
        assertThat(store.scopes(Selection.IN_USE).problems()).isEmpty();

        database.run("UPDATE vm_sessions SET status = 'ACTIVE' WHERE id = 's-vm-1'");
        assertThat(store.scopes(Selection.IN_USE).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains("vm_sessions s-vm-1", "vm_instance_id"));
    }

    @Test
    void aSessionThatSpellsItsVmInAnotherWayIsNotOverlooked() {
        database.run("UPDATE vm_sessions SET vm_instance_id = 'VM-1' WHERE id = 's-vm-1'");

        List<RowProblem> problems = new ArrayList<>(store.scopes(Selection.ALL).problems());
        problems.addAll(store.page(SCOPE, Selection.ALL, Optional.empty(), 10).problems());
        assertThat(problems)
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.toString()).contains("vm_sessions s-vm-1", "vm_instance_id", "VM-1"));
        assertThat(store.session(new SessionId("S-VM-1"))).isEmpty();
        if (database.server() == TestServer.MARIADB) {
            // There the two spellings are equal, so that this VM has a session, and not none.
            assertThatThrownBy(() -> store.find(inUse("vm-1").id()))
                    .isInstanceOf(RejectedException.class)
                    .hasMessageContainingAll("vm_sessions s-vm-1", "names the VM 'vm-1' as 'VM-1'");
        }
    }

    private void assertOnlyProblem(String row, String... named) {
        Page page = store.page(SCOPE, Selection.ALL, Optional.empty(), 10);
        assertThat(page.vms()).extracting(vm -> vm.id().value()).containsExactly("vm-2");
        assertThat(page.problems()).singleElement().satisfies(problem -> {
            assertThat(problem).extracting(RowProblem::row).isEqualTo(row);
            assertThat(problem.problem()).contains(named);
        });
    }
}
