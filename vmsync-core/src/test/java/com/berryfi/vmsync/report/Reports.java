package com.berryfi.vmsync.report;

import com.berryfi.vmsync.Samples;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Mode;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.ScopeOutcome;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Standing;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.model.VmOutcome.Result;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports of syncs, for tests to put in order. */
final class Reports {

    static final Scope OTHER = new Scope("azure", "tenant-1", "client-2", "sub-2");

    private Reports() {}

    /** One of everything. */
    static SyncReport ofEverything() {
        Effect.SuspendMetering suspend = new Effect.SuspendMetering(Samples.SESSION_START, "VM stopped in Azure");
        return report(
                List.of(
                        scope(Samples.SCOPE, 10, 5, 1, Optional.empty()),
                        scope(OTHER, 3, 0, 3, Optional.of(throttled())),
                        ScopeOutcome.failed(new Scope("azure", "", "", "sub-3"), throttled())),
                List.of(
                        free("vm-9", Decision.act("follow-power", "it is off", List.of(stopped())), Result.WOULD_DO),
                        inUse(
                                "vm-2",
                                new Decision(
                                        "end-when-stopped",
                                        "the VM is stopped",
                                        List.of(suspend),
                                        Optional.of(confirmation())),
                                Result.WOULD_DO),
                        inUse(
                                "vm-3",
                                Decision.act(
                                        "end-when-deallocated",
                                        "the VM is deallocated",
                                        List.of(
                                                new Effect.EndSession(
                                                        SessionStatus.TERMINATED, Samples.NOW, "deallocated", true),
                                                new Effect.StopMetering(Samples.NOW, "deallocated"))),
                                Result.WOULD_DO),
                        free("vm-4", Decision.held("await-missing", "it is not found", confirmation()), Result.HELD),
                        free(
                                "vm-5",
                                Decision.act("watch-running", "it runs", List.of(orphan(Duration.ofMinutes(90)))),
                                Result.NOTHING),
                        free("vm-6", Decision.nothing("rule-failed", "a rule threw"), Result.FAILED)),
                List.of(new RowProblem("vm_instances vm-7", "no subscription")));
    }

    static SyncReport report(List<ScopeOutcome> scopes, List<VmOutcome> outcomes, List<RowProblem> problems) {
        return new SyncReport(
                SyncKind.FULL,
                "cycle-1",
                Samples.NOW.minusSeconds(2),
                Samples.NOW,
                true,
                Optional.empty(),
                scopes,
                List.of(),
                outcomes,
                List.of(new Standing(
                        FindingKind.REMOVED_BUT_ALIVE,
                        new VmId("vm-gone"),
                        Samples.SCOPE,
                        Optional.empty(),
                        Samples.NOW.minus(Duration.ofHours(2)),
                        Samples.NOW,
                        "its row was removed")),
                problems,
                0,
                0);
    }

    static ScopeOutcome scope(
            Scope scope, int checked, int inStep, int unknown, Optional<Observation.Unknown> failure) {
        return new ScopeOutcome(
                scope, checked, inStep, unknown, checked, 0, 2, Optional.empty(), Map.of("reads", 9L), failure);
    }

    static Observation.Unknown throttled() {
        return new Observation.Unknown(UnknownCause.THROTTLED, "too many requests");
    }

    static VmOutcome free(String vm, Decision decision, Result result) {
        return outcome(vm, Optional.empty(), decision, Mode.ACT, result);
    }

    static VmOutcome inUse(String vm, Decision decision, Result result) {
        return inUse(vm, decision, Mode.ACT, result);
    }

    static VmOutcome inUse(String vm, Decision decision, Mode mode, Result result) {
        return outcome(vm, Optional.of(new SessionId("s-" + vm)), decision, mode, result);
    }

    private static VmOutcome outcome(
            String vm, Optional<SessionId> session, Decision decision, Mode mode, Result result) {
        VmId id = new VmId(vm);
        return new VmOutcome(
                new ManagedVm(
                        new Vm(
                                id,
                                Samples.SCOPE,
                                CloudAddress.ofName("group", "machine"),
                                VmStatus.RUNNING,
                                session,
                                Optional.empty()),
                        session.map(key -> new Session(
                                key, id, SessionStatus.ACTIVE, Optional.of(Samples.SESSION_START), Optional.empty()))),
                new Evidence(
                        Samples.seen(PowerState.STOPPED), ReadKind.LIST, Samples.NOW.minusSeconds(1), Optional.empty()),
                decision,
                mode,
                result,
                "");
    }

    static Held confirmation() {
        return new Held(
                Held.Reason.CONFIRMATION, Optional.of(Samples.NOW.plusSeconds(25)), Held.ReleasedBy.DIRECT_READ);
    }

    static Effect stopped() {
        return new Effect.SetVmStatus(VmStatus.STOPPED);
    }

    static Effect.Report orphan(Duration lasted) {
        return new Effect.Report(FindingKind.ORPHAN, Samples.NOW.minus(lasted), "no session needs it");
    }
}
