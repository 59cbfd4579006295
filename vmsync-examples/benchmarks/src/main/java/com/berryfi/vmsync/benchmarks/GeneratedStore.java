package com.berryfi.vmsync.benchmarks;

import com.berryfi.vmsync.model.Amendment;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.port.SyncJournal;
import com.berryfi.vmsync.testkit.InMemoryStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The rows of a {@link MillionFleet}, made on demand; only what was changed is kept. What is remembered is kept by the testkit's journal.
 * Thread-safe: commits are one after another.
 */
final class GeneratedStore implements SessionStore {

    private final MillionFleet fleet;
    private final SyncJournal journal = new InMemoryStore().journal();
    private final Map<Integer, ManagedVm> changed = new HashMap<>();
    private final Map<Scope, Integer> numbers = new HashMap<>();
    private final AtomicLong committed = new AtomicLong();

    GeneratedStore(MillionFleet fleet) {
        this.fleet = fleet;
        for (int i = 0; i < fleet.scopes(); i++) {
            numbers.put(fleet.scope(i), i);
        }
    }

    /** How many changes were written. */
    long committed() {
        return committed.get();
    }

    @Override
    public Scopes scopes(Selection selection) {
        List<Scope> scopes = new ArrayList<>();
        for (int i = 0; i < fleet.scopes(); i++) {
            scopes.add(fleet.scope(i));
        }
        return new Scopes(scopes, List.of());
    }

    @Override
    public Page page(Scope scope, Selection selection, Optional<VmId> after, int limit) {
        Integer number = numbers.get(scope);
        if (number == null) {
            return new Page(List.of(), List.of(), Optional.empty());
        }
        int first = number * fleet.vmsAScope();
        int end = first + fleet.vmsAScope();
        int at = after.map(id -> MillionFleet.number(id) + 1).orElse(first);
        List<ManagedVm> rows = new ArrayList<>();
        for (; at < end && rows.size() < limit; at++) {
            ManagedVm row = row(at);
            if (selection == Selection.ALL || row.session().isPresent()) {
                rows.add(row);
            }
        }
        return new Page(rows, List.of(), at < end ? Optional.of(fleet.id(at - 1)) : Optional.empty());
    }

    @Override
    public Optional<ManagedVm> find(VmId vm) {
        int number = MillionFleet.number(vm);
        return number < fleet.vms() ? Optional.of(row(number)) : Optional.empty();
    }

    @Override
    public Optional<Session> session(SessionId session) {
        return find(new VmId(session.value()))
                .flatMap(ManagedVm::session)
                .filter(any -> any.id().equals(session));
    }

    @Override
    public synchronized List<CommitOutcome> commit(List<Change> changes) {
        return changes.stream().map(this::commit).toList();
    }

    @Override
    public SyncJournal journal() {
        return journal;
    }

    private synchronized ManagedVm row(int number) {
        ManagedVm row = changed.get(number);
        return row == null ? fleet.row(number) : row;
    }

    private CommitOutcome commit(Change change) {
        VmId id = change.expected().id();
        int number = MillionFleet.number(id);
        if (!row(number).fingerprint().equals(change.expected().fingerprint())) {
            return new CommitOutcome.Conflict("the rows of VM " + id);
        }
        CommitOutcome outcome = journal.amend(
                new Amendment(change.at(), id, change.before(), change.after(), change.billing(), change.audit()));
        if (outcome instanceof CommitOutcome.Committed) {
            committed.incrementAndGet();
            if (!change.transition().isNone()) {
                changed.put(number, change.transition().appliedTo(row(number)));
            }
        }
        return outcome;
    }
}
