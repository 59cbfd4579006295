package com.berryfi.vmsync.testkit;

import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.testkit.contract.HostRows;
import java.util.Optional;

/** The rows of an {@link InMemoryStore}; what its records cannot hold is planted. */
final class InMemoryHostRows implements HostRows {

    private final InMemoryStore store;

    InMemoryHostRows(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public void put(Vm vm) {
        store.putVm(vm);
    }

    @Override
    public void put(Session session) {
        store.putSession(session);
    }

    @Override
    public void remove(VmId vm) {
        store.removeVm(vm);
    }

    @Override
    public void remove(SessionId session) {
        store.removeSession(session);
    }

    @Override
    public void touch(VmId vm) {
        store.updateVm(vm, same -> same);
        store.find(vm)
                .flatMap(ManagedVm::sessionId)
                .ifPresent(session -> store.updateSession(session, InMemoryHostRows::alive));
    }

    @Override
    public Vm vm(VmId vm) {
        return store.vm(vm).orElseThrow();
    }

    @Override
    public SessionRow session(SessionId session) {
        return store.sessionRow(session).orElseThrow();
    }

    @Override
    public String spoil(VmId vm, String status) {
        store.plantProblem(vm, new RowProblem("VM " + vm, "status: " + status));
        return "status";
    }

    @Override
    public String spoil(SessionId session, String status) {
        store.plantProblem(session, new RowProblem("session " + session, "status: " + status));
        return "status";
    }

    private static Session alive(Session session) {
        return new Session(
                session.id(),
                session.vm(),
                session.status(),
                session.startTime(),
                session.endTime(),
                Optional.of(session.lastHeartbeat().orElse(Samples.NOON).plusMillis(1)));
    }

    @Override
    public String putWithoutSubscription(Vm vm) {
        store.plantHomeless(vm.id(), new RowProblem("VM " + vm.id(), "subscription: missing"));
        return "subscription";
    }
}
