package com.berryfi.vmsync.testkit.simulation.naive;

import com.berryfi.vmsync.event.CycleEnded;
import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.Interval;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Mode;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.testkit.simulation.world.Synchroniser;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One VM after the other, one answer each, and what it says is done at once, over whatever rows stand there by then: what most backends
 * have. An error is logged, and the VM is left to the next round.
 */
public final class NaiveLoop implements Synchroniser {

    /** What one question costs in calls of the cloud: one for the machine, one for its instance view. */
    public static final int CALLS_PER_VM = 2;

    private static final Logger LOG = LoggerFactory.getLogger(NaiveLoop.class);
    private static final Duration IN_USE = Duration.ofSeconds(30);
    private static final Duration ALL = Duration.ofMinutes(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MANY = 10_000;
    private static final String NAME = "naive";

    private final Wiring wiring;

    /**
     * Makes one for a process.
     *
     * @param wiring what the process gives it
     */
    public NaiveLoop(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public void start() {
        loop(SyncKind.QUICK, IN_USE);
        loop(SyncKind.FULL, ALL);
    }

    private void loop(SyncKind kind, Duration interval) {
        wiring.scheduler().schedule(interval, () -> {
            try {
                run(kind);
            } catch (RuntimeException e) {
                LOG.warn("the synchronisation failed", e);
            } finally {
                loop(kind, interval);
            }
        });
    }

    @Override
    public SyncReport run(SyncKind kind) {
        Instant startedAt = now();
        SessionStore.Selection selection =
                kind == SyncKind.FULL ? SessionStore.Selection.ALL : SessionStore.Selection.IN_USE;
        for (Scope scope : wiring.store().scopes(selection).scopes()) {
            for (ManagedVm managed : wiring.store()
                    .page(scope, selection, Optional.empty(), MANY)
                    .vms()) {
                try {
                    check(managed);
                } catch (RuntimeException e) {
                    LOG.warn("VM {} could not be synchronised", managed.id(), e);
                }
            }
        }
        SyncReport report = new SyncReport(
                kind,
                NAME,
                startedAt,
                now(),
                false,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                0,
                0);
        wiring.listener().onCycle(new CycleEnded(report));
        return report;
    }

    @Override
    public VmOutcome sync(VmId vm) {
        return check(wiring.store().find(vm).orElseThrow(() -> new RejectedException("there is no VM " + vm)));
    }

    @Override
    public void hint(VmId vm) {
        sync(vm);
    }

    @Override
    public List<Gap> unbilled(SessionId session) {
        return List.of();
    }

    private VmOutcome check(ManagedVm managed) {
        Evidence evidence = read(managed.vm());
        boolean active =
                managed.session().filter(each -> each.status().isInUse()).isPresent();
        boolean gone = evidence.observation() instanceof Observation.Missing;
        VmStatus believed = managed.vm().believed();
        if (active && (gone || evidence.power().isOff())) {
            terminate(managed, evidence);
        } else if (evidence.power() == PowerState.RUNNING && believed == VmStatus.STOPPED) {
            write(managed, evidence, new Transition(Optional.of(VmStatus.RUNNING), false, Optional.empty()));
        } else if (managed.session().isEmpty() && evidence.power().isOff() && believed == VmStatus.RUNNING) {
            write(managed, evidence, new Transition(Optional.of(VmStatus.STOPPED), false, Optional.empty()));
        }
        return new VmOutcome(managed, evidence, Decision.nothing(NAME, ""), Mode.ACT, VmOutcome.Result.NOTHING, "");
    }

    private Evidence read(Vm vm) {
        Evidence evidence = wiring.cloud()
                .read(new CloudStatusPort.Request(vm.scope(), Set.of(vm.address()), ReadKind.DIRECT, now(), TIMEOUT))
                .evidence()
                .get(vm.address());
        if (Objects.requireNonNull(evidence).observation() instanceof Observation.Unknown unknown) {
            throw new IllegalStateException("the cloud answered " + unknown);
        }
        return evidence;
    }

    private void terminate(ManagedVm managed, Evidence evidence) {
        Session session = managed.session().orElseThrow();
        Instant end = now();
        Optional<Interval> used = session.startTime().filter(end::isAfter).map(start -> new Interval(start, end));
        String reason = "the VM is " + evidence.observation();
        write(
                managed,
                evidence,
                new Transition(
                        Optional.of(VmStatus.AVAILABLE),
                        true,
                        Optional.of(new Transition.SessionEnd(
                                SessionStatus.TERMINATED,
                                end,
                                used.map(Interval::length).orElse(Duration.ZERO),
                                reason,
                                true))));
        used.ifPresent(whole -> wiring.billing()
                .apply(new BillingInstruction.Stop(
                        new BillingKey(session.id(), 1), managed.id(), end, List.of(whole), reason)));
    }

    private void write(ManagedVm managed, Evidence evidence, Transition transition) {
        AuditRecord log = new AuditRecord(
                now(),
                NAME,
                managed.id(),
                managed.sessionId(),
                managed.vm().scope(),
                NAME,
                Mode.ACT,
                "",
                managed.vm().believed(),
                managed.session().map(Session::status),
                evidence,
                List.of(),
                Optional.empty());
        wiring.overwrite()
                .accept(new Change(now(), managed, transition, Memory.EMPTY, Memory.EMPTY, List.of(), List.of(log)));
    }

    private Instant now() {
        return wiring.clock().instant();
    }
}
