package com.berryfi.vmsync.testkit.simulation.world;

import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.Fingerprint;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What stands in the host's database, kept beside it, so that nobody needs to ask it: all writes go by here. */
public final class Rows {

    /** How many sessions were live from an instant on. */
    private record Live(Instant from, int count) {}

    private final TreeMap<VmId, Vm> vms = new TreeMap<>();
    private final Map<SessionId, Session> sessions = new TreeMap<>();
    private final Map<VmId, TreeSet<SessionId>> open = new HashMap<>();
    private final Map<VmId, Instant> hostWroteAt = new HashMap<>();
    private final Map<VmId, Optional<String>> lastMaterial = new HashMap<>();
    private final Map<Scope, List<Live>> live = new HashMap<>();
    private final List<Live> liveInAll = new ArrayList<>();
    private final TreeSet<VmId> spoiled = new TreeSet<>();
    private final Wanted usable = new Wanted();
    private final Wanted inUse = new Wanted();

    /** {@return all VMs that have a row} */
    public List<VmId> vms() {
        return List.copyOf(vms.keySet());
    }

    /**
     * {@return a VM's row; empty if there is none}
     *
     * @param id which row
     */
    public Optional<Vm> vm(VmId id) {
        return Optional.ofNullable(vms.get(id));
    }

    /**
     * {@return a session's row; empty if there is none}
     *
     * @param id which row
     */
    public Optional<Session> session(SessionId id) {
        return Optional.ofNullable(sessions.get(id));
    }

    /** {@return all sessions that there ever were} */
    public List<Session> sessions() {
        return List.copyOf(sessions.values());
    }

    /**
     * {@return whether a VM has a row that is not bad}
     *
     * @param vm of which VM
     */
    public boolean isUsable(VmId vm) {
        return vms.containsKey(vm) && !spoiled.contains(vm);
    }

    /** {@return the VMs whose rows are bad} */
    public SortedSet<VmId> spoiled() {
        return Collections.unmodifiableSortedSet(spoiled);
    }

    /** {@return the VMs whose rows can be read} */
    public Wanted usable() {
        return usable;
    }

    /** {@return those of the usable VMs that have a live session} */
    public Wanted inUse() {
        return inUse;
    }

    /**
     * {@return the session of a VM that has not ended; empty if there is none}
     *
     * @param vm of which VM
     */
    public Optional<Session> openSession(VmId vm) {
        TreeSet<SessionId> ofVm = open.get(vm);
        return ofVm == null || ofVm.isEmpty() ? Optional.empty() : session(ofVm.first());
    }

    /**
     * {@return a VM and its session; empty if it has no row}
     *
     * @param id which VM
     */
    public Optional<ManagedVm> managed(VmId id) {
        return vm(id).map(vm -> new ManagedVm(vm, openSession(id)));
    }

    /**
     * {@return when the host last changed what a VM's rows say; {@link Instant#MIN} if it never did}
     *
     * @param vm of which VM
     */
    public Instant hostWroteAt(VmId vm) {
        return hostWroteAt.getOrDefault(vm, Instant.MIN);
    }

    /**
     * {@return how many sessions of a scope, or of all, were live at an instant}
     *
     * @param scope which scope; empty for all
     * @param instant when
     */
    public int liveAt(Optional<Scope> scope, Instant instant) {
        List<Live> history =
                scope.map(each -> live.getOrDefault(each, List.of())).orElse(liveInAll);
        for (int i = history.size() - 1; i >= 0; i--) {
            if (!history.get(i).from().isAfter(instant)) {
                return history.get(i).count();
            }
        }
        return 0;
    }

    void hostWrote(VmId vm, Instant at) {
        Optional<String> now = material(vm);
        if (!now.equals(lastMaterial.put(vm, now))) {
            hostWroteAt.put(vm, at);
        }
    }

    /** What a commit compares, but for a session's being idle: that is no operation, and may come and go between two looks. */
    private Optional<String> material(VmId vm) {
        return vm(vm).map(row -> Fingerprint.of(
                        row,
                        open.getOrDefault(vm, new TreeSet<>()).stream()
                                .findFirst()
                                .map(sessions::get))
                .material());
    }

    void put(Vm vm, Instant at) {
        vms.put(vm.id(), vm);
        weigh(vm, at);
    }

    void remove(VmId id, Instant at) {
        Vm vm = vms.remove(id);
        if (vm != null) {
            weigh(vm, at);
        }
    }

    void spoil(VmId id, Instant at) {
        spoiled.add(id);
        vm(id).ifPresent(vm -> weigh(vm, at));
    }

    /** Whether the row was bad. */
    boolean mend(VmId id, Instant at) {
        boolean was = spoiled.remove(id);
        vm(id).ifPresent(vm -> weigh(vm, at));
        return was;
    }

    private void weigh(Vm vm, Instant at) {
        boolean readable = isUsable(vm.id());
        boolean live = openSession(vm.id())
                .filter(session -> session.status().isLive())
                .isPresent();
        usable.set(vm.id(), vm.scope(), readable, at);
        inUse.set(vm.id(), vm.scope(), readable && live, at);
    }

    void put(Session session, Instant at) {
        Session before = sessions.put(session.id(), session);
        TreeSet<SessionId> ofVm = open.computeIfAbsent(session.vm(), same -> new TreeSet<>());
        if (session.status().isEnded()) {
            ofVm.remove(session.id());
        } else {
            ofVm.add(session.id());
        }
        vm(session.vm()).ifPresent(vm -> weigh(vm, at));
        boolean was = before != null && before.status().isLive();
        if (was != session.status().isLive()) {
            int step = was ? -1 : 1;
            count(liveInAll, at, step);
            vm(session.vm())
                    .ifPresent(vm -> count(live.computeIfAbsent(vm.scope(), same -> new ArrayList<>()), at, step));
        }
    }

    private static void count(List<Live> history, Instant at, int step) {
        int before = history.isEmpty() ? 0 : history.get(history.size() - 1).count();
        history.add(new Live(at, before + step));
    }

    void apply(Change change, Instant at) {
        ManagedVm expected = change.expected();
        Transition transition = change.transition();
        if (transition.isNone()) {
            return;
        }
        put(transition.appliedTo(managed(expected.id()).orElse(expected)).vm(), at);
        transition.sessionEnd().ifPresent(end -> put(ended(expected.session().orElseThrow(), end), at));
    }

    /** A session's row once it is ended. */
    static Session ended(Session session, Transition.SessionEnd end) {
        return new Session(
                session.id(),
                session.vm(),
                end.endedAs(),
                session.startTime(),
                Optional.of(end.endTime()),
                session.lastHeartbeat());
    }
}
