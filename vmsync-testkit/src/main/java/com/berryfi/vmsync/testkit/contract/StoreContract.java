package com.berryfi.vmsync.testkit.contract;

import static com.berryfi.vmsync.testkit.Samples.inUse;
import static com.berryfi.vmsync.testkit.Samples.vm;

import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.port.SessionStore;
import java.util.List;

/** What the contracts of a store and of its journal share. */
abstract class StoreContract {

    static final CommitOutcome COMMITTED = new CommitOutcome.Committed();

    /** The store under test, on empty tables at the begin of each test; the same one within a test. */
    protected abstract SessionStore store();

    /** The rows of that store. */
    protected abstract HostRows host();

    final void put(ManagedVm managed) {
        host().put(managed.vm());
        managed.session().ifPresent(host()::put);
    }

    final ManagedVm given(String vm) {
        put(inUse(vm));
        return store().find(inUse(vm).id()).orElseThrow();
    }

    final List<CommitOutcome> commit(Change... changes) {
        return store().commit(List.of(changes));
    }

    static BillingKey key(ManagedVm of, long counter) {
        return new BillingKey(of.sessionId().orElseThrow(), counter);
    }
}
