package com.berryfi.vmsync.plan;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.Samples.SCOPE;
import static com.berryfi.vmsync.Samples.SESSION;
import static com.berryfi.vmsync.Samples.SESSION_START;
import static com.berryfi.vmsync.Samples.VM;

import com.berryfi.vmsync.Samples;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Identity;
import com.berryfi.vmsync.model.Lapse;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ProvisioningState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Run;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncPolicy;
import com.berryfi.vmsync.model.Tracking;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One VM, what is seen of it and what is remembered, each of which a test may set. Begins with a session in use on a running machine. */
final class Scene {

    static final Instant AGO = NOW.minus(Duration.ofMinutes(20));
    static final String UID = "uid-1";

    VmStatus believed = VmStatus.RUNNING;
    Optional<SessionId> current = Optional.of(SESSION);
    Optional<SessionStatus> session = Optional.of(SessionStatus.ACTIVE);
    Observation observation = Samples.seen(PowerState.RUNNING);
    ReadKind kind = ReadKind.DIRECT;
    Instant sentAt = NOW;
    Optional<Run> run = Optional.empty();
    Optional<Metering> metering = Optional.empty();
    Optional<Identity> identity = Optional.empty();
    Optional<Instant> proven = Optional.empty();
    Optional<Lapse> lapse = Optional.empty();
    Optional<Instant> endRequested = Optional.empty();
    Optional<Instant> changed = Optional.empty();
    boolean ourError;
    Instant readAt = NOW;

    /** A machine that nobody uses. */
    static Scene idle(VmStatus believed, PowerState power) {
        Scene scene = new Scene();
        scene.believed = believed;
        scene.current = Optional.empty();
        scene.session = Optional.empty();
        scene.observation = Samples.seen(power);
        return scene;
    }

    /** A session in use, believed running. */
    static Scene inUse(PowerState power) {
        Scene scene = new Scene();
        scene.observation = Samples.seen(power);
        return scene;
    }

    static Observation seen(PowerState power, String uid) {
        return new Observation.Seen(power, ProvisioningState.SUCCEEDED, Optional.of(uid));
    }

    static Observation unsettled(PowerState power) {
        return new Observation.Seen(power, ProvisioningState.UPDATING, Optional.empty());
    }

    static Observation unknown() {
        return new Observation.Unknown(UnknownCause.TIMED_OUT, "");
    }

    static Observation missing() {
        return new Observation.Missing("ResourceNotFound");
    }

    static Identity identity(String uid, Optional<SessionId> session) {
        return new Identity(VM, SCOPE, CloudAddress.ofName("group", "one"), Optional.of(uid), session, AGO);
    }

    ManagedVm managed() {
        Vm vm = new Vm(VM, SCOPE, CloudAddress.ofName("group", "one"), believed, current, Optional.empty());
        return new ManagedVm(
                vm,
                session.map(status -> new Session(SESSION, VM, status, Optional.of(SESSION_START), Optional.empty())));
    }

    Evidence evidence() {
        return new Evidence(observation, kind, sentAt, Optional.of("request-1"));
    }

    Facts facts() {
        return new Facts(
                managed(),
                evidence(),
                run,
                metering,
                identity,
                proven,
                lapse,
                endRequested,
                changed,
                Optional.empty(),
                ourError,
                readAt,
                NOW,
                SyncPolicy.standard());
    }

    /** What is tracked of these very rows. */
    Tracking tracked(String verdict) {
        ManagedVm managed = managed();
        return new Tracking(
                VM,
                7,
                managed.fingerprint().material(),
                managed.sessionId(),
                changed,
                run,
                proven,
                endRequested,
                ourError,
                verdict);
    }

    /** What is remembered, with a verdict that was told. */
    Memory remembered(String verdict) {
        return new Memory(Optional.of(tracked(verdict)), metering, identity);
    }

    /** What is remembered of a VM that was in step. */
    Memory untracked() {
        return new Memory(Optional.empty(), metering, identity);
    }
}
