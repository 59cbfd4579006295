package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns a transition into updates of the host's two rows; a row without a real change is not written. Stateless. */
final class HostWrites {

    private final HostSchema schema;

    HostWrites(HostSchema schema) {
        this.schema = schema;
    }

    /** Why a transition cannot be written at all; empty if it can. */
    Optional<String> refusal(Change change) {
        Transition transition = change.transition();
        String vm = schema.vmRow(change.expected().id().value());
        Optional<VmStatus> vmStatus = transition.vmStatus();
        if (vmStatus.isPresent() && schema.vmStatuses().bound(vmStatus.get()).isEmpty()) {
            return Optional.of(vm + ": HostTables maps no value to " + vmStatus.get());
        }
        if (transition.releaseVm()
                && transition.sessionEnd().isEmpty()
                && change.expected().session().isPresent()
                && schema.isKeyReleased()) {
            return Optional.of(vm + ": a release would take the key of its session, which has not ended");
        }
        return transition
                .sessionEnd()
                .filter(end -> schema.sessionStatuses().bound(end.endedAs()).isEmpty())
                .map(end -> "the session of " + vm + ": HostTables maps no value to " + end.endedAs());
    }

    /**
     * The updates: one of each row, and where one row holds both, one.
     *
     * @param now the rows as they stand, locked
     */
    List<RowWrite> writes(Change change, HostRow.Good now) {
        Vm vm = now.managed().vm();
        String id = vm.id().value();
        HostUpdate ofVm = new HostUpdate(schema, schema.vmRow(id), schema.vmTable(), VmColumn.VERSION, now.version());
        ofVm.expectKey(VmColumn.ID, id);
        vm(change, vm, ofVm);
        Optional<Transition.SessionEnd> end = change.transition().sessionEnd();
        if (end.isEmpty()) {
            return ofVm.write().stream().toList();
        }
        Session session = now.managed().session().orElseThrow();
        HostUpdate ofSession = schema.isOneTable()
                ? ofVm
                : new HostUpdate(
                        schema,
                        schema.sessionRow(session.id().value()),
                        schema.sessionTable(),
                        SessionColumn.VERSION,
                        now.sessionVersion());
        ofSession.expectKey(SessionColumn.ID, session.id().value());
        session(change, session, end.get(), ofSession);
        return Stream.of(ofVm, ofSession)
                .distinct()
                .flatMap(update -> update.write().stream())
                .toList();
    }

    private void vm(Change change, Vm now, HostUpdate update) {
        Transition transition = change.transition();
        Optional<VmStatus> status = transition.vmStatus().filter(wanted -> wanted != now.believed());
        boolean release = transition.releaseVm() && now.currentSession().isPresent();
        if (status.isEmpty() && !release) {
            return;
        }
        status.ifPresent(wanted -> update.set(VmColumn.STATUS, value(wanted)));
        if (release) {
            update.set(VmColumn.CURRENT_SESSION, null);
        }
        if (status.isPresent() && isOff(status.get()) && mayHaveRun(now.believed())) {
            update.set(VmColumn.LAST_STOPPED, local(change.at()));
        }
        update.set(VmColumn.LAST_SYNC_TIME, local(change.at()));
        update.set(VmColumn.UPDATED_AT, local(change.at()));
        update.expect(VmColumn.STATUS, value(now.believed()));
    }

    private void session(Change change, Session now, Transition.SessionEnd end, HostUpdate update) {
        update.set(SessionColumn.STATUS, value(end.endedAs()));
        update.set(SessionColumn.END_TIME, local(end.endTime()));
        update.set(SessionColumn.DURATION_SECONDS, end.billable().toSeconds());
        update.set(SessionColumn.REASON, end.reason());
        if (end.clearConnection()) {
            update.set(SessionColumn.IP_ADDRESS, null);
            update.set(SessionColumn.PORT, null);
            update.set(SessionColumn.CONNECTION_URL, null);
        }
        update.set(SessionColumn.UPDATED_AT, local(change.at()));
        update.expect(SessionColumn.STATUS, value(now.status()));
    }

    private Object value(VmStatus status) {
        return schema.vmStatuses().bound(status).orElseThrow();
    }

    private Object value(SessionStatus status) {
        return schema.sessionStatuses().bound(status).orElseThrow();
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
}
