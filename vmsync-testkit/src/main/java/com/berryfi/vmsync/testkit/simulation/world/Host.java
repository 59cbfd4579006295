package com.berryfi.vmsync.testkit.simulation.world;

import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.Interval;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The host's own code: it starts and ends sessions. */
public final class Host extends HostWrites {

    private static final Duration POLL = Duration.ofSeconds(10);
    private static final Duration AGAIN = Duration.ofSeconds(15);
    private static final Duration GIVES_UP = Duration.ofMinutes(10);

    private final Map<SessionId, String> uids = new TreeMap<>();
    private final Map<SessionId, Instant> silentUntil = new HashMap<>();

    Host(SimulatedWorld world) {
        super(world);
    }

    /**
     * Nothing is heard of the machine of a session until an instant.
     *
     * @param session of which session
     * @param until when it is heard again
     */
    public void silence(SessionId session, Instant until) {
        silentUntil.put(session, until);
    }

    /**
     * {@return which machine a session was given; empty if it never had one}
     *
     * @param session which session
     */
    public Optional<String> uidOf(SessionId session) {
        return Optional.ofNullable(uids.get(session));
    }

    /**
     * Gives a VM to a user; its machine is not started yet.
     *
     * @param id which VM; it must have a row
     * @param name the id of the new session
     * @return the new session's id
     * @throws java.util.NoSuchElementException if the VM has no row
     */
    public SessionId request(VmId id, String name) {
        SessionId session = new SessionId(name);
        Vm vm = world.rows().vm(id).orElseThrow();
        save(new Session(session, id, SessionStatus.REQUESTED, Optional.empty(), Optional.empty()));
        save(new Vm(id, vm.scope(), vm.address(), VmStatus.ASSIGNED, Optional.of(session), vm.lastStarted()));
        return session;
    }

    /**
     * Begins to start the machine of a session, if it is only requested yet and its VM's row can be used.
     *
     * @param id which session
     * @param dies whether the host dies before it asks the cloud
     * @param fails whether the machine does not come up
     */
    public void begin(SessionId id, boolean dies, boolean fails) {
        Optional<Session> session =
                world.rows().session(id).filter(each -> each.status() == SessionStatus.REQUESTED && canUse(each.vm()));
        if (session.isEmpty()) {
            return;
        }
        VmId vmId = session.get().vm();
        Vm vm = world.rows().vm(vmId).orElseThrow();
        status(session.get(), SessionStatus.STARTING);
        save(new Vm(vmId, vm.scope(), vm.address(), VmStatus.STARTING, Optional.of(id), Optional.of(now())));
        uids.put(id, world.cloud().slot(vmId).machine().uid());
        if (!dies) {
            world.cloud().start(vmId, fails);
        }
        beat(id, Duration.ofSeconds(20));
    }

    /** While a machine runs it says so; the first time, its session becomes active. */
    private void beat(SessionId id, Duration every) {
        world.time().after(every, () -> {
            Optional<Session> found =
                    world.rows().session(id).filter(each -> !each.status().isEnded());
            if (found.isEmpty()) {
                return;
            }
            Session session = found.get();
            boolean runs = canUse(session.vm())
                    && !now().isBefore(silentUntil.getOrDefault(id, Instant.MIN))
                    && ownMachineRuns(session);
            if (runs && session.status() == SessionStatus.STARTING) {
                uids.put(id, world.cloud().slot(session.vm()).machine().uid());
                Vm vm = world.rows().vm(session.vm()).orElseThrow();
                save(new Session(
                        id,
                        session.vm(),
                        SessionStatus.ACTIVE,
                        Optional.of(now()),
                        Optional.empty(),
                        Optional.of(now())));
                if (vm.believed() != VmStatus.MAINTENANCE) {
                    status(session.vm(), VmStatus.RUNNING);
                }
            } else if (runs && session.status().isInUse()) {
                heartbeat(session);
            }
            beat(id, session.status().isInUse() ? Duration.ofSeconds(150) : Duration.ofSeconds(20));
        });
    }

    private boolean ownMachineRuns(Session session) {
        Machine machine = world.cloud().slot(session.vm()).machine();
        return machine.isRunning()
                && (session.status() == SessionStatus.STARTING
                        || uidOf(session.id()).filter(machine.uid()::equals).isPresent());
    }

    /** How the host goes about ending a session. */
    public enum Ending {
        /** Waits until the machine is off, and then writes the end. */
        PROPERLY,
        /** Writes the end at once, while the machine is still on its way off. */
        AT_ONCE,
        /** Writes the end at once, and leaves the machine on. */
        FORGETS_TO_DEALLOCATE,
        /** Dies before it asks the cloud to deallocate: the session stays TERMINATING. */
        DIES_BEFORE_DEALLOCATING,
        /** Dies after it has asked the cloud to deallocate: the session stays TERMINATING. */
        DIES_AFTER_DEALLOCATING
    }

    /**
     * Ends a session, if it is in use.
     *
     * @param id which session
     * @param how how the host goes about it
     * @param asks whether the host asks vmsync what not to bill
     */
    public void end(SessionId id, Ending how, boolean asks) {
        Optional<Session> found = world.rows()
                .session(id)
                .filter(each -> each.status().isInUse() && canUse(each.vm()))
                .filter(each -> world.rows().vm(each.vm()).orElseThrow().believed() != VmStatus.MAINTENANCE);
        if (found.isEmpty()) {
            return;
        }
        Session session = found.get();
        save(new Session(
                id,
                session.vm(),
                SessionStatus.TERMINATING,
                session.startTime(),
                Optional.of(now()),
                session.lastHeartbeat()));
        status(session.vm(), VmStatus.STOPPING);
        if (how == Ending.DIES_BEFORE_DEALLOCATING) {
            return;
        }
        if (how != Ending.FORGETS_TO_DEALLOCATE) {
            world.cloud().deallocate(session.vm());
        }
        if (how == Ending.DIES_AFTER_DEALLOCATING) {
            return;
        }
        if (how == Ending.PROPERLY) {
            awaitOff(id, asks, now().plus(GIVES_UP));
        } else {
            complete(id, asks);
        }
    }

    private void awaitOff(SessionId id, boolean asks, Instant until) {
        world.time().after(POLL, () -> {
            Optional<Session> session = terminating(id);
            if (session.isPresent()) {
                if (world.cloud().slot(session.get().vm()).machine().isOff() || !now().isBefore(until)) {
                    complete(id, asks);
                } else {
                    awaitOff(id, asks, until);
                }
            }
        });
    }

    private Optional<Session> terminating(SessionId id) {
        return world.rows().session(id).filter(each -> each.status() == SessionStatus.TERMINATING);
    }

    /** Writes the end of a session and bills it. Whoever has begun to ask goes on until he has the answer. */
    private void complete(SessionId id, boolean asks) {
        Optional<List<Gap>> gaps = asks ? askForGaps(id) : Optional.empty();
        Optional<Session> found = terminating(id);
        if (found.isEmpty()) {
            return;
        }
        Session session = found.get();
        if (!canUse(session.vm()) || (asks && gaps.isEmpty())) {
            world.time().after(AGAIN, () -> complete(id, asks));
            return;
        }
        status(session, SessionStatus.COMPLETED);
        Vm vm = world.rows().vm(session.vm()).orElseThrow();
        boolean kept = vm.believed() == VmStatus.MAINTENANCE;
        save(new Vm(
                vm.id(),
                vm.scope(),
                vm.address(),
                kept ? VmStatus.MAINTENANCE : VmStatus.AVAILABLE,
                Optional.empty(),
                vm.lastStarted()));
        Optional<Interval> billed = session.startTime()
                .map(start -> new Interval(start, session.endTime().orElseThrow()));
        world.timeline().note(vm.id(), now(), "host", new Billed(billed, gaps));
        world.witnesses().hostBilled(id, billed, gaps);
    }

    private record Billed(Optional<Interval> billed, Optional<List<Gap>> gaps) {}

    private Optional<List<Gap>> askForGaps(SessionId id) {
        try {
            return world.awake().map(process -> process.ask(sync -> sync.unbilled(id)));
        } catch (RuntimeException | ProcessDied e) {
            return Optional.empty();
        }
    }

    /**
     * Stops and starts the machine of a session in use, and says so in its row.
     *
     * @param id which VM; it must have a row
     */
    public void restart(VmId id) {
        Vm vm = world.rows().vm(id).orElseThrow();
        save(new Vm(id, vm.scope(), vm.address(), vm.believed(), vm.currentSession(), Optional.of(now())));
        world.cloud().restart(id);
    }
}
