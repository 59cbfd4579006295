package com.berryfi.vmsync.testkit.simulation.world;

import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.port.SyncJournal;
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
        return ports.query(() -> store.page(scope, selection, after, limit));
    }

    @Override
    public Optional<ManagedVm> find(VmId vm) {
        return ports.query(() -> store.find(vm));
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
            Instant now = world.time().instant();
            for (int i = 0; i < changes.size(); i++) {
                Change change = changes.get(i);
                CommitOutcome outcome = outcomes.get(i);
                Frame frame = ports.frame();
                frame.written.add(new Frame.Written(change, outcome));
                world.timeline().note(change.expected().id(), now, frame.process(), new Told(change, outcome));
                world.witnesses().committed(frame, change, outcome);
                if (outcome instanceof CommitOutcome.Committed) {
                    world.rows().apply(change, now);
                }
            }
            return outcomes;
        });
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
