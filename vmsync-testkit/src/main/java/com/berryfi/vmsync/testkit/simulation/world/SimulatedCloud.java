package com.berryfi.vmsync.testkit.simulation.world;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ProvisioningState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.VmPowerPort;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The cloud: the truth of its machines, which take their time to change, and its answers, which need not be the truth. */
public final class SimulatedCloud implements CloudStatusPort, VmPowerPort {

    private final long seed;
    private final SimulatedTime time;
    private final Timeline timeline;
    private final CloudFaults faults = new CloudFaults();
    private final CloudAnswers answers;
    private final Dice latencies;
    private final TreeMap<VmId, Slot> slots = new TreeMap<>();
    private final Map<Scope, Map<CloudAddress, Slot>> places = new HashMap<>();
    private final Map<Scope, List<Slot>> ofScope = new HashMap<>();
    private long lists;
    private long directs;

    SimulatedCloud(long seed, SimulatedTime time, Timeline timeline) {
        this.seed = seed;
        this.time = time;
        this.timeline = timeline;
        this.latencies = Dice.of(seed, "latency");
        this.answers = new CloudAnswers(this, faults);
    }

    /** {@return what is wrong with its answers} */
    public CloudFaults faults() {
        return faults;
    }

    /** {@return all places, by VM} */
    public List<Slot> slots() {
        return List.copyOf(slots.values());
    }

    /**
     * {@return the place of a VM; it must be there}
     *
     * @param vm whose machine
     */
    public Slot slot(VmId vm) {
        return Objects.requireNonNull(slots.get(vm), vm::value);
    }

    /**
     * {@return the place that an address leads to; empty if it leads nowhere}
     *
     * @param scope in which scope
     * @param address where in it
     */
    public Optional<Slot> slot(Scope scope, CloudAddress address) {
        return Optional.ofNullable(places.getOrDefault(scope, Map.of()).get(address));
    }

    /** The machines that a scope holds. */
    List<Slot> slots(Scope scope) {
        return ofScope.getOrDefault(scope, List.of());
    }

    /**
     * {@return how many machines a scope holds}
     *
     * @param scope which scope
     */
    public int machines(Scope scope) {
        int there = 0;
        for (Slot slot : slots(scope)) {
            there += slot.machine().now().exists() ? 1 : 0;
        }
        return there;
    }

    /** {@return how often a list was asked for} */
    public long lists() {
        return lists;
    }

    /** {@return how many machines were asked for directly} */
    public long directs() {
        return directs;
    }

    /**
     * Makes a place and a machine in it.
     *
     * @param vm whose it is
     * @param scope in which scope
     * @param address where in it
     * @param power what the machine shows at once
     * @return the new place
     */
    public Slot create(VmId vm, Scope scope, CloudAddress address, PowerState power) {
        Slot slot = new Slot(vm, scope, address);
        slot.put(time.instant(), power);
        slots.put(vm, slot);
        ofScope.computeIfAbsent(scope, same -> new ArrayList<>()).add(slot);
        places.computeIfAbsent(scope, same -> new HashMap<>()).put(address, slot);
        return slot;
    }

    /**
     * Starts a machine: off for a while and being updated, then starting, then running, or failed.
     *
     * @param vm whose machine
     * @param fails whether it does not come up
     */
    public void start(VmId vm, boolean fails) {
        Machine machine = slot(vm).machine();
        Dice dice = nextOperation(vm);
        if (!machine.now().exists() || machine.isRunning()) {
            return;
        }
        int operation = machine.nextOperation();
        become(vm, machine, machine.now().power(), ProvisioningState.UPDATING);
        Duration untilStarting = dice.seconds(3, 15);
        Duration untilRunning = untilStarting.plus(dice.seconds(15, 75));
        later(untilStarting, vm, machine, operation, PowerState.STARTING, ProvisioningState.UPDATING);
        later(
                untilRunning,
                vm,
                machine,
                operation,
                fails ? PowerState.STOPPED : PowerState.RUNNING,
                fails ? ProvisioningState.FAILED : ProvisioningState.SUCCEEDED);
    }

    /**
     * Gives a machine back: deallocating for a while.
     *
     * @param vm whose machine
     */
    public void deallocate(VmId vm) {
        Machine machine = slot(vm).machine();
        Dice dice = nextOperation(vm);
        if (!machine.now().exists() || machine.now().power() == PowerState.DEALLOCATED) {
            return;
        }
        int operation = machine.nextOperation();
        become(vm, machine, PowerState.DEALLOCATING, ProvisioningState.UPDATING);
        later(dice.seconds(10, 60), vm, machine, operation, PowerState.DEALLOCATED, ProvisioningState.SUCCEEDED);
    }

    /**
     * Stops a machine from within; the cloud bills it on.
     *
     * @param vm whose machine
     */
    public void stop(VmId vm) {
        Machine machine = slot(vm).machine();
        Dice dice = nextOperation(vm);
        if (!machine.now().exists() || machine.isOff()) {
            return;
        }
        int operation = machine.nextOperation();
        become(vm, machine, PowerState.STOPPING, ProvisioningState.SUCCEEDED);
        later(dice.seconds(2, 20), vm, machine, operation, PowerState.STOPPED, ProvisioningState.SUCCEEDED);
    }

    /**
     * Turns a machine off at once, as a zone does that fails.
     *
     * @param vm whose machine
     * @param off what it shows at once
     */
    public void drop(VmId vm, PowerState off) {
        Machine machine = slot(vm).machine();
        if (machine.now().exists()) {
            machine.nextOperation();
            become(vm, machine, off, ProvisioningState.SUCCEEDED);
        }
    }

    /**
     * Stops and starts a machine.
     *
     * @param vm whose machine
     */
    public void restart(VmId vm) {
        stop(vm);
        time.after(nextOperation(vm).seconds(21, 60), () -> start(vm, false));
    }

    /**
     * Works on a running machine, as a cloud does that resizes it: it shows off for a while, and then runs again.
     *
     * @param vm whose machine
     * @param lasts how long it shows off
     */
    public void rebuild(VmId vm, Duration lasts) {
        Machine machine = slot(vm).machine();
        int operation = machine.nextOperation();
        become(vm, machine, PowerState.STOPPED, ProvisioningState.CREATING);
        later(lasts, vm, machine, operation, PowerState.RUNNING, ProvisioningState.SUCCEEDED);
    }

    /**
     * Deletes a machine.
     *
     * @param vm whose machine
     */
    public void delete(VmId vm) {
        Machine machine = slot(vm).machine();
        if (machine.now().exists()) {
            machine.vanish(time.instant());
            timeline.note(vm, time.instant(), "cloud", "deleted " + machine.uid());
        }
    }

    /**
     * Makes another machine under the same name: being created and off for a while, then running.
     *
     * @param vm whose machine
     */
    public void recreate(VmId vm) {
        delete(vm);
        Dice dice = nextOperation(vm);
        time.after(dice.seconds(20, 120), () -> {
            Machine machine = slot(vm).put(time.instant(), PowerState.STOPPED);
            int operation = machine.nextOperation();
            become(vm, machine, PowerState.STOPPED, ProvisioningState.CREATING);
            later(dice.seconds(10, 40), vm, machine, operation, PowerState.RUNNING, ProvisioningState.SUCCEEDED);
        });
    }

    @Override
    public Optional<String> deallocate(Scope scope, CloudAddress address, Duration atMost) {
        Slot slot = slot(scope, address)
                .orElseThrow(() -> new RejectedException("simulated cloud: there is no machine " + address));
        deallocate(slot.vm());
        return Optional.empty();
    }

    @Override
    public Reading read(Request request) {
        if (request.kind() == ReadKind.LIST) {
            lists++;
        } else {
            directs += request.addresses().size();
        }
        Instant now = time.instant();
        Duration latency = faults.of(request.scope(), FaultKind.HANG, now).isPresent()
                ? request.atMost()
                : faults.of(request.scope(), FaultKind.SLOW, now).isPresent()
                        ? latencies.seconds(3, 20)
                        : latencies.millis(20, 400);
        if (latency.compareTo(request.atMost()) >= 0) {
            time.pass(request.atMost());
            return answers.timedOut(request);
        }
        Duration half = latency.dividedBy(2);
        time.pass(half);
        Reading reading = answers.answer(request, time.instant());
        time.pass(latency.minus(half));
        return reading;
    }

    private Dice nextOperation(VmId vm) {
        return Dice.of(seed, vm.value(), time.instant().toEpochMilli());
    }

    private void later(
            Duration delay, VmId vm, Machine machine, int operation, PowerState power, ProvisioningState provisioning) {
        time.after(delay, () -> {
            if (machine.isAt(operation)) {
                become(vm, machine, power, provisioning);
            }
        });
    }

    private void become(VmId vm, Machine machine, PowerState power, ProvisioningState provisioning) {
        machine.become(time.instant(), power, provisioning);
        timeline.note(vm, time.instant(), "cloud", machine.now());
    }
}
