package com.berryfi.vmsync.testkit;

import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.SessionStore.Page;
import com.berryfi.vmsync.port.SessionStore.Scopes;
import com.berryfi.vmsync.port.SessionStore.Selection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The host's rows in memory. Not thread-safe: its owner holds the lock. */
final class InMemoryRows {

    final TreeMap<VmId, Vm> vms = new TreeMap<>();
    private final TreeMap<SessionId, SessionRow> sessions = new TreeMap<>();
    /** The sessions that have not ended, by the VM that their rows name. */
    private final TreeMap<VmId, TreeMap<SessionId, Session>> open = new TreeMap<>();
    /** Problems of VMs that are there and cannot be worked with. */
    final TreeMap<VmId, RowProblem> spoiled = new TreeMap<>();
    /** Problems of VMs that belong to no scope. */
    final TreeMap<VmId, RowProblem> homeless = new TreeMap<>();

    /** Forgets what was planted of a VM. */
    void heal(VmId id) {
        spoiled.remove(id);
        homeless.remove(id);
    }

    Scopes scopes(Selection selection) {
        List<Scope> scopes = vms.values().stream()
                .filter(vm -> isSelected(vm.id(), selection))
                .map(Vm::scope)
                .distinct()
                .toList();
        List<RowProblem> problems = new ArrayList<>();
        homeless.forEach((id, problem) -> problems.add(problem.leavingOut(id)));
        open.values().stream()
                .flatMap(ofVm -> ofVm.values().stream())
                .filter(session -> !vms.containsKey(session.vm()) && !homeless.containsKey(session.vm()))
                .map(session -> new RowProblem("session " + session.id(), "vm: there is no VM " + session.vm()))
                .forEach(problems::add);
        return new Scopes(scopes, problems);
    }

    Page page(Scope scope, Selection selection, Optional<VmId> after, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit: must be at least 1, is " + limit);
        }
        List<VmId> ids = (after.isPresent() ? vms.tailMap(after.get(), false) : vms)
                .values().stream()
                        .filter(vm -> vm.scope().equals(scope) && isSelected(vm.id(), selection))
                        .map(Vm::id)
                        .limit(limit + 1L)
                        .toList();
        boolean more = ids.size() > limit;
        List<ManagedVm> managed = new ArrayList<>();
        List<RowProblem> problems = new ArrayList<>();
        for (VmId id : more ? ids.subList(0, limit) : ids) {
            problem(id)
                    .map(problem -> problem.leavingOut(id))
                    .ifPresentOrElse(problems::add, () -> managed(id).ifPresent(managed::add));
        }
        return new Page(managed, problems, more ? Optional.of(ids.get(limit - 1)) : Optional.empty());
    }

    /** What is wrong with a VM's rows; empty if nothing is, or there are none. */
    Optional<RowProblem> problem(VmId id) {
        Optional<RowProblem> planted =
                Optional.ofNullable(spoiled.get(id)).or(() -> Optional.ofNullable(homeless.get(id)));
        if (planted.isPresent()) {
            return planted;
        }
        List<SessionId> open = open(id).stream().map(Session::id).toList();
        return open.size() < 2
                ? Optional.empty()
                : Optional.of(new RowProblem("VM " + id, "more than one session that has not ended: " + open));
    }

    /** A VM and its session; empty if there is no such VM. Asked only of VMs without a problem. */
    Optional<ManagedVm> managed(VmId id) {
        return Optional.ofNullable(vms.get(id))
                .map(vm -> new ManagedVm(vm, open(id).stream().findFirst()));
    }

    void apply(ManagedVm expected, Transition transition) {
        vms.put(expected.id(), transition.appliedTo(expected).vm());
        if (transition.sessionEnd().isPresent()) {
            Session session = expected.session().orElseThrow();
            Transition.SessionEnd end = transition.sessionEnd().get();
            Session ended = new Session(
                    session.id(), session.vm(), end.endedAs(), session.startTime(), Optional.of(end.endTime()), session.lastHeartbeat());
            boolean connected =
                    sessions.getOrDefault(session.id(), SessionRow.of(session)).connected();
            put(new SessionRow(
                    ended,
                    Optional.of(end.billable()),
                    Optional.of(end.reason()),
                    connected && !end.clearConnection()));
        }
    }

    private boolean isSelected(VmId id, Selection selection) {
        return selection == Selection.ALL || !open(id).isEmpty();
    }

    private Collection<Session> open(VmId id) {
        TreeMap<SessionId, Session> ofVm = open.get(id);
        return ofVm == null ? List.of() : ofVm.values();
    }

    /** A session's row; empty if there is none. */
    Optional<SessionRow> session(SessionId id) {
        return Optional.ofNullable(sessions.get(id));
    }

    /** Inserts or overwrites a session's row. */
    void put(SessionRow row) {
        Session session = row.session();
        remove(session.id());
        sessions.put(session.id(), row);
        if (!session.status().isEnded()) {
            open.computeIfAbsent(session.vm(), vm -> new TreeMap<>()).put(session.id(), session);
        }
    }

    /** Deletes a session's row, if there is one. */
    void remove(SessionId id) {
        SessionRow before = sessions.remove(id);
        if (before == null) {
            return;
        }
        TreeMap<SessionId, Session> ofVm = open.get(before.session().vm());
        if (ofVm != null) {
            ofVm.remove(id);
            if (ofVm.isEmpty()) {
                open.remove(before.session().vm());
            }
        }
    }
}
