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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The host's rows in memory. Not thread-safe: its owner holds the lock. */
final class InMemoryRows {

    private final Map<VmId, Vm> vms = new HashMap<>();
    private final Map<Scope, TreeMap<VmId, Vm>> ofScope = new HashMap<>();
    private final TreeMap<SessionId, SessionRow> sessions = new TreeMap<>();
    /** The sessions that have not ended, by the VM that their rows name. */
    private final Map<VmId, TreeMap<SessionId, Session>> open = new HashMap<>();
    /** Problems of VMs that are there and cannot be worked with. */
    private final TreeMap<VmId, RowProblem> spoiled = new TreeMap<>();
    /** Problems of VMs that belong to no scope. */
    private final TreeMap<VmId, RowProblem> homeless = new TreeMap<>();
    /** Problems of sessions that cannot be worked with. */
    private final TreeMap<SessionId, RowProblem> spoiledSessions = new TreeMap<>();

    /** Writes a VM's row; what was planted of it stays. */
    void put(Vm vm) {
        forget(vm.id());
        vms.put(vm.id(), vm);
        ofScope.computeIfAbsent(vm.scope(), scope -> new TreeMap<>()).put(vm.id(), vm);
    }

    /** Writes a session's row; what was planted of it stays. */
    void put(SessionRow row) {
        Session session = row.session();
        forget(session.id());
        sessions.put(session.id(), row);
        if (!session.status().isEnded()) {
            open.computeIfAbsent(session.vm(), vm -> new TreeMap<>()).put(session.id(), session);
        }
    }

    void remove(VmId vm) {
        forget(vm);
        heal(vm);
    }

    void remove(SessionId session) {
        forget(session);
        heal(session);
    }

    private void forget(VmId id) {
        Vm vm = vms.remove(id);
        if (vm != null) {
            ofScope.computeIfPresent(vm.scope(), (scope, theirs) -> {
                theirs.remove(id);
                return theirs.isEmpty() ? null : theirs;
            });
        }
    }

    private void forget(SessionId session) {
        SessionRow row = sessions.remove(session);
        if (row != null) {
            open.computeIfPresent(row.session().vm(), (vm, theirs) -> {
                theirs.remove(session);
                return theirs.isEmpty() ? null : theirs;
            });
        }
    }

    /** Forgets what was planted of a VM. */
    void heal(VmId id) {
        spoiled.remove(id);
        homeless.remove(id);
    }

    /** Forgets what was planted of a session. */
    void heal(SessionId id) {
        spoiledSessions.remove(id);
    }

    void spoil(VmId vm, RowProblem problem) {
        spoiled.put(vm, problem);
    }

    void spoil(SessionId session, RowProblem problem) {
        spoiledSessions.put(session, problem);
    }

    /** Puts a VM's row that belongs to no scope; a proper one is gone. */
    void putHomeless(VmId vm, RowProblem problem) {
        forget(vm);
        homeless.put(vm, problem);
    }

    Optional<Vm> vm(VmId id) {
        return Optional.ofNullable(vms.get(id));
    }

    Optional<SessionRow> session(SessionId id) {
        return Optional.ofNullable(sessions.get(id));
    }

    Scopes scopes(Selection selection) {
        TreeMap<VmId, Scope> byFirst = new TreeMap<>();
        ofScope.forEach((scope, theirs) -> theirs.keySet().stream()
                .filter(id -> isSelected(id, selection))
                .findFirst()
                .ifPresent(first -> byFirst.put(first, scope)));
        List<RowProblem> problems = new ArrayList<>();
        homeless.forEach((id, problem) -> problems.add(problem.leavingOut(id)));
        open.values().stream()
                .map(Map::values)
                .flatMap(Collection::stream)
                .filter(session -> !vms.containsKey(session.vm()) && !homeless.containsKey(session.vm()))
                .sorted(Comparator.comparing(Session::id))
                .map(session -> new RowProblem("session " + session.id(), "vm: there is no VM " + session.vm()))
                .forEach(problems::add);
        return new Scopes(List.copyOf(byFirst.values()), problems);
    }

    Page page(Scope scope, Selection selection, Optional<VmId> after, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit: must be at least 1, is " + limit);
        }
        NavigableMap<VmId, Vm> theirs = ofScope.getOrDefault(scope, new TreeMap<>());
        List<VmId> ids = (after.isPresent() ? theirs.tailMap(after.get(), false) : theirs)
                .keySet().stream()
                        .filter(id -> isSelected(id, selection))
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
        Optional<RowProblem> planted = planted(id);
        if (planted.isPresent()) {
            return planted;
        }
        Map<SessionId, Session> theirs = open(id);
        return theirs.size() < 2
                ? Optional.empty()
                : Optional.of(
                        new RowProblem("VM " + id, "more than one session that has not ended: " + theirs.keySet()));
    }

    private Optional<RowProblem> planted(VmId id) {
        if (spoiled.isEmpty() && homeless.isEmpty() && spoiledSessions.isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(spoiled.get(id))
                .or(() -> Optional.ofNullable(homeless.get(id)))
                .or(() -> spoiledSessions.entrySet().stream()
                        .filter(each -> session(each.getKey())
                                .map(row -> row.session().vm())
                                .filter(Predicate.isEqual(id))
                                .isPresent())
                        .map(Map.Entry::getValue)
                        .findFirst());
    }

    /** What is wrong with a session's row; empty if nothing is, or there is none. */
    Optional<RowProblem> problem(SessionId id) {
        return Optional.ofNullable(spoiledSessions.get(id));
    }

    /** A VM and its session; empty if there is no such VM. Asked only of VMs without a problem. */
    Optional<ManagedVm> managed(VmId id) {
        return vm(id).map(vm -> new ManagedVm(vm, open(id).values().stream().findFirst()));
    }

    void apply(ManagedVm expected, Transition transition) {
        put(transition.appliedTo(expected).vm());
        if (transition.sessionEnd().isPresent()) {
            Session session = expected.session().orElseThrow();
            Transition.SessionEnd end = transition.sessionEnd().get();
            Session ended = new Session(
                    session.id(),
                    session.vm(),
                    end.endedAs(),
                    session.startTime(),
                    Optional.of(end.endTime()),
                    session.lastHeartbeat());
            boolean connected = session(session.id())
                    .orElseGet(() -> SessionRow.of(session))
                    .connected();
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

    private Map<SessionId, Session> open(VmId id) {
        return Optional.<Map<SessionId, Session>>ofNullable(open.get(id)).orElseGet(Map::of);
    }
}
