package com.berryfi.vmsync.backend;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.testkit.InMemoryBilling;
import com.berryfi.vmsync.testkit.InMemoryCloud;
import com.berryfi.vmsync.testkit.InMemoryStore;
import com.berryfi.vmsync.testkit.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A fleet in which something of every kind is out of step, and what vmsync would do about it. */
final class Drifted {

    /** Whoever names a VM so would run a program on the page, or load something into it. */
    static final String HOSTILE = "\"><img src=http://127.0.0.1:9/x onerror=alert(1)><script>alert(2)</script>";

    private static final Scope SCOPE = new Scope("azure", "the-tenant", "the-client", "the-subscription");
    private static final Scope THROTTLED = new Scope("azure", "the-tenant", "the-client", "another-subscription");

    private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-11-01T12:00:00Z"));
    private final InMemoryStore store = new InMemoryStore();
    private final InMemoryCloud cloud = new InMemoryCloud();
    private final VmSync sync = VmSync.builder(store, cloud, new InMemoryBilling())
            .withSettings(SyncSettings.from(Map.of("azure.status.sync.retry.attempts", "1")))
            .withClock(time)
            .withScheduler(time)
            .withScopesExecutor(Runnable::run)
            .withJitter(() -> 0)
            .build();

    /** One of each kind, in two subscriptions, of which one is throttled. */
    SyncReport preview() {
        inUse("in-step");
        inUse("stopped");
        inUse("deallocated");
        inUse("gone");
        inUse("blind");
        vm(SCOPE, "orphan", VmStatus.AVAILABLE, PowerState.RUNNING);
        vm(SCOPE, "still-billed", VmStatus.AVAILABLE, PowerState.STOPPED);
        vm(THROTTLED, "somewhere", VmStatus.RUNNING, PowerState.RUNNING);
        store.plantHomeless(new VmId("bad"), new RowProblem("vm_instances bad", "its status is <b>REBOOTING</b>"));
        for (int i = 0; i < 3; i++) {
            sync.runOnce(SyncKind.FULL);
            time.pass(Duration.ofMinutes(5));
        }
        vm(SCOPE, HOSTILE, VmStatus.RUNNING, PowerState.DEALLOCATED);
        vm(SCOPE, "started", VmStatus.STOPPED, PowerState.RUNNING);
        cloud.stop(SCOPE, address("stopped"));
        cloud.deallocate(SCOPE, address("deallocated"));
        cloud.vanish(SCOPE, address("gone"));
        cloud.forgetPower(SCOPE, address("blind"));
        cloud.fail(THROTTLED, new Observation.Unknown(UnknownCause.THROTTLED, "too many requests"), Optional.empty());
        return sync.view().preview();
    }

    /** So many VMs that are believed to run and are off. */
    SyncReport preview(int vms) {
        for (int i = 0; i < vms; i++) {
            vm(SCOPE, String.format("vm-%05d", i), VmStatus.RUNNING, PowerState.DEALLOCATED);
        }
        return sync.view().preview();
    }

    private void inUse(String vm) {
        SessionId session = new SessionId("s-" + vm);
        vm(SCOPE, vm, VmStatus.RUNNING, PowerState.RUNNING);
        store.updateVm(
                new VmId(vm),
                row -> new Vm(
                        row.id(), row.scope(), row.address(), row.believed(), Optional.of(session), row.lastStarted()));
        store.putSession(new Session(
                session,
                new VmId(vm),
                SessionStatus.ACTIVE,
                Optional.of(time.instant().minus(Duration.ofHours(1))),
                Optional.empty()));
    }

    private void vm(Scope scope, String vm, VmStatus believed, PowerState power) {
        store.putVm(new Vm(new VmId(vm), scope, address(vm), believed, Optional.empty(), Optional.empty()));
        cloud.put(scope, address(vm), power);
    }

    private static CloudAddress address(String vm) {
        return CloudAddress.ofName("group", vm);
    }
}
