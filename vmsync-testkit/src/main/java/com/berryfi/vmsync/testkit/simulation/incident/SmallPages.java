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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A store whose pages hold four rows at most, so that something may happen between two of them. */
final class SmallPages implements SessionStore {

    private static final int ROWS = 4;

    private final SessionStore store;
    private Runnable between = () -> {};
    private boolean repeating;
    private List<ManagedVm> before = List.of();

    SmallPages(SessionStore store) {
        this.store = store;
    }

    /** Happens once, after the next full page. */
    void betweenPages(Runnable what) {
        between = what;
    }

    /** From now on each page begins with the last row of the one before, as a page found by an offset does. */
    void repeatRows() {
        repeating = true;
    }

    @Override
    public Page page(Scope scope, Selection selection, Optional<VmId> after, int limit) {
        Page page = store.page(scope, selection, after, Math.min(limit, ROWS));
        if (page.next().isPresent()) {
            Runnable now = between;
            between = () -> {};
            now.run();
        }
        return repeating ? withTheLast(page, after.isPresent()) : page;
    }

    private Page withTheLast(Page page, boolean isNext) {
        List<ManagedVm> rows = new ArrayList<>(isNext ? before : List.of());
        rows.addAll(page.vms());
        before = page.vms().isEmpty()
                ? List.of()
                : List.of(page.vms().get(page.vms().size() - 1));
        return new Page(rows, page.problems(), page.next());
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
