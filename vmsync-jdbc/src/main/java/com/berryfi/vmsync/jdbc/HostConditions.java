package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.SessionStore.Selection;
import java.util.List;
import java.util.Optional;

/** Which of the host's rows are meant; {@code v} is a VM, {@code s} a session. */
final class HostConditions {

    private static final Condition NOWHERE = Condition.of("1 = 0");

    private final HostSchema schema;
    private final List<Object> open;
    private final List<Object> ended;

    HostConditions(HostSchema schema) {
        this.schema = schema;
        this.open = schema.sessionStatuses().bound(status -> !status.isEnded());
        this.ended = schema.sessionStatuses().bound(SessionStatus::isEnded);
    }

    /** VMs with a key, and with a session that is live or TERMINATING if only those are selected. */
    Condition selected(Selection selection) {
        Condition keyed = filled(VmColumn.ID);
        return selection == Selection.ALL ? keyed : keyed.and(inUse());
    }

    Condition ofScope(Scope scope) {
        return equal(VmColumn.SUBSCRIPTION, scope.subscription())
                .and(equalOrBlank(VmColumn.TENANT, scope.tenant()))
                .and(equalOrBlank(VmColumn.CLIENT, scope.principal()));
    }

    Condition withSubscription() {
        return filled(VmColumn.SUBSCRIPTION);
    }

    Condition withoutSubscription() {
        return blank(VmColumn.SUBSCRIPTION);
    }

    /** @throws IllegalArgumentException if no row can have this key */
    Condition after(String id) {
        return Condition.of(
                name(VmColumn.ID) + " > ?",
                schema.bound(VmColumn.ID, id)
                        .orElseThrow(() -> new IllegalArgumentException("after: '" + id + "' is no key of a row")));
    }

    Condition withIds(List<VmId> ids) {
        return in(VmColumn.ID, values(ids));
    }

    Condition withSessionIds(List<String> ids) {
        return in(SessionColumn.ID, ids);
    }

    Condition ofSession(SessionId id) {
        return equal(SessionColumn.ID, id.value());
    }

    /** Sessions of VMs, all but those that are known to have ended: a status nobody knows must not go unnoticed. */
    Condition notEndedOf(List<VmId> vms) {
        String status = name(SessionColumn.STATUS);
        Condition inTable = in(SessionColumn.VM, values(vms));
        Condition ofVms = schema.isOneTable() ? inTable.and(isThere()) : inTable;
        return ended.isEmpty()
                ? ofVms
                : ofVms.and(new Condition(
                        "(" + status + " IS NULL OR " + status + " NOT IN (" + Statements.marks(ended.size()) + "))",
                        ended));
    }

    /** Sessions that have not ended and whose VM is not there; one that is merely requested may have none yet. */
    Condition withoutVm() {
        String vm = name(SessionColumn.VM);
        Optional<Object> requested = schema.sessionStatuses().bound(SessionStatus.REQUESTED);
        Condition nowhere = requested.isEmpty()
                ? Condition.of(vm + " IS NULL")
                : Condition.of(vm + " IS NULL AND " + name(SessionColumn.STATUS) + " <> ?", requested.get());
        return isOpen().and(new Condition(
                "((" + nowhere.sql() + ") OR (" + vm + " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM " + schema.vmTable()
                        + " v WHERE " + name(VmColumn.ID) + " = " + vm + ")))",
                nowhere.values()));
    }

    private Condition inUse() {
        Condition isOpen = isOpen();
        return new Condition(
                "EXISTS (SELECT 1 FROM " + schema.sessionTable() + " s WHERE " + name(SessionColumn.VM) + " = "
                        + name(VmColumn.ID) + " AND " + isOpen.sql() + ")",
                isOpen.values());
    }

    /** Sessions that have not ended. */
    Condition isOpen() {
        return schema.isKeyReleased() ? hasOpenStatus().and(filled(SessionColumn.ID)) : hasOpenStatus();
    }

    /**
     * Rows of the one table that hold a session. One without a key is none; but where the key is a column of its own, one that has not
     * ended by its status is a session that has lost its key, and must not go unnoticed.
     */
    private Condition isThere() {
        Condition keyed = filled(SessionColumn.ID);
        if (schema.isKeyReleased()) {
            return keyed;
        }
        Condition isOpen = hasOpenStatus();
        return new Condition("(" + keyed.sql() + " OR " + isOpen.sql() + ")", isOpen.values());
    }

    private Condition hasOpenStatus() {
        return new Condition(name(SessionColumn.STATUS) + " IN (" + Statements.marks(open.size()) + ")", open);
    }

    private Condition equalOrBlank(VmColumn column, String value) {
        if (schema.optional(column).isEmpty()) {
            return value.isEmpty() ? Condition.of("1 = 1") : NOWHERE;
        }
        return value.isEmpty() ? blank(column) : equal(column, value);
    }

    private Condition equal(HostColumn column, String value) {
        return schema.bound(column, value)
                .map(bound -> schema.type(column) == ColumnType.TEXT
                        ? schema.dialect().equal(name(column), value)
                        : Condition.of(name(column) + " = ?", bound))
                .orElse(NOWHERE);
    }

    private static List<String> values(List<VmId> ids) {
        return ids.stream().map(VmId::value).toList();
    }

    private Condition in(HostColumn column, List<String> ids) {
        List<Object> keys =
                ids.stream().flatMap(id -> schema.bound(column, id).stream()).toList();
        return keys.isEmpty()
                ? NOWHERE
                : new Condition(name(column) + " IN (" + Statements.marks(keys.size()) + ")", keys);
    }

    private Condition filled(HostColumn column) {
        return Condition.of(
                schema.type(column) == ColumnType.TEXT
                        ? "TRIM(" + name(column) + ") <> ''"
                        : name(column) + " IS NOT NULL");
    }

    private Condition blank(HostColumn column) {
        String name = name(column);
        return Condition.of(
                schema.type(column) == ColumnType.TEXT
                        ? "(" + name + " IS NULL OR TRIM(" + name + ") = '')"
                        : name + " IS NULL");
    }

    private String name(HostColumn column) {
        return (column instanceof VmColumn ? "v." : "s.") + schema.column(column);
    }
}
