package com.berryfi.vmsync.testkit;

import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Identity;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.Mode;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ProvisioningState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Tracking;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Plain examples of the model's records, for tests to start from. All times lie around {@link #NOON}. */
public final class Samples {

    /** The instant around which all times lie. */
    public static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    /** The scope of all VMs, with a tenant, a principal and a subscription. */
    public static final Scope SCOPE = new Scope("azure", "tenant-1", "client-1", "sub-1");

    private Samples() {}

    /**
     * {@return a VM that runs, with a session named after it: {@code s-} and the VM's id}
     *
     * @param id its id; its name in the cloud is the same
     */
    public static Vm vm(String id) {
        return new Vm(
                new VmId(id),
                SCOPE,
                CloudAddress.ofName("group-1", id),
                VmStatus.RUNNING,
                Optional.of(new SessionId("s-" + id)),
                Optional.of(NOON.minus(Duration.ofMinutes(62))));
    }

    /**
     * {@return a VM that is available and has no session}
     *
     * @param id its id; its name in the cloud is the same
     */
    public static Vm freeVm(String id) {
        return new Vm(
                new VmId(id),
                SCOPE,
                CloudAddress.ofName("group-1", id),
                VmStatus.AVAILABLE,
                Optional.empty(),
                Optional.empty());
    }

    /**
     * {@return the session of {@link #vm}: active for an hour}
     *
     * @param vm the id of its VM
     */
    public static Session session(String vm) {
        return new Session(
                new SessionId("s-" + vm),
                new VmId(vm),
                SessionStatus.ACTIVE,
                Optional.of(NOON.minus(Duration.ofHours(1))),
                Optional.empty());
    }

    /**
     * {@return {@link #vm} with {@link #session}}
     *
     * @param vm the id of the VM
     */
    public static ManagedVm inUse(String vm) {
        return new ManagedVm(vm(vm), Optional.of(session(vm)));
    }

    /**
     * {@return the same VM, believed to have another status}
     *
     * @param vm the VM as it was
     * @param status what it is believed to have
     */
    public static Vm withStatus(Vm vm, VmStatus status) {
        return new Vm(vm.id(), vm.scope(), vm.address(), status, vm.currentSession(), vm.lastStarted());
    }

    /**
     * {@return the same session in another status; its times stay}
     *
     * @param session the session as it was
     * @param status where it stands
     */
    public static Session withStatus(Session session, SessionStatus status) {
        return new Session(
                session.id(), session.vm(), status, session.startTime(), session.endTime(), session.lastHeartbeat());
    }

    /**
     * {@return what is remembered of a VM out of step, in short}
     *
     * @param vm of which VM
     * @param version how often it was written
     */
    public static Tracking tracking(VmId vm, long version) {
        return new Tracking(
                vm,
                version,
                "fingerprint",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                "some-rule");
    }

    /**
     * {@return a session's metering without gaps, after so many instructions, each a version of it}
     *
     * @param of the VM, with its session
     * @param counter how many instructions were issued; zero for a bill that has none
     */
    public static Metering metering(ManagedVm of, long counter) {
        return new Metering(
                of.meteredSession().orElseThrow(),
                of.id(),
                counter,
                counter,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false,
                false,
                Optional.empty());
    }

    /**
     * {@return the machine that a VM's address led to at {@link #NOON}, learned for its session}
     *
     * @param of the VM, with its session
     * @param uid the uid of that machine
     */
    public static Identity identity(ManagedVm of, String uid) {
        return new Identity(of.id(), of.vm().scope(), of.vm().address(), Optional.of(uid), of.sessionId(), NOON);
    }

    /**
     * {@return a memory of nothing but a VM's tracking}
     *
     * @param tracking all that is remembered
     */
    public static Memory remembering(Tracking tracking) {
        return new Memory(Optional.of(tracking), Optional.empty(), Optional.empty());
    }

    /**
     * {@return a memory of nothing but a session's bill}
     *
     * @param metering all that is remembered
     */
    public static Memory remembering(Metering metering) {
        return new Memory(Optional.empty(), Optional.of(metering), Optional.empty());
    }

    /**
     * {@return a memory of nothing but which machine an address led to}
     *
     * @param identity all that is remembered
     */
    public static Memory remembering(Identity identity) {
        return new Memory(Optional.empty(), Optional.empty(), Optional.of(identity));
    }

    /**
     * {@return an audit record of a VM, decided at {@link #NOON} on a direct read}
     *
     * @param of the VM, with its session
     * @param rule the id of the rule that decided
     */
    public static AuditRecord audit(ManagedVm of, String rule) {
        return new AuditRecord(
                NOON,
                "cycle-1",
                of.id(),
                of.sessionId(),
                of.vm().scope(),
                rule,
                Mode.ACT,
                "because of a test",
                of.vm().believed(),
                of.session().map(Session::status),
                new Evidence(
                        new Observation.Seen(PowerState.STOPPED, ProvisioningState.SUCCEEDED, Optional.empty()),
                        ReadKind.DIRECT,
                        NOON.minusSeconds(2),
                        Optional.empty()),
                List.of(),
                Optional.empty());
    }

    /**
     * {@return a change of the host's rows alone, decided at {@link #NOON}}
     *
     * @param expected the rows as they were read
     * @param transition what becomes of them
     */
    public static Change change(ManagedVm expected, Transition transition) {
        return new Change(NOON, expected, transition, Memory.EMPTY, Memory.EMPTY, List.of(), List.of());
    }

    /**
     * {@return a change of what is remembered alone, decided at {@link #NOON}}
     *
     * @param expected the rows as they were read
     * @param before what was remembered
     * @param after what is remembered from now on
     */
    public static Change change(ManagedVm expected, Memory before, Memory after) {
        return new Change(NOON, expected, Transition.NONE, before, after, List.of(), List.of());
    }

    /**
     * {@return a change that stages billing instructions and nothing else, decided at {@link #NOON}}
     *
     * @param expected the rows as they were read
     * @param billing the instructions, in order
     */
    public static Change change(ManagedVm expected, BillingInstruction... billing) {
        return new Change(NOON, expected, Transition.NONE, Memory.EMPTY, Memory.EMPTY, List.of(billing), List.of());
    }
}
