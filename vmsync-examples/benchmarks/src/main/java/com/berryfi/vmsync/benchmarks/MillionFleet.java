package com.berryfi.vmsync.benchmarks;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ProvisioningState;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A fleet that takes no memory: each row and each machine is made from its number when it is asked for. One VM in fifty has a session
 * in use; one in a hundred is not what its row says: four of five of these without a session, the fifth under a session in use.
 *
 * @param vms how many; a multiple of {@code scopes}
 * @param scopes in how many subscriptions
 * @param startedAt when the sessions began
 */
record MillionFleet(int vms, int scopes, Instant startedAt) {

    private static final int IN_USE_EVERY = 50;
    private static final int DRIFTED_EVERY = 100;
    private static final int DRIFTED_IN_USE_EVERY = 500;
    private static final int DIGITS = 12;

    int vmsAScope() {
        return vms / scopes;
    }

    Scope scope(int number) {
        return new Scope(
                "azure", uuid(0x7e4a47, 1), uuid(0xc11e47, number % (scopes / 20 + 1)), uuid(0x5b5c21, number));
    }

    VmId id(int number) {
        return new VmId(uuid(0, number));
    }

    /** The number of an id of {@link #id}. */
    static int number(VmId id) {
        return Integer.parseInt(id.value().substring(id.value().length() - DIGITS), 16);
    }

    /** The number of an address of a row. */
    static int number(CloudAddress address) {
        String id = address.resourceId();
        return Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
    }

    boolean isInUse(int number) {
        return number % IN_USE_EVERY == 0;
    }

    boolean isDrifted(int number) {
        return isDriftedInUse(number) || (number % DRIFTED_EVERY == 7 && number % DRIFTED_IN_USE_EVERY != 7);
    }

    private static boolean isDriftedInUse(int number) {
        return number % DRIFTED_IN_USE_EVERY == 0;
    }

    /** The host's rows as they were in the beginning. */
    ManagedVm row(int number) {
        VmId id = id(number);
        Scope scope = scope(number / vmsAScope());
        Optional<Session> session = isInUse(number)
                ? Optional.of(new Session(
                        new SessionId(uuid(0x5e5510, number)),
                        id,
                        SessionStatus.ACTIVE,
                        Optional.of(startedAt),
                        Optional.empty()))
                : Optional.empty();
        return new ManagedVm(
                new Vm(
                        id,
                        scope,
                        CloudAddress.ofResourceId("/subscriptions/" + scope.subscription()
                                + "/resourceGroups/fleet/providers/Microsoft.Compute/virtualMachines/machine-"
                                + number),
                        isInUse(number) || isDrifted(number) ? VmStatus.RUNNING : VmStatus.AVAILABLE,
                        session.map(Session::id),
                        session.map(any -> startedAt.minus(Duration.ofMinutes(1)))),
                session);
    }

    /** What the cloud says of a machine. */
    Observation.Seen machine(int number, boolean direct) {
        return new Observation.Seen(
                isInUse(number) && !isDrifted(number) ? PowerState.RUNNING : PowerState.DEALLOCATED,
                ProvisioningState.SUCCEEDED,
                direct ? Optional.of(uuid(0x111d, number)) : Optional.empty());
    }

    private static String uuid(long kind, int number) {
        return new UUID(kind << 32 | 0x4000L, Long.MIN_VALUE | number).toString();
    }
}
