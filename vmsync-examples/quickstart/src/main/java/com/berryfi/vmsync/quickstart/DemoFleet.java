package com.berryfi.vmsync.quickstart;

import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.quickstart.DemoCloud.Account;
import com.berryfi.vmsync.testkit.arm.ArmSubscription;
import com.berryfi.vmsync.testkit.arm.ArmVm;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** 200 VMs, of which both sides tell the same story, until somebody plants another. */
final class DemoFleet {

    static final int SIZE = 200;
    static final String GROUP = "rg-render";

    private final DemoDatabase database;
    private final DemoCloud cloud;
    private final Instant start;

    DemoFleet(DemoDatabase database, DemoCloud cloud, Instant start) {
        this.database = database;
        this.cloud = cloud;
        this.start = start;
    }

    static String vm(int number) {
        return String.format(Locale.ROOT, "vm-%03d", number);
    }

    static String session(int number) {
        return String.format(Locale.ROOT, "s-%03d", number);
    }

    static Account account(int number) {
        return number <= 100 ? DemoCloud.RENDER : number <= 160 ? DemoCloud.STUDIO : DemoCloud.LAB;
    }

    /** A third is in use, a third is free, a third is stopped. */
    void settle() {
        for (int number = 1; number <= SIZE; number++) {
            switch (number % 3) {
                case 0 -> inUse(number);
                case 1 -> put(number, VmStatus.AVAILABLE, PowerState.DEALLOCATED);
                default -> put(number, VmStatus.STOPPED, PowerState.DEALLOCATED);
            }
        }
    }

    void inUse(int number) {
        put(number, VmStatus.RUNNING, PowerState.RUNNING);
        session(number, SessionStatus.ACTIVE);
    }

    /** A VM in both worlds. Every second row holds a full resource id in a case of its own, the others a bare name. */
    void put(int number, VmStatus believed, PowerState power) {
        Account account = account(number);
        ArmVm machine = cloud.subscription(account).put(GROUP, vm(number), power);
        String address = number % 2 == 0 ? machine.resourceId().toUpperCase(Locale.ROOT) : vm(number);
        database.update("DELETE FROM vm_instances WHERE id = ?", vm(number));
        database.update(
                "INSERT INTO vm_instances (id, vm_name, status, azure_subscription_id, azure_tenant_id, azure_client_id,"
                        + " azure_client_secret, azure_resource_group, azure_resource_id, last_started, updated_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                vm(number),
                vm(number),
                believed.name(),
                account.subscription(),
                DemoCloud.TENANT,
                account.clientId(),
                account.secret(),
                GROUP,
                address,
                DemoDatabase.utc(start.minus(Duration.ofHours(2))),
                DemoDatabase.utc(start.minus(Duration.ofHours(2))));
    }

    /** A session that began {@code number} minutes before the story, on the VM of that number. */
    void session(int number, SessionStatus status) {
        database.update("DELETE FROM vm_sessions WHERE id = ?", session(number));
        database.update(
                "INSERT INTO vm_sessions (id, vm_instance_id, user_id, status, start_time, vm_ip_address, vm_port, connection_url)"
                        + " VALUES (?, ?, ?, ?, ?, '10.0.0.4', 443, 'https://10.0.0.4/stream')",
                session(number),
                vm(number),
                "user-" + number,
                status.name(),
                DemoDatabase.utc(startOf(number)));
        database.update("UPDATE vm_instances SET current_session_id = ? WHERE id = ?", session(number), vm(number));
    }

    Instant startOf(int number) {
        return start.minus(Duration.ofMinutes(number));
    }

    ArmVm machine(int number) {
        return subscription(number).vm(GROUP, vm(number));
    }

    ArmSubscription subscription(int number) {
        return cloud.subscription(account(number));
    }
}
