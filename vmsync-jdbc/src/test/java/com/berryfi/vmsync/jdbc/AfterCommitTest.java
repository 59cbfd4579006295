package com.berryfi.vmsync.jdbc;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static com.berryfi.vmsync.testkit.Samples.change;
import static com.berryfi.vmsync.testkit.Samples.inUse;
import static com.berryfi.vmsync.testkit.Samples.withStatus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.UnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the host's hook hears of a change, and of which. */
@OnEachDatabase
class AfterCommitTest {

    @AutoClose
    private final TestDatabase database;

    private final JdbcHostRows host;
    private final List<Change> heard = new ArrayList<>();
    private final JdbcSessionStore store;

    AfterCommitTest(Connecting on) {
        database = on.filled();
        host = new JdbcHostRows(database, ZoneOffset.UTC);
        store = JdbcSessionStore.builder(database.dataSource(), HostTables.berryFi(ZoneOffset.UTC))
                .withAfterCommit((change, billed) -> {
                    throw new IllegalStateException("a host's mistake");
                })
                .withAfterCommit((change, billed) -> {
                    heard.add(change);
                    billed.ifPresent(total -> database.run(
                            "UPDATE vm_sessions SET credits_used = ? WHERE id = ? AND status = 'TERMINATED'",
                            total.toMinutes() / 10.0,
                            change.expected().sessionId().orElseThrow().value()));
                })
                .build();
    }

    @BeforeEach
    void threeInUse() {
        for (String vm : List.of("vm-1", "vm-2", "vm-3")) {
            host.put(inUse(vm).vm());
            host.put(inUse(vm).session().orElseThrow());
        }
    }

    @Test
    void eachChangeThatWasCommittedIsHeardOnceWithWhatItsSessionIsBilledFor() {
        host.put(withStatus(inUse("vm-2").vm(), VmStatus.MAINTENANCE));
        Change status = change(inUse("vm-3"), new Transition(Optional.of(VmStatus.STOPPING), false, Optional.empty()));

        List<CommitOutcome> outcomes = store.commit(List.of(ending(inUse("vm-1")), ending(inUse("vm-2")), status));

        assertThat(outcomes.get(1)).isInstanceOf(CommitOutcome.Conflict.class);
        assertThat(heard).containsExactly(ending(inUse("vm-1")), status);
        assertThat(credits("vm-1")).isEqualTo("5.9");
        assertThat(credits("vm-2")).isEqualTo("1.5");
        assertThat(credits("vm-3")).isEqualTo("1.5");
    }

    @Test
    void whatWasCommittedOneByOneIsHeardToo() throws SQLException {
        try (Connection other = database.dataSource().getConnection()) {
            other.setAutoCommit(false);
            TestDatabase.run(other, "UPDATE vm_instances SET updated_at = NULL WHERE id = 'vm-2'");

            assertThat(store.commit(List.of(ending(inUse("vm-1")), ending(inUse("vm-2")), ending(inUse("vm-3")))))
                    .extracting(Object::getClass)
                    .containsExactly(
                            CommitOutcome.Committed.class, CommitOutcome.Conflict.class, CommitOutcome.Committed.class);
            other.rollback();
        }
        assertThat(heard).containsExactly(ending(inUse("vm-1")), ending(inUse("vm-3")));
    }

    @Test
    void whatWasRolledBackIsNotHeard() {
        database.run("DROP TABLE vmsync_tracking");

        assertThatThrownBy(() -> store.commit(List.of(ending(inUse("vm-1")))))
                .isNotInstanceOf(UnavailableException.class)
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).containsIgnoringCase("vmsync_tracking"));
        assertThat(heard).isEmpty();
    }

    private String credits(String vm) {
        return String.valueOf(database.text("SELECT credits_used FROM vm_sessions WHERE id = ?", "s-" + vm));
    }

    private static Change ending(ManagedVm of) {
        return change(
                of,
                new Transition(
                        Optional.of(VmStatus.AVAILABLE),
                        true,
                        Optional.of(new Transition.SessionEnd(
                                SessionStatus.TERMINATED, NOON, Duration.ofMinutes(59), "off", true))));
    }
}
