package com.berryfi.vmsync.testkit.simulation.sabotage;

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

/** A store that does what another does, but for what is overridden. */
abstract class OtherStore implements SessionStore {

    final SessionStore real;

    OtherStore(SessionStore real) {
        this.real = real;
    }

    @Override
    public Scopes scopes(Selection selection) {
        return real.scopes(selection);
    }

    @Override
    public Page page(Scope scope, Selection selection, Optional<VmId> after, int limit) {
        return real.page(scope, selection, after, limit);
    }

    @Override
    public Optional<ManagedVm> find(VmId vm) {
        return real.find(vm);
    }

    @Override
    public Optional<Session> session(SessionId session) {
        return real.session(session);
    }

    @Override
    public List<CommitOutcome> commit(List<Change> changes) {
        return real.commit(changes);
    }

    @Override
    public SyncJournal journal() {
        return real.journal();
    }
}
