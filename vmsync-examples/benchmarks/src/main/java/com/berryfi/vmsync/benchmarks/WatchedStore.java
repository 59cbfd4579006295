package com.berryfi.vmsync.benchmarks;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.port.SyncJournal;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Another store, of which it is told when a suspension of metering is committed. */
final class WatchedStore implements SessionStore {

    private final SessionStore store;
    private final Consumer<VmId> suspended;

    WatchedStore(SessionStore store, Consumer<VmId> suspended) {
        this.store = store;
        this.suspended = suspended;
    }

    @Override
    public Scopes scopes(Selection selection) {
        return store.scopes(selection);
    }

    @Override
    public Page page(Scope scope, Selection selection, Optional<VmId> after, int limit) {
        return store.page(scope, selection, after, limit);
    }

    @Override
    public Optional<ManagedVm> find(VmId vm) {
        return store.find(vm);
    }

    @Override
    public Optional<Session> session(SessionId session) {
        return store.session(session);
    }

    @Override
    public List<CommitOutcome> commit(List<Change> changes) {
        List<CommitOutcome> outcomes = store.commit(changes);
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            if (outcomes.get(i) instanceof CommitOutcome.Committed
                    && change.billing().stream().anyMatch(BillingInstruction.Suspend.class::isInstance)) {
                suspended.accept(change.expected().id());
            }
        }
        return outcomes;
    }

    @Override
    public SyncJournal journal() {
        return store.journal();
    }
}
