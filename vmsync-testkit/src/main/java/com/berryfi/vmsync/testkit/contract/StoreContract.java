package com.berryfi.vmsync.testkit.contract;

import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.testkit.Samples;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the contracts of a store and of its journal share. */
@ExtendWith(Waivers.class)
abstract class StoreContract {

    static final CommitOutcome COMMITTED = new CommitOutcome.Committed();

    /** {@return the store under test, on empty tables at the begin of each test; the same one within a test} */
    protected abstract SessionStore store();

    /** {@return the rows of that store, as the host reads and writes them} */
    protected abstract HostRows host();

    private final Map<String, String> namesByKey = new HashMap<>();

    /** The key of the VM called so; see {@link HostRows#keyOf}. */
    final VmId id(String name) {
        String key = host().keyOf(name);
        namesByKey.put(key, name);
        return new VmId(key);
    }

    final SessionId sessionId(String name) {
        return new SessionId(host().keyOf(name));
    }

    /** What the contract calls a VM. */
    final String nameOf(VmId id) {
        return namesByKey.getOrDefault(id.value(), id.value());
    }

    /** {@link Samples#vm} under the host's keys. */
    final Vm vm(String name) {
        return keyed(Samples.vm(name), name, Optional.of(sessionId("s-" + name)));
    }

    /** {@link Samples#freeVm} under the host's keys. */
    final Vm freeVm(String name) {
        return keyed(Samples.freeVm(name), name, Optional.empty());
    }

    /** {@link Samples#session} under the host's keys. */
    final Session session(String vm) {
        Session sample = Samples.session(vm);
        return new Session(sessionId("s-" + vm), id(vm), sample.status(), sample.startTime(), sample.endTime());
    }

    /** {@link Samples#inUse} under the host's keys. */
    final ManagedVm inUse(String vm) {
        return new ManagedVm(vm(vm), Optional.of(session(vm)));
    }

    private Vm keyed(Vm sample, String name, Optional<SessionId> session) {
        return new Vm(id(name), sample.scope(), sample.address(), sample.believed(), session, sample.lastStarted());
    }

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
