package com.berryfi.vmsync.plan;

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
import com.berryfi.vmsync.model.Unverified;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A report in the making. */
final class Told {

    static final Scope ONE = Samples.SCOPE;
    static final Scope TWO = new Scope("azure", "tenant-1", "client-2", "sub-2");

    private static final String A_RULE = "a-rule";
    private static final List<Effect> SETS = List.of(new Effect.SetVmStatus(VmStatus.RUNNING));

    private final SyncKind kind;
    private final Instant at;
    private final List<ScopeOutcome> scopes = new ArrayList<>();
    private final List<Scope> others = new ArrayList<>();
    private final List<VmOutcome> outcomes = new ArrayList<>();
    private final List<Standing> strays = new ArrayList<>();
    private final List<RowProblem> problems = new ArrayList<>();

    private Told(SyncKind kind, Instant at) {
        this.kind = kind;
        this.at = at;
    }

    static Told quick(Instant at) {
        return new Told(SyncKind.QUICK, at);
    }

    static Told full(Instant at) {
        return new Told(SyncKind.FULL, at);
    }

    /** A scope that was read whole, with one session. */
    Told read(Scope scope) {
        return scope(scope, Optional.empty());
    }

    Told failed(Scope scope, UnknownCause cause) {
        return scope(scope, Optional.of(new Observation.Unknown(cause, "as planned")));
    }

    private Told scope(Scope scope, Optional<Observation.Unknown> failure) {
        Unverified oldest = new Unverified(scope, Samples.VM, Samples.SESSION, at);
        scopes.add(new ScopeOutcome(scope, 1, 1, 0, 1, 0, 1, Optional.of(oldest), Map.of(), failure));
        return this;
    }

    Told notEvenLookedAt(Scope scope, UnknownCause cause) {
        scopes.add(ScopeOutcome.failed(scope, new Observation.Unknown(cause, "as planned")));
        return this;
    }

    Told left(Scope scope) {
        others.add(scope);
        return this;
    }

    Told lost() {
        return problem(SyncReport.DATABASE);
    }

    Told problem(String row) {
        problems.add(new RowProblem(row, "as planned"));
        return this;
    }

    Told stray(Scope scope, String vm) {
        strays.add(new Standing(FindingKind.REMOVED_BUT_ALIVE, new VmId(vm), scope, Optional.empty(), at, at, "alive"));
        return this;
    }

    /** A finding at a VM without a session. */
    Told idle(Scope scope, String vm, FindingKind finding) {
        return outcome(scope, vm, Optional.empty(), finding);
    }

    /** A finding at a VM in use. */
    Told inUse(Scope scope, String vm, FindingKind finding) {
        return outcome(scope, vm, Optional.of("s-" + vm), finding);
    }

    /** A VM in use that waits. */
    Told waits(Scope scope, String vm, Held.Reason reason, String because) {
        return waits(scope, vm, "s-" + vm, reason, because);
    }

    Told waits(Scope scope, String vm, String session, Held.Reason reason, String because) {
        Held held = new Held(reason, Optional.empty(), Held.ReleasedBy.CLOUD);
        return outcome(scope, vm, Optional.of(session), Decision.held(A_RULE, because, held), VmOutcome.Result.HELD);
    }

    /** A VM without a session that waits. */
    Told waitsIdle(Scope scope, String vm) {
        Held held = new Held(Held.Reason.QUARANTINE, Optional.empty(), Held.ReleasedBy.TIME);
        return outcome(scope, vm, Optional.empty(), Decision.held(A_RULE, "as planned", held), VmOutcome.Result.HELD);
    }

    /** A VM in use whose status would be set, by a rule, and what became of it. */
    Told sets(Scope scope, String vm, String rule, VmOutcome.Result result) {
        return outcome(scope, vm, Optional.of("s-" + vm), Decision.act(rule, "as planned", SETS), result);
    }

    /** The same, done, while something more is waited for. */
    Told setsAndWaits(Scope scope, String vm, String rule) {
        Held held = new Held(Held.Reason.CONFIRMATION, Optional.empty(), Held.ReleasedBy.DIRECT_READ);
        return outcome(
                scope,
                vm,
                Optional.of("s-" + vm),
                new Decision(rule, "as planned", SETS, Optional.of(held)),
                VmOutcome.Result.DONE);
    }

    private Told outcome(Scope scope, String vm, Optional<String> session, FindingKind finding) {
        Decision decision = Decision.act(A_RULE, "as planned", List.of(new Effect.Report(finding, at, "as planned")));
        return outcome(scope, vm, session, decision, VmOutcome.Result.NOTHING);
    }

    private Told outcome(Scope scope, String vm, Optional<String> session, Decision decision, VmOutcome.Result result) {
        VmId id = new VmId(vm);
        Vm row = new Vm(
                id, scope, CloudAddress.ofName("group", vm), VmStatus.RUNNING, Optional.empty(), Optional.empty());
        Evidence evidence = new Evidence(Samples.seen(PowerState.RUNNING), ReadKind.LIST, at, Optional.empty());
        outcomes.add(new VmOutcome(
                new ManagedVm(
                        row,
                        session.map(name -> new Session(
                                new SessionId(name), id, SessionStatus.ACTIVE, Optional.of(at), Optional.empty()))),
                evidence,
                decision,
                Mode.ACT,
                result,
                ""));
        return this;
    }

    SyncReport report() {
        return new SyncReport(
                kind, "cycle", at, at, false, Optional.empty(), scopes, others, outcomes, strays, problems, 0, 0);
    }
}
