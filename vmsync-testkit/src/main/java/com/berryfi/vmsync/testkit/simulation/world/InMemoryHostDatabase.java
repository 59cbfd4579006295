package com.berryfi.vmsync.testkit.simulation.world;

import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.testkit.InMemoryStore;
import com.berryfi.vmsync.testkit.SessionRow;
import com.berryfi.vmsync.testkit.contract.HostRows;

/** Rows in memory; what the store's records cannot hold is planted. */
final class InMemoryHostDatabase implements HostDatabase, HostRows {

    private final InMemoryStore store = new InMemoryStore();

    @Override
    public SessionStore store() {
        return store;
    }

    @Override
    public HostRows rows() {
        return this;
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

    @Override
    public String putWithoutSubscription(Vm vm) {
        store.plantHomeless(vm.id(), new RowProblem("VM " + vm.id(), "subscription: missing"));
        return "subscription";
    }
}
