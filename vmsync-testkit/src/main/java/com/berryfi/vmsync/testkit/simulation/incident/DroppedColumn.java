package com.berryfi.vmsync.testkit.simulation.incident;

import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.port.SyncJournal;
import com.berryfi.vmsync.testkit.contract.HostRows;
import com.berryfi.vmsync.testkit.simulation.world.HostDatabase;
import java.util.List;
import java.util.Optional;

/** A database whose store reads one column less on one of its paths. */
final class DroppedColumn implements HostDatabase, SessionStore {

    /** What is not read. */
    enum Column {
        STATUS,
        CURRENT_SESSION,
        RESOURCE_ID,
        LAST_STARTED,
        START_TIME,
        END_TIME
    }

    /** Which way of reading. */
    enum Path {
        BULK,
        SINGLE
    }

    private final HostDatabase real;
    private final Column column;
    private final Path path;

    DroppedColumn(HostDatabase real, Column column, Path path) {
        this.real = real;
        this.column = column;
        this.path = path;
    }

    @Override
    public SessionStore store() {
        return this;
    }

    @Override
    public HostRows rows() {
        return real.rows();
    }

    @Override
    public Scopes scopes(Selection selection) {
        return real.store().scopes(selection);
    }

    @Override
    public Page page(Scope scope, Selection selection, Optional<VmId> after, int limit) {
        Page page = real.store().page(scope, selection, after, limit);
        return path == Path.BULK
                ? new Page(page.vms().stream().map(this::poorer).toList(), page.problems(), page.next())
                : page;
    }

    @Override
    public Optional<ManagedVm> find(VmId vm) {
        Optional<ManagedVm> found = real.store().find(vm);
        return path == Path.SINGLE ? found.map(this::poorer) : found;
    }

    private ManagedVm poorer(ManagedVm whole) {
        Vm vm = whole.vm();
        return new ManagedVm(
                new Vm(
                        vm.id(),
                        vm.scope(),
                        column == Column.RESOURCE_ID
                                ? CloudAddress.ofName(
                                        vm.address().group(), vm.address().name())
                                : vm.address(),
                        column == Column.STATUS ? VmStatus.UNKNOWN : vm.believed(),
                        column == Column.CURRENT_SESSION ? Optional.empty() : vm.currentSession(),
                        column == Column.LAST_STARTED ? Optional.empty() : vm.lastStarted()),
                whole.session()
                        .map(session -> new Session(
                                session.id(),
                                session.vm(),
                                session.status(),
                                column == Column.START_TIME ? Optional.empty() : session.startTime(),
                                column == Column.END_TIME ? Optional.empty() : session.endTime(),
                                session.lastHeartbeat())));
    }

    @Override
    public Optional<Session> session(SessionId session) {
        return real.store().session(session);
    }

    @Override
    public List<CommitOutcome> commit(List<Change> changes) {
        return real.store().commit(changes);
    }

    @Override
    public SyncJournal journal() {
        return real.store().journal();
    }
}
