package com.berryfi.vmsync.jdbc;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static com.berryfi.vmsync.testkit.Samples.change;
import static com.berryfi.vmsync.testkit.Samples.inUse;
import static com.berryfi.vmsync.testkit.Samples.withStatus;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.testkit.Samples;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Which columns a commit writes, in a zone that is not UTC, and which it leaves alone. */
@OnEachDatabase
class CommitColumnsTest {

    private static final ZoneId KOLKATA = ZoneId.of("Asia/Kolkata");
    /** {@link Samples#NOON} in Kolkata. */
    private static final LocalDateTime NOW = LocalDateTime.of(2026, 11, 1, 17, 30);

    private static final LocalDateTime UNTOUCHED = LocalDateTime.of(2026, 1, 1, 0, 0);

    @AutoClose
    private final TestDatabase database;

    private final JdbcHostRows host;
    private final JdbcSessionStore store;

    CommitColumnsTest(Connecting on) {
        database = on.filled();
        host = new JdbcHostRows(database, KOLKATA);
        store = JdbcSessionStore.builder(database.dataSource(), HostTables.berryFi(KOLKATA))
                .build();
    }

    @Test
    void anEndWritesTheSessionAndFreesTheVm() {
        ManagedVm read = given(VmStatus.RUNNING);
        database.run("UPDATE vm_sessions SET last_heartbeat = ?", NOW.minusHours(1));
        commit(
                read,
                new Transition(
                        Optional.of(VmStatus.AVAILABLE),
                        true,
                        Optional.of(new Transition.SessionEnd(
                                SessionStatus.TERMINATED,
                                NOON.minusMillis(1500),
                                Duration.ofMillis(3_540_999),
                                "stopped in Azure",
                                true))));

        assertThat(session("status")).isEqualTo("TERMINATED");
        assertThat(database.time("SELECT end_time FROM vm_sessions")).isEqualTo(NOW.minusNanos(1_500_000_000));
        assertThat(session("duration_seconds")).isEqualTo("3540");
        assertThat(session("termination_reason")).isEqualTo("stopped in Azure");
        assertThat(session("vm_ip_address")).isNull();
        assertThat(session("vm_port")).isNull();
        assertThat(session("connection_url")).isNull();
        assertThat(database.time("SELECT updated_at FROM vm_sessions")).isEqualTo(NOW);
        assertThat(session("credits_used")).isEqualTo("1.5");
        assertThat(session("billing_transaction_id")).isEqualTo("tx-1");
        assertThat(database.time("SELECT last_heartbeat FROM vm_sessions")).isEqualTo(NOW.minusHours(1));
        assertThat(vm("current_session_id")).isNull();
        assertThat(vm("current_project_id")).isEqualTo("project-1");
        assertThat(vm("azure_client_secret")).isEqualTo("top-secret");
        assertThat(time("last_stopped")).isEqualTo(NOW);
        assertThat(time("last_started")).isEqualTo(NOW.minusMinutes(62));
        assertThat(time("last_sync_time")).isEqualTo(NOW);
        assertThat(time("updated_at")).isEqualTo(NOW);
    }

    @Test
    void runningAgainIsNoStart() {
        commit(given(VmStatus.STOPPED), status(VmStatus.RUNNING));

        assertThat(vm("status")).isEqualTo("RUNNING");
        assertThat(time("last_started")).isEqualTo(NOW.minusMinutes(62));
        assertThat(time("last_stopped")).isNull();
        assertThat(time("last_sync_time")).isEqualTo(NOW);
        assertThat(database.time("SELECT updated_at FROM vm_sessions")).isEqualTo(UNTOUCHED);
    }

    @Test
    void whatWasOffBeforeIsNotStoppedAgain() {
        commit(given(VmStatus.STOPPED), status(VmStatus.DEALLOCATED));

        assertThat(vm("status")).isEqualTo("DEALLOCATED");
        assertThat(time("last_stopped")).isNull();
    }

    @Test
    void whatWasNeverStartedIsNotStopped() {
        ManagedVm read = given(VmStatus.ASSIGNED);
        database.run("UPDATE vm_instances SET last_stopped = TIMESTAMP '2026-10-31 08:00:00'");
        commit(read, new Transition(Optional.of(VmStatus.AVAILABLE), true, Optional.empty()));

        assertThat(vm("status")).isEqualTo("AVAILABLE");
        assertThat(time("last_stopped")).isEqualTo(LocalDateTime.of(2026, 10, 31, 8, 0));
        assertThat(time("updated_at")).isEqualTo(NOW);
    }

    @Test
    void aChangeOfNothingTouchesNoRow() {
        ManagedVm read = given(VmStatus.RUNNING);
        commit(read, status(VmStatus.RUNNING));
        assertThat(store.commit(
                        List.of(change(read, Memory.EMPTY, Samples.remembering(Samples.tracking(read.id(), 1))))))
                .containsExactly(new CommitOutcome.Committed());

        assertThat(time("updated_at")).isEqualTo(UNTOUCHED);
        assertThat(time("last_sync_time")).isNull();
        assertThat(database.time("SELECT updated_at FROM vm_sessions")).isEqualTo(UNTOUCHED);
    }

    @Test
    void aStatusThatTheHostDoesNotHaveIsRefused() {
        ManagedVm read = given(VmStatus.RUNNING);

        assertThat(store.commit(List.of(change(read, status(VmStatus.UNKNOWN)))))
                .singleElement()
                .isInstanceOfSatisfying(
                        CommitOutcome.Refused.class,
                        refused -> assertThat(refused.why()).contains("vm_instances vm-1", "UNKNOWN"));
        assertThat(vm("status")).isEqualTo("RUNNING");
    }

    private ManagedVm given(VmStatus status) {
        host.put(withStatus(inUse("vm-1").vm(), status));
        host.put(inUse("vm-1").session().orElseThrow());
        return store.find(inUse("vm-1").id()).orElseThrow();
    }

    private void commit(ManagedVm read, Transition transition) {
        assertThat(store.commit(List.of(change(read, transition)))).containsExactly(new CommitOutcome.Committed());
    }

    private static Transition status(VmStatus status) {
        return new Transition(Optional.of(status), false, Optional.empty());
    }

    private @Nullable String vm(String column) {
        return database.text("SELECT " + column + " FROM vm_instances");
    }

    private @Nullable LocalDateTime time(String column) {
        return database.time("SELECT " + column + " FROM vm_instances");
    }

    private @Nullable String session(String column) {
        return database.text("SELECT " + column + " FROM vm_sessions");
    }
}
