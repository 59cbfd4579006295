package com.berryfi.vmsync.jdbc;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static com.berryfi.vmsync.testkit.Samples.SCOPE;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.Interval;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Tombstone;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.port.SessionStore.Selection;
import com.berryfi.vmsync.testkit.Samples;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** So many sessions in use, each on a VM of its own, and the changes that end them all. */
final class ThroughputFleet {

    private static final String REASON = "Auto-terminated: VM deallocated in Azure";
    private static final Instant LAST_PROOF = NOON.minus(Duration.ofMinutes(2));

    private ThroughputFleet() {}

    /** Puts them into empty tables. */
    static void put(TestDatabase database, int sessions) throws SQLException {
        LocalDateTime anHourAgo = Times.utc(NOON.minus(Duration.ofHours(1)));
        List<RowWrite> rows = new ArrayList<>();
        IntStream.range(0, sessions).forEach(i -> {
            String vm = "vm-%05d".formatted(i);
            String session = "s-" + vm;
            rows.add(RowWrite.insert(
                    vm,
                    "vm_instances",
                    "id, vm_name, status, azure_subscription_id, azure_tenant_id, azure_client_id, azure_resource_group,"
                            + " current_session_id, last_started, updated_at",
                    Arrays.asList(
                            vm,
                            vm,
                            "RUNNING",
                            SCOPE.subscription(),
                            SCOPE.tenant(),
                            SCOPE.principal(),
                            "group-1",
                            session,
                            anHourAgo,
                            anHourAgo)));
            rows.add(RowWrite.insert(
                    session,
                    "vm_sessions",
                    "id, vm_instance_id, status, start_time, last_heartbeat, updated_at, credits_used, vm_ip_address,"
                            + " vm_port, connection_url",
                    Arrays.asList(
                            session,
                            vm,
                            "ACTIVE",
                            anHourAgo,
                            anHourAgo,
                            anHourAgo,
                            1.5,
                            "10.0.0.4",
                            8080,
                            "wss://vm")));
        });
        UnitOfWork.of(database.dataSource()).run("putting the fleet", connection -> {
            if (!RowWriter.together(connection, rows, List.of())) {
                throw new IllegalStateException("the fleet was not written");
            }
            return rows;
        });
    }

    /** The changes that end every session of the store's, in the order of their VMs. */
    static List<Change> endings(SessionStore store) {
        List<Change> changes = new ArrayList<>();
        SessionStore.Page page = store.page(SCOPE, Selection.IN_USE, Optional.empty(), 1_000);
        page.vms().forEach(vm -> changes.add(ending(vm)));
        while (page.next().isPresent()) {
            page = store.page(SCOPE, Selection.IN_USE, page.next(), 1_000);
            page.vms().forEach(vm -> changes.add(ending(vm)));
        }
        return changes;
    }

    private static Change ending(ManagedVm vm) {
        SessionId session = vm.sessionId().orElseThrow();
        Instant start = vm.session().orElseThrow().startTime().orElseThrow();
        Metering closed = new Metering(
                session,
                vm.id(),
                1,
                1,
                Optional.empty(),
                Optional.empty(),
                List.of(new Gap(LAST_PROOF, Optional.of(NOON))),
                true,
                false,
                Optional.of(new Tombstone(SessionStatus.TERMINATED, NOON, REASON, true)));
        return new Change(
                NOON,
                vm,
                new Transition(
                        Optional.of(VmStatus.AVAILABLE),
                        true,
                        Optional.of(new Transition.SessionEnd(
                                SessionStatus.TERMINATED, NOON, Duration.between(start, LAST_PROOF), REASON, true))),
                Memory.EMPTY,
                Samples.remembering(closed),
                List.of(new BillingInstruction.Stop(
                        new BillingKey(session, 1), vm.id(), NOON, List.of(new Interval(start, LAST_PROOF)), REASON)),
                List.of(Samples.audit(vm, "end-when-deallocated")));
    }
}
