package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.VmStatus;
import java.time.ZoneOffset;
import java.util.List;

/** How {@link Machines} are mapped, and nothing but that. */
final class MachineTables {

    static final List<VmStatus> POWERS = List.of(VmStatus.values());
    static final List<SessionStatus> ORDERS = List.of(SessionStatus.values());

    private MachineTables() {}

    /** The mapping; the key of a rental is a column of its own, beside that of who holds the machine. */
    static HostTables tables() {
        HostTables tables = HostTables.berryFi(ZoneOffset.UTC)
                .withVmTable("Machines")
                .withSessionTable("machines")
                .withColumn(VmColumn.ID, "no")
                .withColumn(VmColumn.STATUS, "power")
                .withColumn(VmColumn.SUBSCRIPTION, "account")
                .withColumn(VmColumn.TENANT, "directory")
                .withColumn(VmColumn.CLIENT, "user")
                .withColumn(VmColumn.RESOURCE_GROUP, "group")
                .withColumn(VmColumn.NAME, "label")
                .withColumn(VmColumn.RESOURCE_ID, "cloud_id")
                .withColumn(VmColumn.CURRENT_SESSION, "holder")
                .withColumn(VmColumn.LAST_STARTED, "switched_on")
                .withColumn(VmColumn.LAST_STOPPED, "switched_off")
                .withColumn(VmColumn.UPDATED_AT, "changed")
                .withColumn(VmColumn.VERSION, "rev")
                .withoutColumn(VmColumn.CLIENT_SECRET)
                .withoutColumn(VmColumn.LAST_SYNC_TIME)
                .withColumn(SessionColumn.ID, "rental_no")
                .withColumn(SessionColumn.VM, "no")
                .withColumn(SessionColumn.STATUS, "order")
                .withColumn(SessionColumn.START_TIME, "rental_from")
                .withColumn(SessionColumn.END_TIME, "rental_to")
                .withColumn(SessionColumn.LAST_HEARTBEAT, "alive_at")
                .withColumn(SessionColumn.DURATION_SECONDS, "seconds")
                .withColumn(SessionColumn.REASON, "why")
                .withColumn(SessionColumn.IP_ADDRESS, "ip")
                .withColumn(SessionColumn.PORT, "port")
                .withColumn(SessionColumn.CONNECTION_URL, "url")
                .withColumn(SessionColumn.UPDATED_AT, "changed")
                .withoutValue(VmStatus.UNKNOWN);
        for (VmStatus status : VmStatus.values()) {
            tables = status == VmStatus.UNKNOWN ? tables : tables.withValue(status, String.valueOf(code(status)));
        }
        for (SessionStatus status : SessionStatus.values()) {
            tables = tables.withValue(status, String.valueOf(code(status)));
        }
        return tables;
    }

    static int code(VmStatus status) {
        return POWERS.indexOf(status) + 1;
    }

    static int code(SessionStatus status) {
        return 10 * (ORDERS.indexOf(status) + 1);
    }
}
