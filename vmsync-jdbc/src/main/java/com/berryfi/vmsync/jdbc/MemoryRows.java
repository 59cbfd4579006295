package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.Amendment;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.Identity;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Tracking;
import com.berryfi.vmsync.model.VmId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What is remembered of some VMs, as read from the three tables that hold it. */
final class MemoryRows {

    private final OwnRows<VmId, Tracking> trackings;
    private final OwnRows<SessionId, Metering> meterings;
    private final OwnRows<VmId, Identity> identities;

    private MemoryRows(
            OwnRows<VmId, Tracking> trackings,
            OwnRows<SessionId, Metering> meterings,
            OwnRows<VmId, Identity> identities) {
        this.trackings = trackings;
        this.meterings = meterings;
        this.identities = identities;
    }

    /** Reads what is remembered of VMs, without locks. */
    static MemoryRows of(Connection connection, Collection<ManagedVm> vms) throws SQLException {
        List<VmId> ids = vms.stream().map(ManagedVm::id).toList();
        List<SessionId> sessions = vms.stream()
                .map(ManagedVm::meteredSession)
                .flatMap(Optional::stream)
                .toList();
        return read(connection, ids, sessions, ids, false);
    }

    /** Reads and locks what changes are compared with. */
    static MemoryRows lockedFor(Connection connection, List<Change> changes) throws SQLException {
        List<VmId> ids = changes.stream().map(change -> change.expected().id()).toList();
        List<SessionId> sessions = changes.stream()
                .map(MemoryRows::session)
                .flatMap(Optional::stream)
                .toList();
        return read(connection, ids, sessions, ids, true);
    }

    /** Reads and locks what an amendment speaks of, and nothing else. */
    static MemoryRows lockedFor(Connection connection, Amendment amendment) throws SQLException {
        Memory before = amendment.before();
        Memory after = amendment.after();
        List<VmId> vm = List.of(amendment.vm());
        return read(
                connection,
                before.tracking().or(after::tracking).isPresent() ? vm : List.of(),
                session(amendment).stream().toList(),
                before.identity().or(after::identity).isPresent() ? vm : List.of(),
                true);
    }

    /** Rows are locked by table in one order for all, so that no two wait for one another. */
    private static MemoryRows read(
            Connection connection, List<VmId> tracked, List<SessionId> sessions, List<VmId> identified, boolean lock)
            throws SQLException {
        return new MemoryRows(
                TrackingTable.read(connection, tracked, lock),
                MeteringTable.read(connection, sessions, lock),
                IdentityTable.read(connection, identified, lock));
    }

    /** Of which session's bill a change speaks; empty if of none. */
    static Optional<SessionId> session(Change change) {
        return change.before()
                .metering()
                .or(change.after()::metering)
                .map(Metering::session)
                .or(change.expected()::meteredSession);
    }

    /** Of which session's bill an amendment speaks; empty if of none. */
    static Optional<SessionId> session(Amendment amendment) {
        return amendment.before().metering().or(amendment.after()::metering).map(Metering::session);
    }

    Memory memory(VmId vm, Optional<SessionId> session) {
        return new Memory(trackings.row(vm), session.flatMap(meterings::row), identities.row(vm));
    }

    /** Why what is remembered cannot be read, naming the row; empty if it can. */
    Optional<String> problem(VmId vm, Optional<SessionId> session) {
        return trackings
                .problem(vm)
                .or(() -> session.flatMap(meterings::problem))
                .or(() -> identities.problem(vm));
    }

    /** What is remembered otherwise than expected; empty if nothing is. */
    Optional<String> conflict(VmId vm, Optional<SessionId> session, Memory before) {
        Memory now = memory(vm, session);
        if (!now.tracking().map(Tracking::version).equals(before.tracking().map(Tracking::version))) {
            return Optional.of("vmsync_tracking " + vm);
        }
        if (!now.metering().map(Metering::version).equals(before.metering().map(Metering::version))) {
            return session.map(key -> "vmsync_metering " + key + " of VM " + vm);
        }
        return now.identity().equals(before.identity()) ? Optional.empty() : Optional.of("vmsync_identity " + vm);
    }

    /** The writes that lead from one memory to another. */
    static List<RowWrite> writes(VmId vm, Memory before, Memory after) {
        List<RowWrite> writes = new ArrayList<>();
        TrackingTable.write(vm, before.tracking(), after.tracking()).ifPresent(writes::add);
        MeteringTable.write(before.metering(), after.metering()).ifPresent(writes::add);
        IdentityTable.write(vm, before.identity(), after.identity()).ifPresent(writes::add);
        return writes;
    }
}
