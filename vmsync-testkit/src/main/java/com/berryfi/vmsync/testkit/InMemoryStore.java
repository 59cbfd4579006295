package com.berryfi.vmsync.testkit;

import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.port.SyncJournal;
import com.berryfi.vmsync.port.UnavailableException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A {@link SessionStore} in memory that a test scripts as the host would write it. Thread-safe: one lock guards the host's rows
 * and the journal, so that a commit is atomic.
 *
 * <p>Rows are given and read as the model's records; the scripting methods stand for the host and ignore {@link #goDown()}.
 */
public final class InMemoryStore implements SessionStore {

    private final Object lock = new Object();
    private final InMemoryRows rows = new InMemoryRows();
    private final InMemoryJournal journal = new InMemoryJournal(lock, this::requireUp);
    private Optional<Runnable> beforeCommit = Optional.empty();
    private boolean down;
    private boolean losesNextAnswer;

    @Override
    public Scopes scopes(Selection selection) {
        return whileUp(() -> rows.scopes(selection));
    }

    @Override
    public Page page(Scope scope, Selection selection, Optional<VmId> after, int limit) {
        return whileUp(() -> rows.page(scope, selection, after, limit));
    }

    @Override
    public Optional<ManagedVm> find(VmId vm) {
        return whileUp(() -> {
            reject(rows.problem(vm));
            return rows.managed(vm);
        });
    }

    @Override
    public Optional<Session> session(SessionId session) {
        return whileUp(() -> {
            reject(rows.problem(session));
            return rows.session(session).map(SessionRow::session);
        });
    }

    @Override
    public List<CommitOutcome> commit(List<Change> changes) {
        Set<VmId> vms = new HashSet<>();
        changes.stream()
                .map(change -> change.expected().id())
                .filter(id -> !vms.add(id))
                .forEach(id -> {
                    throw new IllegalArgumentException("changes: VM " + id + " is changed twice");
                });
        takeHook().ifPresent(Runnable::run);
        return whileUp(() -> {
            List<CommitOutcome> outcomes = changes.stream().map(this::commit).toList();
            if (losesNextAnswer) {
                losesNextAnswer = false;
                throw new UnavailableException("in-memory store: the answer to a commit was lost");
            }
            return outcomes;
        });
    }

    @Override
    public SyncJournal journal() {
        return journal;
    }

    /**
     * Inserts or overwrites a VM's row; a planted problem of it is gone.
     *
     * @param vm all that the row holds
     */
    public void putVm(Vm vm) {
        host(() -> {
            rows.put(vm);
            rows.heal(vm.id());
        });
    }

    /**
     * Inserts or overwrites a session's row, with connection details; a planted problem of it is gone.
     *
     * @param session what the row holds of it
     */
    public void putSession(Session session) {
        host(() -> {
            rows.put(SessionRow.of(session));
            rows.heal(session.id());
        });
    }

    /**
     * Changes a VM's row as the host would; the row must be there.
     *
     * @param id which row
     * @param change gives the new row for the present one
     * @throws java.util.NoSuchElementException if there is no such row
     */
    public void updateVm(VmId id, UnaryOperator<Vm> change) {
        host(() -> rows.put(change.apply(vm(id).orElseThrow())));
    }

    /**
     * Changes a session's row as the host would; the row must be there.
     *
     * @param id which row
     * @param change gives the new row for the present one
     * @throws java.util.NoSuchElementException if there is no such row
     */
    public void updateSession(SessionId id, UnaryOperator<Session> change) {
        synchronized (lock) {
            SessionRow row = sessionRow(id).orElseThrow();
            rows.put(new SessionRow(change.apply(row.session()), row.billed(), row.reason(), row.connected()));
        }
    }

    /**
     * Deletes a VM's row, and a planted problem with it.
     *
     * @param id which row
     */
    public void removeVm(VmId id) {
        host(() -> rows.remove(id));
    }

    /**
     * Deletes a session's row, and a planted problem with it.
     *
     * @param id which row
     */
    public void removeSession(SessionId id) {
        host(() -> rows.remove(id));
    }

    /**
     * Makes the row of a VM that is there one that cannot be worked with, until it is put again.
     *
     * @param vm whose row
     * @param problem what every read of it is answered with
     */
    public void plantProblem(VmId vm, RowProblem problem) {
        host(() -> rows.spoil(vm, problem));
    }

    /**
     * Makes the row of a session that is there one that cannot be worked with, nor its VM, until it is put again.
     *
     * @param session whose row
     * @param problem what every read of it is answered with
     */
    public void plantProblem(SessionId session, RowProblem problem) {
        host(() -> rows.spoil(session, problem));
    }

    /**
     * Makes what is remembered of a VM unreadable, for good.
     *
     * @param vm whose memory
     */
    public void spoilMemory(VmId vm) {
        host(() -> journal.spoil(vm));
    }

    /**
     * Plants a VM's row that belongs to no scope; a proper row of it is gone.
     *
     * @param vm the id of the row
     * @param problem what every read of it is answered with
     */
    public void plantHomeless(VmId vm, RowProblem problem) {
        host(() -> rows.putHomeless(vm, problem));
    }

    /**
     * {@return a VM's row as it stands; empty if there is none}
     *
     * @param id which row
     */
    public Optional<Vm> vm(VmId id) {
        synchronized (lock) {
            return rows.vm(id);
        }
    }

    /**
     * {@return a session's row as it stands, ended or not; empty if there is none}
     *
     * @param id which row
     */
    public Optional<SessionRow> sessionRow(SessionId id) {
        synchronized (lock) {
            return rows.session(id);
        }
    }

    /**
     * {@return what is remembered of a session's bill, whether it has ended or not; empty if nothing is}
     *
     * @param id of which session
     */
    public Optional<Metering> metering(SessionId id) {
        synchronized (lock) {
            return journal.known(id);
        }
    }

    /** {@return all audit records, oldest first, those of VMs without a session too} */
    public List<AuditRecord> audit() {
        synchronized (lock) {
            return journal.audit();
        }
    }

    /**
     * Runs before the next commit compares anything, once; what it changes has come in between.
     *
     * @param hook runs in the committing thread, outside the store's lock; it replaces one that has not run yet
     */
    public void beforeCommit(Runnable hook) {
        host(() -> beforeCommit = Optional.of(hook));
    }

    /** From now on every call of the ports fails, until {@link #comeBack()}. */
    public void goDown() {
        host(() -> down = true);
    }

    /** Ends {@link #goDown()}. */
    public void comeBack() {
        host(() -> down = false);
    }

    /** The next commit is carried out, and yet its caller is told that the store is unavailable. */
    public void loseNextAnswer() {
        host(() -> losesNextAnswer = true);
    }

    private Optional<Runnable> takeHook() {
        synchronized (lock) {
            Optional<Runnable> hook = beforeCommit;
            beforeCommit = Optional.empty();
            return hook;
        }
    }

    private CommitOutcome commit(Change change) {
        ManagedVm expected = change.expected();
        VmId id = expected.id();
        if (rows.problem(id).isPresent()
                || !rows.managed(id).map(ManagedVm::fingerprint).equals(Optional.of(expected.fingerprint()))) {
            return new CommitOutcome.Conflict("the rows of VM " + id);
        }
        Optional<CommitOutcome> unwritten = journal.unwritten(change);
        if (unwritten.isPresent()) {
            return unwritten.get();
        }
        rows.apply(rows.managed(id).orElseThrow(), change.transition());
        journal.apply(change);
        return new CommitOutcome.Committed();
    }

    private static void reject(Optional<RowProblem> problem) {
        problem.ifPresent(any -> {
            throw new RejectedException(any.toString());
        });
    }

    private void host(Runnable work) {
        synchronized (lock) {
            work.run();
        }
    }

    private <T> T whileUp(Supplier<T> work) {
        synchronized (lock) {
            requireUp();
            return work.get();
        }
    }

    private void requireUp() {
        if (down) {
            throw new UnavailableException("in-memory store: is down");
        }
    }
}
