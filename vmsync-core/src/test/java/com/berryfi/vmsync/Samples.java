package com.berryfi.vmsync;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ProvisioningState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Values that tests begin with. */
public final class Samples {

    public static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    public static final Instant SESSION_START = NOW.minus(Duration.ofHours(1));
    public static final Scope SCOPE = new Scope("azure", "tenant-1", "client-1", "sub-1");
    public static final VmId VM = new VmId("vm-1");
    public static final SessionId SESSION = new SessionId("s-1");

    private Samples() {}

    public static ManagedVm managed(VmStatus believed, Optional<SessionStatus> session) {
        return new ManagedVm(
                new Vm(
                        VM,
                        SCOPE,
                        CloudAddress.ofName("group", "one"),
                        believed,
                        session.map(any -> SESSION),
                        Optional.empty()),
                session.map(status -> new Session(SESSION, VM, status, Optional.of(SESSION_START), Optional.empty())));
    }

    public static Observation seen(PowerState power) {
        return new Observation.Seen(power, ProvisioningState.SUCCEEDED, Optional.empty());
    }

    public static Observation notListed() {
        return new Observation.Unknown(UnknownCause.NOT_LISTED, "");
    }

    public static Evidence evidence(Observation observation, ReadKind kind) {
        return new Evidence(observation, kind, NOW, Optional.of("request-1"));
    }

    /** Facts of a drift that is old and confirmed by direct reads, so that nothing is left to wait for. */
    public static Facts settled(VmStatus believed, Optional<SessionStatus> session, Observation observation) {
        return new Story(believed, session, observation).facts();
    }
}
