package com.berryfi.vmsync.testkit.simulation.world;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.VmId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A place in the cloud that one VM's address leads to, and the machines that were there one after another. */
public final class Slot {

    private final VmId vm;
    private final Scope scope;
    private final CloudAddress address;
    private final List<Machine> machines = new ArrayList<>();

    Slot(VmId vm, Scope scope, CloudAddress address) {
        this.vm = vm;
        this.scope = scope;
        this.address = address;
    }

    /** {@return the VM whose place it is} */
    public VmId vm() {
        return vm;
    }

    /** {@return the scope that it is in} */
    public Scope scope() {
        return scope;
    }

    /** {@return the address that leads to it} */
    public CloudAddress address() {
        return address;
    }

    /** {@return the machine that is there, or was there last} */
    public Machine machine() {
        return machines.get(machines.size() - 1);
    }

    /**
     * {@return the machine of a uid; empty if there never was one}
     *
     * @param uid the cloud's id of a machine that is, or was, there
     */
    public Optional<Machine> machine(String uid) {
        return machines.stream().filter(each -> each.uid().equals(uid)).findFirst();
    }

    /** The machine that answered here at an instant; empty if none did. */
    Optional<Machine> machineAt(Instant instant) {
        for (int i = machines.size() - 1; i >= 0; i--) {
            Optional<Machine.State> state = machines.get(i).at(instant);
            if (state.isPresent()) {
                return state.get().exists() ? Optional.of(machines.get(i)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    Machine put(Instant at, PowerState power) {
        Machine machine = new Machine("uid-" + vm + "-" + (machines.size() + 1), at, power);
        machines.add(machine);
        return machine;
    }
}
