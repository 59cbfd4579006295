package com.berryfi.vmsync.testkit.simulation.world;

import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The host's writes: whole rows, without a version to check. */
abstract class HostWrites {

    final SimulatedWorld world;
    private final Map<VmId, Integer> writes = new HashMap<>();

    HostWrites(SimulatedWorld world) {
        this.world = world;
    }

    /**
     * Writes all columns of a VM's row.
     *
     * @param vm all that the row holds
     */
    public void save(Vm vm) {
        Optional<ManagedVm> before = world.rows().managed(vm.id());
        world.database().rows().put(vm);
        world.rows().put(vm, now());
        wrote(vm.id(), before);
    }

    /**
     * Writes all columns of a session's row.
     *
     * @param session what the row holds
     */
    public void save(Session session) {
        Optional<ManagedVm> before = world.rows().managed(session.vm());
        Optional<Session> old = world.rows().session(session.id());
        world.database().rows().put(session);
        world.rows().put(session, now());
        old.filter(row -> row.status().isEnded() && !session.status().isEnded())
                .ifPresent(row -> world.witnesses().overwritten(row, session));
        wrote(session.vm(), before);
    }

    /**
     * Notes a sign of life; nothing else changes.
     *
     * @param session as its row stands
     */
    public void heartbeat(Session session) {
        Session beating = new Session(
                session.id(),
                session.vm(),
                session.status(),
                session.startTime(),
                session.endTime(),
                Optional.of(now()));
        world.database().rows().put(beating);
        world.rows().put(beating, now());
    }

    /**
     * Deletes a VM's row; its machine stays.
     *
     * @param vm whose row
     */
    public void remove(VmId vm) {
        world.database().rows().remove(vm);
        world.rows().remove(vm, now());
        world.rows().hostWrote(vm, now());
        world.timeline().note(vm, now(), "host", "removes the row");
        world.witnesses().hostWrote(vm);
    }

    /**
     * Gives a VM's row a status that nobody knows; the host leaves it alone until it is mended.
     *
     * @param vm whose row
     */
    public void spoil(VmId vm) {
        world.rows().spoil(vm, now());
        world.database().rows().spoil(vm, "BROKEN");
        world.rows().hostWrote(vm, now());
        world.timeline().note(vm, now(), "host", "has a bad row");
    }

    /**
     * Writes a bad row anew, as it was.
     *
     * @param vm whose row
     */
    public void mend(VmId vm) {
        if (world.rows().mend(vm, now())) {
            world.rows().vm(vm).ifPresent(row -> world.database().rows().put(row));
            world.rows().hostWrote(vm, now());
            world.timeline().note(vm, now(), "host", "mends the row");
        }
    }

    /** {@return the VMs whose rows are bad} */
    public Set<VmId> spoiled() {
        return world.rows().spoiled();
    }

    /**
     * {@return whether the host may work with a VM's row}
     *
     * @param vm whose row
     */
    public boolean canUse(VmId vm) {
        return world.rows().isUsable(vm);
    }

    /**
     * {@return how often the host has changed a VM's rows: who finds another number knows that another of its threads was there}
     *
     * @param vm whose row
     */
    public int writes(VmId vm) {
        return writes.getOrDefault(vm, 0);
    }

    /**
     * Changes a VM's status alone.
     *
     * @param id whose row; it must be there
     * @param status which it has from now on
     */
    public void status(VmId id, VmStatus status) {
        Vm vm = world.rows().vm(id).orElseThrow();
        save(new Vm(id, vm.scope(), vm.address(), status, vm.currentSession(), vm.lastStarted()));
    }

    /**
     * Changes a session's status alone.
     *
     * @param session as its row stands
     * @param status which it has from now on
     */
    public void status(Session session, SessionStatus status) {
        save(new Session(
                session.id(), session.vm(), status, session.startTime(), session.endTime(), session.lastHeartbeat()));
    }

    /**
     * Reads a whole row, and later writes it back as it was, unless another thread of the host has been there meanwhile.
     *
     * @param vm whose row
     * @param later how much later
     * @param save what is done with the rows that were read
     */
    public void saveBlindly(VmId vm, Duration later, Consumer<ManagedVm> save) {
        Optional<ManagedVm> read = world.rows().managed(vm).filter(each -> canUse(vm));
        int seen = writes(vm);
        read.ifPresent(managed -> world.time().after(later, () -> {
            if (writes(vm) == seen && canUse(vm)) {
                save.accept(managed);
            }
        }));
    }

    private void wrote(VmId vm, Optional<ManagedVm> before) {
        Optional<ManagedVm> after = world.rows().managed(vm);
        writes.merge(vm, 1, Integer::sum);
        boolean changed = !before.map(each -> each.fingerprint().exact())
                .equals(after.map(each -> each.fingerprint().exact()));
        if (changed) {
            world.rows().hostWrote(vm, now());
        }
        world.timeline().note(vm, now(), "host", new Saved(after));
        world.witnesses().hostWrote(vm);
    }

    private record Saved(Optional<ManagedVm> rows) {
        @Override
        public String toString() {
            return "saves "
                    + rows.map(each -> each.vm().believed() + " of "
                                    + each.vm()
                                            .currentSession()
                                            .map(Object::toString)
                                            .orElse("nobody") + ", "
                                    + each.session()
                                            .map(session -> session.id() + " " + session.status())
                                            .orElse("no session"))
                            .orElse("nothing");
        }
    }

    final Instant now() {
        return world.time().instant();
    }
}
