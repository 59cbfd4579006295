package com.berryfi.vmsync.quickstart;

import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.VmStatus;
import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;

/** What is planted before the first sync: drift of every kind, and rows and answers that nobody can work with. */
final class DemoPlan {

    static final int[] DEAD_UNNOTICED = {2, 5, 8, 107};
    static final int STOPPED_UNNOTICED = 11;
    static final int[] ALIVE_UNNOTICED = {14, 113};
    static final int[] RESUMED = {3, 165};
    static final int UNKNOWN_IN_USE = 6;
    static final int UNKNOWN_FREE = 20;
    static final int MAINTENANCE = 23;
    static final int BEGINNING = 9;
    static final int GONE = 26;
    static final int ORPHAN = 4;
    static final int STILL_BILLED = 7;
    static final int UPDATING = 12;
    static final int UNKNOWN_STATUS = 29;
    static final int NO_SUBSCRIPTION = 32;
    static final int TWO_SESSIONS = 33;
    static final int MALFORMED_ID = 35;
    static final int TWIN = 38;
    static final int TWIN_OF = 41;

    private final DemoFleet fleet;
    private final DemoDatabase database;
    private final Map<Integer, String> planted = new TreeMap<>();

    DemoPlan(DemoFleet fleet, DemoDatabase database) {
        this.fleet = fleet;
        this.database = database;
    }

    void plant() {
        drift();
        unknowns();
        badRows();
    }

    private void drift() {
        for (int number : DEAD_UNNOTICED) {
            fleet.put(number, VmStatus.RUNNING, PowerState.DEALLOCATED);
            planted.put(number, "believed RUNNING, deallocated in Azure, no session");
        }
        fleet.put(STOPPED_UNNOTICED, VmStatus.RUNNING, PowerState.STOPPED);
        planted.put(STOPPED_UNNOTICED, "believed RUNNING, stopped in Azure, no session");
        for (int number : ALIVE_UNNOTICED) {
            fleet.put(number, VmStatus.STOPPED, PowerState.RUNNING);
            planted.put(number, "believed STOPPED, runs in Azure, no session");
        }
        for (int number : RESUMED) {
            fleet.put(number, VmStatus.STOPPED, PowerState.RUNNING);
            fleet.session(number, SessionStatus.ACTIVE);
            planted.put(number, "believed STOPPED, runs in Azure, session ACTIVE");
        }
        fleet.put(BEGINNING, VmStatus.STARTING, PowerState.DEALLOCATED);
        fleet.session(BEGINNING, SessionStatus.STARTING);
        planted.put(BEGINNING, "session STARTING, VM still deallocated");
        fleet.put(MAINTENANCE, VmStatus.MAINTENANCE, PowerState.STOPPED);
        planted.put(MAINTENANCE, "in MAINTENANCE, stopped in Azure");
        fleet.put(ORPHAN, VmStatus.AVAILABLE, PowerState.RUNNING);
        planted.put(ORPHAN, "AVAILABLE, runs in Azure for nobody");
        fleet.put(STILL_BILLED, VmStatus.AVAILABLE, PowerState.STOPPED);
        planted.put(STILL_BILLED, "AVAILABLE, stopped and not deallocated: Azure bills it");
        fleet.subscription(GONE).vanish(DemoFleet.GROUP, DemoFleet.vm(GONE));
        planted.put(GONE, "believed STOPPED, gone from Azure");
    }

    private void unknowns() {
        fleet.machine(UNKNOWN_IN_USE).withoutPowerState();
        planted.put(UNKNOWN_IN_USE, "session ACTIVE, Azure names no power state");
        fleet.machine(UNKNOWN_FREE).withoutPowerState();
        planted.put(UNKNOWN_FREE, "believed STOPPED, Azure names no power state");
        fleet.machine(UPDATING).power(PowerState.STOPPED);
        fleet.machine(UPDATING).provisioning("updating");
        planted.put(UPDATING, "session ACTIVE, stopped while Azure still updates it");
    }

    private void badRows() {
        database.update("UPDATE vm_instances SET status = 'REBOOTING' WHERE id = ?", DemoFleet.vm(UNKNOWN_STATUS));
        planted.put(UNKNOWN_STATUS, "bad row: status REBOOTING");
        database.update(
                "UPDATE vm_instances SET azure_subscription_id = NULL WHERE id = ?", DemoFleet.vm(NO_SUBSCRIPTION));
        planted.put(NO_SUBSCRIPTION, "bad row: no subscription");
        database.update(
                "INSERT INTO vm_sessions (id, vm_instance_id, status) VALUES ('s-033-twin', ?, 'ACTIVE')",
                DemoFleet.vm(TWO_SESSIONS));
        planted.put(TWO_SESSIONS, "bad rows: two live sessions on one VM");
        database.update(
                "UPDATE vm_instances SET azure_resource_id = '/subscriptions/oops' WHERE id = ?",
                DemoFleet.vm(MALFORMED_ID));
        planted.put(MALFORMED_ID, "bad row: malformed resource id");
        database.update(
                "UPDATE vm_instances SET azure_resource_id = ? WHERE id = ?",
                fleet.machine(TWIN_OF).resourceId(),
                DemoFleet.vm(TWIN));
        planted.put(TWIN, "bad row: names the same machine as " + DemoFleet.vm(TWIN_OF));
        database.update("INSERT INTO vm_sessions (id, vm_instance_id, status) VALUES ('s-lost', 'vm-lost', 'ACTIVE')");
    }

    void print(PrintStream out) {
        TextTable table = new TextTable("VM", "planted");
        planted.forEach((number, what) -> table.row(DemoFleet.vm(number), what));
        table.row("-", "bad row: session s-lost, whose VM is gone");
        table.print(out);
    }
}
