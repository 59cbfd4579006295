package com.berryfi.vmsync.testkit.sync;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.VmSyncBuilder;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.testkit.InMemoryBilling;
import com.berryfi.vmsync.testkit.InMemoryCloud;
import com.berryfi.vmsync.testkit.InMemoryStore;
import com.berryfi.vmsync.testkit.SessionRow;
import com.berryfi.vmsync.testkit.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A small backend and its cloud, in memory, on virtual time. */
final class Backend {

    static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
    static final Scope SCOPE = new Scope("azure", "tenant-1", "client-1", "sub-1");

    final VirtualTime time = VirtualTime.startingAt(START);
    final InMemoryStore store = new InMemoryStore();
    final InMemoryCloud cloud = new InMemoryCloud();
    final InMemoryBilling billing = new InMemoryBilling();
    VmSync sync = start(UnaryOperator.identity());

    /** Starts a process of the backend anew: nothing but the database survives. */
    VmSync start(UnaryOperator<VmSyncBuilder> with) {
        sync = with.apply(VmSync.builder(store, cloud, billing)
                        .withSettings(SyncSettings.from(Map.of("azure.status.sync.retry.attempts", "1")))
                        .withClock(time)
                        .withScheduler(time)
                        .withScopesExecutor(Runnable::run)
                        .withJitter(() -> 0))
                .build();
        return sync;
    }

    static CloudAddress address(String vm) {
        return CloudAddress.ofName("group", vm);
    }

    /** A VM with both sides' word, without a session. */
    Backend vm(String name, VmStatus believed, PowerState power) {
        return vm(SCOPE, name, believed, power);
    }

    Backend vm(Scope scope, String name, VmStatus believed, PowerState power) {
        store.putVm(new Vm(new VmId(name), scope, address(name), believed, Optional.empty(), Optional.empty()));
        cloud.put(scope, address(name), power);
        return this;
    }

    /** A session on a VM that is there, begun an hour ago. */
    Backend session(String vm, SessionStatus status) {
        SessionId id = sessionOf(vm);
        store.putSession(new Session(
                id, new VmId(vm), status, Optional.of(time.instant().minus(Duration.ofHours(1))), Optional.empty()));
        store.updateVm(
                new VmId(vm),
                row -> new Vm(
                        row.id(), row.scope(), row.address(), row.believed(), Optional.of(id), row.lastStarted()));
        return this;
    }

    static SessionId sessionOf(String vm) {
        return new SessionId("session-of-" + vm);
    }

    /** A VM that runs for a session in use, as both sides know. */
    Backend inUse(String vm) {
        return vm(vm, VmStatus.RUNNING, PowerState.RUNNING).session(vm, SessionStatus.ACTIVE);
    }

    void hostSays(String vm, VmStatus status) {
        store.updateVm(
                new VmId(vm),
                row -> new Vm(row.id(), row.scope(), row.address(), status, row.currentSession(), row.lastStarted()));
    }

    void hostSays(String vm, SessionStatus status) {
        store.updateSession(
                sessionOf(vm), row -> new Session(row.id(), row.vm(), status, row.startTime(), row.endTime()));
    }

    SyncReport quick() {
        return sync.runOnce(SyncKind.QUICK);
    }

    SyncReport full() {
        return sync.runOnce(SyncKind.FULL);
    }

    /** The next quick sync, half a minute on. */
    SyncReport quickAfter(Duration wait) {
        time.pass(wait);
        return quick();
    }

    VmStatus believed(String vm) {
        return store.vm(new VmId(vm)).orElseThrow().believed();
    }

    SessionRow row(String vm) {
        return store.sessionRow(sessionOf(vm)).orElseThrow();
    }

    SessionStatus status(String vm) {
        return row(vm).session().status();
    }

    static VmOutcome outcome(SyncReport report, String vm) {
        return report.outcomes().stream()
                .filter(outcome -> outcome.before().id().equals(new VmId(vm)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing is said of " + vm + " in " + report));
    }
}
