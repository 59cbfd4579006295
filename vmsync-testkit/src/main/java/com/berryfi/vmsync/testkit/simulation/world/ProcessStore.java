package com.berryfi.vmsync.testkit.simulation.world;

import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.port.SyncJournal;
import com.berryfi.vmsync.testkit.contract.HostRows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The database as one life of a process sees it. */
final class ProcessStore implements SessionStore {

    private final ProcessPorts ports;
    private final SessionStore store;
    private final SyncJournal journal;

    ProcessStore(ProcessPorts ports, SessionStore store) {
        this.ports = ports;
        this.store = store;
        this.journal = new ProcessJournal(ports, store.journal());
    }

    @Override
    public Scopes scopes(Selection selection) {
        return ports.query(() -> store.scopes(selection));
    }

    @Override
    public Page page(Scope scope, Selection selection, Optional<VmId> after, int limit) {
        ports.frame().rowsReadAt.put(scope, ports.clock());
        return ports.query(() -> store.page(scope, selection, after, limit));
    }

    @Override
    public Optional<ManagedVm> find(VmId vm) {
        Instant readAt = ports.clock();
        Optional<ManagedVm> found = ports.query(() -> store.find(vm));
        found.ifPresent(rows -> ports.frame().rowsReadAt.put(rows.vm().scope(), readAt));
        return found;
    }

    @Override
    public Optional<Session> session(SessionId session) {
        return ports.query(() -> store.session(session));
    }

    @Override
    public List<CommitOutcome> commit(List<Change> changes) {
        ports.frame().handedOverAt = ports.world().time().instant();
        return ports.write(() -> {
            SimulatedWorld world = ports.world();
            world.troubles().beforeCommit(changes);
            List<CommitOutcome> outcomes = store.commit(changes);
            for (int i = 0; i < changes.size(); i++) {
                note(changes.get(i), outcomes.get(i));
                if (outcomes.get(i) instanceof CommitOutcome.Committed) {
                    world.rows().apply(changes.get(i), world.time().instant());
                }
            }
            return outcomes;
        });
    }

    /** Writes whole rows as a change leaves them, whatever stands there by now. */
    void overwrite(Change change) {
        ports.write(() -> {
            SimulatedWorld world = ports.world();
            note(change, new CommitOutcome.Committed());
            HostRows rows = world.database().rows();
            Vm vm = change.transition().appliedTo(change.expected()).vm();
            rows.put(vm);
            world.rows().put(vm, world.time().instant());
            change.transition().sessionEnd().ifPresent(end -> {
                Session ended = Rows.ended(change.expected().session().orElseThrow(), end);
                rows.put(ended);
                world.rows().put(ended, world.time().instant());
            });
            return vm;
        });
    }

    private void note(Change change, CommitOutcome outcome) {
        SimulatedWorld world = ports.world();
        Frame frame = ports.frame();
        frame.written.add(new Frame.Written(change, outcome));
        world.timeline()
                .note(change.expected().id(), world.time().instant(), frame.process(), new Told(change, outcome));
        world.witnesses().committed(frame, change, outcome);
    }

    @Override
    public SyncJournal journal() {
        return journal;
    }

    /** A change and what became of it, in short. */
    private record Told(Change change, CommitOutcome outcome) {
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("commits");
            change.audit()
                    .forEach(record -> text.append(' ')
                            .append(record.rule())
                            .append(' ')
                            .append(record.effects())
                            .append(record.held().map(held -> " held " + held).orElse(""))
                            .append(" on ")
                            .append(record.evidence().observation()));
            if (!change.transition().isNone()) {
                text.append(", rows ").append(change.transition());
            }
            if (!change.billing().isEmpty()) {
                text.append(", bill ").append(change.billing());
            }
            change.after()
                    .tracking()
                    .ifPresent(tracking -> text.append(", remembers ")
                            .append(tracking.run().map(Object::toString).orElse("no run"))
                            .append(tracking.changedAt()
                                    .map(at -> " host changed " + at)
                                    .orElse(""))
                            .append(' ')
                            .append(tracking.verdict()));
            return text.append(": ").append(outcome).toString();
        }
    }
}
