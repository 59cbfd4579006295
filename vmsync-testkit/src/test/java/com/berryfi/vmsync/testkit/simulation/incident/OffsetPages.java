package com.berryfi.vmsync.testkit.simulation.incident;

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

/** Finds the next page by counting the rows of those before. */
final class OffsetPages implements SessionStore {

    private final SessionStore store;
    private int offset;

    OffsetPages(SessionStore store) {
        this.store = store;
    }

    @Override
    public Page page(Scope scope, Selection selection, Optional<VmId> after, int limit) {
        Page all = store.page(scope, selection, Optional.empty(), 10_000);
        int from = Math.min(after.isEmpty() ? 0 : offset, all.vms().size());
        int to = Math.min(from + limit, all.vms().size());
        offset = to;
        List<ManagedVm> rows = all.vms().subList(from, to);
        return new Page(
                rows,
                all.problems(),
                to < all.vms().size() ? Optional.of(rows.get(rows.size() - 1).id()) : Optional.empty());
    }

    @Override
    public Scopes scopes(Selection selection) {
        return store.scopes(selection);
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
        return store.commit(changes);
    }

    @Override
    public SyncJournal journal() {
        return store.journal();
    }
}
