package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns a transition into updates of the host's two rows; a row without a real change is not written. Stateless. */
final class HostWrites {

    private final HostSchema schema;

    HostWrites(HostSchema schema) {
        this.schema = schema;
    }

    /** Why a transition cannot be written at all; empty if it can. */
    Optional<String> refusal(Change change) {
        Transition transition = change.transition();
        Optional<VmStatus> vmStatus = transition.vmStatus();
        if (vmStatus.isPresent() && schema.tables().valueOf(vmStatus.get()).isEmpty()) {
            return Optional.of(
                    schema.vmRow(change.expected().id().value()) + ": HostTables maps no value to " + vmStatus.get());
        }
        return transition
                .sessionEnd()
                .filter(end -> schema.tables().valueOf(end.endedAs()).isEmpty())
                .map(end ->
                        "the session of " + schema.vmRow(change.expected().id().value())
                                + ": HostTables maps no value to " + end.endedAs());
    }

    /**
     * The updates.
     *
     * @param now the rows as they stand, locked
     */
    List<RowWrite> writes(Change change, ManagedVm now) {
        List<RowWrite> writes = new ArrayList<>();
        vm(change, now.vm()).ifPresent(writes::add);
        change.transition()
                .sessionEnd()
                .ifPresent(end -> writes.add(session(change, now.session().orElseThrow(), end)));
        return writes;
    }

    private Optional<RowWrite> vm(Change change, Vm now) {
        Transition transition = change.transition();
        Optional<VmStatus> status = transition.vmStatus().filter(wanted -> wanted != now.believed());
        boolean release = transition.releaseVm() && now.currentSession().isPresent();
        if (status.isEmpty() && !release) {
            return Optional.empty();
        }
        Update update = new Update(schema);
        status.ifPresent(wanted -> update.set(VmColumn.STATUS, value(wanted)));
        if (release) {
            update.set(VmColumn.CURRENT_SESSION, null);
        }
        if (status.isPresent() && isOff(status.get()) && mayHaveRun(now.believed())) {
            update.set(VmColumn.LAST_STOPPED, local(change.at()));
        }
        update.set(VmColumn.LAST_SYNC_TIME, local(change.at()));
        update.set(VmColumn.UPDATED_AT, local(change.at()));
        String id = now.id().value();
        return Optional.of(update.where(
                schema.vmRow(id), schema.vmTable(), VmColumn.ID, id, VmColumn.STATUS, value(now.believed())));
    }

    private RowWrite session(Change change, Session now, Transition.SessionEnd end) {
        Update update = new Update(schema);
        update.set(SessionColumn.STATUS, schema.tables().valueOf(end.endedAs()).orElseThrow());
        update.set(SessionColumn.END_TIME, local(end.endTime()));
        update.set(SessionColumn.DURATION_SECONDS, end.billable().toSeconds());
        update.set(SessionColumn.REASON, end.reason());
        if (end.clearConnection()) {
            update.set(SessionColumn.IP_ADDRESS, null);
            update.set(SessionColumn.PORT, null);
            update.set(SessionColumn.CONNECTION_URL, null);
        }
        update.set(SessionColumn.UPDATED_AT, local(change.at()));
        String id = now.id().value();
        return update.where(
                schema.sessionRow(id),
                schema.sessionTable(),
                SessionColumn.ID,
                id,
                SessionColumn.STATUS,
                schema.tables().valueOf(now.status()).orElseThrow());
    }

    private String value(VmStatus status) {
        return schema.tables().valueOf(status).orElseThrow();
    }

    /** Whether the machine is off by the row's own word; vmsync frees only machines that are. */
    private static boolean isOff(VmStatus status) {
        return status == VmStatus.STOPPED || status == VmStatus.DEALLOCATED || status == VmStatus.AVAILABLE;
    }

    /** Whether a machine found off now was on by the row's word until then; one that is merely assigned was never started. */
    private static boolean mayHaveRun(VmStatus status) {
        return !isOff(status) && status != VmStatus.ASSIGNED;
    }

    private LocalDateTime local(Instant instant) {
        return LocalDateTime.ofInstant(instant, schema.tables().zone());
    }

    /** The columns of one update; those that the host does not have are left out. */
    private static final class Update {

        private final HostSchema schema;
        private final List<String> columns = new ArrayList<>();
        private final List<@Nullable Object> values = new ArrayList<>();

        Update(HostSchema schema) {
            this.schema = schema;
        }

        void set(HostColumn column, @Nullable Object value) {
            schema.optional(column).ifPresent(name -> {
                columns.add(name + " = ?");
                values.add(value);
            });
        }

        RowWrite where(String row, String table, HostColumn key, String id, HostColumn status, String expectedStatus) {
            values.add(id);
            values.add(expectedStatus);
            return new RowWrite(
                    row,
                    "UPDATE " + table + " SET " + String.join(", ", columns) + " WHERE " + schema.column(key)
                            + " = ? AND " + schema.column(status) + " = ?",
                    values);
        }
    }
}
