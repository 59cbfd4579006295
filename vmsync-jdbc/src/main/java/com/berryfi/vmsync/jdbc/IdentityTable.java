package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Identity;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.VmId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code vmsync_identity}: which machines the addresses of VMs led to, those of rows that are gone included. */
final class IdentityTable {

    static final String COLUMNS = "vm_id, " + ScopeColumns.COLUMNS
            + ", resource_id, resource_group, machine_name, machine_uid, session_id, learned_at";

    private static final String UPDATE = "UPDATE vmsync_identity SET cloud = ?, tenant = ?, principal = ?,"
            + " subscription = ?, resource_id = ?, resource_group = ?, machine_name = ?, machine_uid = ?,"
            + " session_id = ?, learned_at = ? WHERE vm_id = ? AND learned_at = ?";
    private static final String DELETE = "DELETE FROM vmsync_identity WHERE vm_id = ? AND learned_at = ?";

    private IdentityTable() {}

    /** @param lock whether the rows stay locked until the end of the transaction */
    static OwnRows<VmId, Identity> read(Connection connection, Collection<VmId> vms, boolean lock) throws SQLException {
        return OwnRows.read(
                connection,
                "SELECT " + COLUMNS + " FROM vmsync_identity",
                "vm_id",
                vms.stream().map(VmId::value).toList(),
                lock,
                IdentityTable::add);
    }

    /** All, in the order of their VMs. */
    static OwnRows<VmId, Identity> all(Connection connection) throws SQLException {
        OwnRows<VmId, Identity> found = new OwnRows<>();
        Statements.query(connection, "SELECT " + COLUMNS + " FROM vmsync_identity ORDER BY vm_id", List.of(), cells -> {
            add(found, cells);
            return found;
        });
        return found;
    }

    /** The write that leads from what was known to what is known now; empty if that is the same. */
    static Optional<RowWrite> write(VmId id, Optional<Identity> before, Optional<Identity> after) {
        String vm = id.value();
        String row = "vmsync_identity " + vm;
        if (before.equals(after)) {
            return Optional.empty();
        }
        if (after.isEmpty()) {
            return before.map(old -> new RowWrite(row, DELETE, Arrays.asList(vm, Times.utc(old.learnedAt()))));
        }
        List<@Nullable Object> values = new ArrayList<>(values(after.get()));
        if (before.isEmpty()) {
            values.add(0, vm);
            return Optional.of(
                    RowWrite.insert(row, "vmsync_identity", COLUMNS, values).unlessThere());
        }
        values.add(vm);
        values.add(Times.utc(before.get().learnedAt()));
        return Optional.of(new RowWrite(row, UPDATE, values));
    }

    private static List<@Nullable Object> values(Identity identity) {
        CloudAddress address = identity.address();
        List<@Nullable Object> values = new ArrayList<>(ScopeColumns.values(identity.scope()));
        values.addAll(Arrays.asList(
                address.resourceId(),
                address.group(),
                address.name(),
                identity.uid().orElse(null),
                identity.session().map(SessionId::value).orElse(null),
                Times.utc(identity.learnedAt())));
        return values;
    }

    private static void add(OwnRows<VmId, Identity> found, ResultSet cells) throws SQLException {
        VmId vm = new VmId(cells.getString("vm_id"));
        found.add(vm, new OwnRow(cells, "vmsync_identity " + vm), row -> identity(vm, row));
    }

    private static Identity identity(VmId vm, OwnRow row) throws SQLException {
        return new Identity(
                vm,
                ScopeColumns.scope(row),
                new CloudAddress(row.text("resource_id"), row.text("resource_group"), row.text("machine_name")),
                row.optionalText("machine_uid"),
                row.optionalText("session_id").map(SessionId::new),
                row.instant("learned_at"));
    }
}
