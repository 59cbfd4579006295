package com.berryfi.vmsync.testkit;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ProvisioningState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.port.CloudStatusPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A cloud that a test scripts: its machines change power, vanish and come back, its answers fail, break off or leave things
 * out. Answers at once and keeps no clock. Thread-safe.
 *
 * <p>Two addresses are the same machine if their resource ids are equal but for case or, where one has none, their group and
 * name. A scope nothing was put into answers with a complete, empty list.
 */
public final class InMemoryCloud implements CloudStatusPort {

    private final Map<Scope, InMemoryWorld> worlds = new HashMap<>();
    private final List<Request> requests = new ArrayList<>();
    private volatile Consumer<Request> beforeEachRead = request -> {};

    /**
     * Puts a machine with settled provisioning and without a uid, or replaces the one that is there.
     *
     * @param scope in which scope
     * @param address of which machine
     * @param power what it shows from now on
     */
    public void put(Scope scope, CloudAddress address, PowerState power) {
        put(scope, address, new Observation.Seen(power, ProvisioningState.SUCCEEDED, Optional.empty()));
    }

    /**
     * Puts a machine, or replaces the one that is there: with another uid it is a namesake.
     *
     * @param scope in which scope
     * @param address of which machine
     * @param machine how it is seen from now on
     */
    public synchronized void put(Scope scope, CloudAddress address, Observation.Seen machine) {
        world(scope).machines.put(InMemoryWorld.keyOf(address), machine);
    }

    /**
     * The machine runs from now on.
     *
     * @param scope in which scope
     * @param address of which machine
     * @throws IllegalArgumentException if there is no such machine
     */
    public void start(Scope scope, CloudAddress address) {
        power(scope, address, PowerState.RUNNING);
    }

    /**
     * The machine is off and still billed from now on.
     *
     * @param scope in which scope
     * @param address of which machine
     * @throws IllegalArgumentException if there is no such machine
     */
    public void stop(Scope scope, CloudAddress address) {
        power(scope, address, PowerState.STOPPED);
    }

    /**
     * The machine is off and its hardware given back from now on.
     *
     * @param scope in which scope
     * @param address of which machine
     * @throws IllegalArgumentException if there is no such machine
     */
    public void deallocate(Scope scope, CloudAddress address) {
        power(scope, address, PowerState.DEALLOCATED);
    }

    /**
     * The machine still answers, but names no power: seen as {@link UnknownCause#NO_POWER_STATE}.
     *
     * @param scope in which scope
     * @param address of which machine
     * @throws IllegalArgumentException if there is no such machine
     */
    public void forgetPower(Scope scope, CloudAddress address) {
        power(scope, address, PowerState.UNKNOWN);
    }

    /**
     * Sets the power of a machine.
     *
     * @param scope in which scope
     * @param address of which machine
     * @param power what it shows from now on
     * @throws IllegalArgumentException if there is no such machine
     */
    public synchronized void power(Scope scope, CloudAddress address, PowerState power) {
        Observation.Seen machine = machine(scope, address);
        put(scope, address, new Observation.Seen(power, machine.provisioning(), machine.uid()));
    }

    /**
     * Sets how far a machine's last change has come.
     *
     * @param scope in which scope
     * @param address of which machine
     * @param provisioning what it shows from now on
     * @throws IllegalArgumentException if there is no such machine
     */
    public synchronized void provisioning(Scope scope, CloudAddress address, ProvisioningState provisioning) {
        Observation.Seen machine = machine(scope, address);
        put(scope, address, new Observation.Seen(machine.power(), provisioning, machine.uid()));
    }

    /**
     * The machine is gone, if it was there.
     *
     * @param scope in which scope
     * @param address of which machine
     */
    public synchronized void vanish(Scope scope, CloudAddress address) {
        world(scope).machines.remove(InMemoryWorld.keyOf(address));
    }

    /**
     * From now on both kinds of read of a scope fail.
     *
     * @param scope in which scope
     * @param why what is answered in its place
     * @param retryAfter how long the cloud asks to be left alone; empty if it does not
     */
    public void fail(Scope scope, Observation.Unknown why, Optional<Duration> retryAfter) {
        fail(scope, ReadKind.LIST, why, retryAfter);
        fail(scope, ReadKind.DIRECT, why, retryAfter);
    }

    /**
     * From now on one kind of read of a scope fails: a list names nothing, a direct read knows nothing of any address.
     *
     * @param scope in which scope
     * @param kind which kind of read
     * @param why what is answered in its place
     * @param retryAfter how long the cloud asks to be left alone; empty if it does not
     */
    public synchronized void fail(Scope scope, ReadKind kind, Observation.Unknown why, Optional<Duration> retryAfter) {
        world(scope).failures.put(kind, new InMemoryWorld.ScopeFailure(why, retryAfter));
    }

    /**
     * From now on direct reads of one machine fail, be it there or not; lists go on naming it.
     *
     * @param scope in which scope
     * @param address of which machine
     * @param why what is answered in its place
     */
    public synchronized void failDirect(Scope scope, CloudAddress address, Observation.Unknown why) {
        world(scope).machineFailures.put(InMemoryWorld.keyOf(address), why);
    }

    /**
     * From now on lists break off after some machines, in the order in which they were first put.
     *
     * @param scope in which scope
     * @param machines how many are still named; a list that has no more than these breaks off all the same
     * @param why why they break off
     */
    public synchronized void breakLists(Scope scope, int machines, Observation.Unknown why) {
        InMemoryWorld world = world(scope);
        world.breakAfter = machines;
        world.breakCause = Optional.of(why);
    }

    /**
     * From now on lists are complete and name nothing, whatever there is.
     *
     * @param scope in which scope
     */
    public synchronized void listNothing(Scope scope) {
        world(scope).listsNothing = true;
    }

    /**
     * From now on answers carry this much quota, by the limit's name.
     *
     * @param scope in which scope
     * @param quotaLeft how many calls are left, by the limit's name
     */
    public synchronized void quotaLeft(Scope scope, Map<String, Long> quotaLeft) {
        world(scope).quotaLeft = Map.copyOf(quotaLeft);
    }

    /**
     * All faults of a scope are over; its machines stay as they are.
     *
     * @param scope in which scope
     */
    public synchronized void heal(Scope scope) {
        InMemoryWorld world = world(scope);
        world.machineFailures.clear();
        world.failures.clear();
        world.breakCause = Optional.empty();
        world.listsNothing = false;
    }

    /**
     * Runs before each answer is made, in the caller's thread: to change the world between two reads, to block, to throw.
     * Replaces what was set before.
     *
     * @param action given what is asked for; what it throws reaches the caller
     */
    public void beforeEachRead(Consumer<Request> action) {
        beforeEachRead = action;
    }

    @Override
    public Reading read(Request request) {
        synchronized (this) {
            requests.add(request);
        }
        beforeEachRead.accept(request);
        return answer(request);
    }

    /** {@return how often a list was asked for since the beginning or the last {@link #clearRequests()}} */
    public int listCalls() {
        return (int) requests().stream().filter(r -> r.kind() == ReadKind.LIST).count();
    }

    /** {@return how often direct reads were asked for, each time of one or more machines} */
    public int directCalls() {
        return (int)
                requests().stream().filter(r -> r.kind() == ReadKind.DIRECT).count();
    }

    /** {@return how many machines were asked for directly, in all calls together} */
    public int directReads() {
        return requests().stream()
                .filter(r -> r.kind() == ReadKind.DIRECT)
                .mapToInt(r -> r.addresses().size())
                .sum();
    }

    /** {@return what was asked since the beginning or the last {@link #clearRequests()}, oldest first} */
    public synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Forgets what was asked; the counts start again at zero. */
    public synchronized void clearRequests() {
        requests.clear();
    }

    private synchronized Reading answer(Request request) {
        return world(request.scope()).answer(request, "in-memory-" + requests.size());
    }

    private InMemoryWorld world(Scope scope) {
        return worlds.computeIfAbsent(scope, s -> new InMemoryWorld());
    }

    private Observation.Seen machine(Scope scope, CloudAddress address) {
        Observation.Seen machine = world(scope).machines.get(InMemoryWorld.keyOf(address));
        if (machine == null) {
            throw new IllegalArgumentException("no machine " + address + " in " + scope);
        }
        return machine;
    }
}
