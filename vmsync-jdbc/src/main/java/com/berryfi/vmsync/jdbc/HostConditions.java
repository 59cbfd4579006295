package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.SessionStore.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Which of the host's rows are meant; {@code v} is a VM, {@code s} a session. */
final class HostConditions {

    private final HostSchema schema;
    private final List<String> open;
    private final List<String> ended;

    HostConditions(HostSchema schema) {
        this.schema = schema;
        this.open = values(status -> !status.isEnded());
        this.ended = values(SessionStatus::isEnded);
    }

    /** VMs with a key, and with a session that is live or TERMINATING if only those are selected. */
    Condition selected(Selection selection) {
        Condition keyed = Condition.of("TRIM(v." + schema.column(VmColumn.ID) + ") <> ''");
        return selection == Selection.ALL ? keyed : keyed.and(inUse());
    }

    Condition ofScope(Scope scope) {
        return schema.dialect()
                .equal("v." + schema.column(VmColumn.SUBSCRIPTION), scope.subscription())
                .and(equalOrBlank(VmColumn.TENANT, scope.tenant()))
                .and(equalOrBlank(VmColumn.CLIENT, scope.principal()));
    }

    Condition withSubscription() {
        return Condition.of("TRIM(v." + schema.column(VmColumn.SUBSCRIPTION) + ") <> ''");
    }

    Condition withoutSubscription() {
        String subscription = "v." + schema.column(VmColumn.SUBSCRIPTION);
        return Condition.of("(" + subscription + " IS NULL OR TRIM(" + subscription + ") = '')");
    }

    Condition after(String id) {
        return Condition.of("v." + schema.column(VmColumn.ID) + " > ?", id);
    }

    Condition withIds(List<VmId> ids) {
        return new Condition(
                "v." + schema.column(VmColumn.ID) + " IN (" + Statements.marks(ids.size()) + ")",
                List.copyOf(ids.stream().map(VmId::value).toList()));
    }

    Condition withSessionIds(List<String> ids) {
        return ids.isEmpty()
                ? Condition.of("1 = 0")
                : new Condition(
                        "s." + schema.column(SessionColumn.ID) + " IN (" + Statements.marks(ids.size()) + ")",
                        List.copyOf(ids));
    }

    Condition ofSession(SessionId id) {
        return Condition.of("s." + schema.column(SessionColumn.ID) + " = ?", id.value());
    }

    /** Sessions of VMs, all but those that are known to have ended: a status nobody knows must not go unnoticed. */
    Condition notEndedOf(List<VmId> vms) {
        String status = "s." + schema.column(SessionColumn.STATUS);
        Condition ofVms = new Condition(
                "s." + schema.column(SessionColumn.VM) + " IN (" + Statements.marks(vms.size()) + ")",
                List.copyOf(vms.stream().map(VmId::value).toList()));
        return ended.isEmpty()
                ? ofVms
                : ofVms.and(new Condition(
                        "(" + status + " IS NULL OR " + status + " NOT IN (" + Statements.marks(ended.size()) + "))",
                        List.copyOf(ended)));
    }

    /** Sessions that have not ended and whose VM is not there; one that is merely requested may have none yet. */
    Condition withoutVm() {
        String vm = "s." + schema.column(SessionColumn.VM);
        String status = "s." + schema.column(SessionColumn.STATUS);
        String requested = schema.tables().valueOf(SessionStatus.REQUESTED).orElse("");
        return isOpen().and(Condition.of(
                "((" + vm + " IS NULL AND " + status + " <> ?) OR (" + vm
                        + " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM " + schema.vmTable() + " v WHERE v."
                        + schema.column(VmColumn.ID) + " = " + vm + ")))",
                requested));
    }

    private Condition inUse() {
        Condition isOpen = isOpen();
        return new Condition(
                "EXISTS (SELECT 1 FROM " + schema.sessionTable() + " s WHERE s." + schema.column(SessionColumn.VM)
                        + " = v." + schema.column(VmColumn.ID) + " AND " + isOpen.sql() + ")",
                isOpen.values());
    }

    /** Sessions that have not ended. */
    Condition isOpen() {
        return new Condition(
                "s." + schema.column(SessionColumn.STATUS) + " IN (" + Statements.marks(open.size()) + ")",
                new ArrayList<>(open));
    }

    private Condition equalOrBlank(VmColumn column, String value) {
        if (schema.optional(column).isEmpty()) {
            return Condition.of(value.isEmpty() ? "1 = 1" : "1 = 0");
        }
        String name = "v." + schema.column(column);
        return value.isEmpty()
                ? Condition.of("(" + name + " IS NULL OR TRIM(" + name + ") = '')")
                : schema.dialect().equal(name, value);
    }

    private List<String> values(Predicate<SessionStatus> which) {
        return Arrays.stream(SessionStatus.values())
                .filter(which)
                .flatMap(status -> schema.tables().valueOf(status).stream())
                .toList();
    }
}
