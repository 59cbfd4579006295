package com.berryfi.vmsync.benchmarks;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.testkit.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * One subscription's VMs in a host's database and in the simulator: those in use run, the others are free and deallocated.
 *
 * @param scope which subscription, read by whom
 * @param vms how many
 * @param inUseEvery of how many VMs one has a session in use, the first of them
 */
record Fleet(Scope scope, int vms, int inUseEvery) {

    static final String GROUP = "fleet";
    static final int PAGE = 100;

    /** The bearer token that reads the subscription. */
    String token() {
        return tokenOf(scope);
    }

    static String tokenOf(Scope scope) {
        return "token-of-" + scope.principal();
    }

    static String name(int number) {
        return String.format("machine-%06d", number);
    }

    int pages() {
        return (vms + PAGE - 1) / PAGE;
    }

    VmId id(int number) {
        return new VmId(scope.subscription() + "/" + number);
    }

    SessionId session(int number) {
        return new SessionId("session-of-" + id(number));
    }

    boolean isInUse(int number) {
        return number % inUseEvery == 0;
    }

    /**
     * Writes the host's rows.
     *
     * @param believedRunning which of the VMs without a session the host takes for running, wrongly
     */
    void putInto(InMemoryStore store, IntPredicate believedRunning) {
        Instant startedAt = Instant.now().minus(Duration.ofHours(1));
        for (int i = 0; i < vms; i++) {
            boolean inUse = isInUse(i);
            store.putVm(new Vm(
                    id(i),
                    scope,
                    CloudAddress.ofResourceId("/subscriptions/" + scope.subscription() + "/resourceGroups/" + GROUP
                            + "/providers/Microsoft.Compute/virtualMachines/" + name(i)),
                    inUse || believedRunning.test(i) ? VmStatus.RUNNING : VmStatus.AVAILABLE,
                    inUse ? Optional.of(session(i)) : Optional.empty(),
                    inUse ? Optional.of(startedAt.minus(Duration.ofMinutes(1))) : Optional.empty()));
            if (inUse) {
                store.putSession(
                        new Session(session(i), id(i), SessionStatus.ACTIVE, Optional.of(startedAt), Optional.empty()));
            }
        }
    }
}
