package com.berryfi.vmsync.azure;

import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInstanceViewInner;
import com.azure.resourcemanager.compute.models.InstanceViewStatus;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ProvisioningState;
import com.berryfi.vmsync.model.UnknownCause;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the power of a machine from the SDK's model of it, of which a status list fills a part only. */
final class MachineStatus {

    private final List<String> powerCodes = new ArrayList<>(1);
    private final Set<PowerState> powers = EnumSet.noneOf(PowerState.class);
    private final List<ProvisioningState> provisioning = new ArrayList<>(2);

    private MachineStatus(VirtualMachineInner machine) {
        VirtualMachineInstanceViewInner view = machine.instanceView();
        if (view != null && view.statuses() != null) {
            for (InstanceViewStatus status : view.statuses()) {
                if (status != null && status.code() != null) {
                    note(status.code());
                }
            }
        }
        if (machine.provisioningState() != null) {
            provisioning.add(ProvisioningState.ofCode(machine.provisioningState()));
        }
    }

    static Observation of(VirtualMachineInner machine) {
        MachineStatus status = new MachineStatus(machine);
        if (status.powers.isEmpty()) {
            return unknown("the answer names no power state");
        }
        if (status.powers.size() > 1 || status.powers.contains(PowerState.UNKNOWN)) {
            return unknown("the answer names " + status.powerCodes);
        }
        return new Observation.Seen(
                status.powers.iterator().next(),
                status.provisioning(),
                Optional.ofNullable(machine.vmId()).filter(uid -> !uid.isBlank()));
    }

    private void note(String code) {
        String lower = code.toLowerCase(Locale.ROOT);
        if (lower.startsWith("powerstate/")) {
            powerCodes.add(code);
            powers.add(PowerState.ofCode(lower));
        } else if (lower.startsWith("provisioningstate/")) {
            provisioning.add(ProvisioningState.ofCode(lower));
        }
    }

    /** Where statuses and model differ, a change is under way: what is not settled counts. */
    private ProvisioningState provisioning() {
        for (ProvisioningState state : provisioning) {
            if (!state.isSettled()) {
                return state;
            }
        }
        return provisioning.isEmpty() ? ProvisioningState.UNKNOWN : provisioning.get(0);
    }

    private static Observation unknown(String detail) {
        return new Observation.Unknown(UnknownCause.NO_POWER_STATE, detail);
    }
}
