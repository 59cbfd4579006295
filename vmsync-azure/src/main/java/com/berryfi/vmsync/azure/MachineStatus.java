package com.berryfi.vmsync.azure;

import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInstanceViewInner;
import com.azure.resourcemanager.compute.models.InstanceViewStatus;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ProvisioningState;
import com.berryfi.vmsync.model.UnknownCause;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the power of a machine from the SDK's model of it, of which a status list fills a part only. */
final class MachineStatus {

    private MachineStatus() {}

    static Observation of(VirtualMachineInner machine) {
        List<String> codes = codesOf(machine.instanceView());
        List<String> powerCodes = withPrefix(codes, "powerstate/");
        List<PowerState> powers =
                powerCodes.stream().map(PowerState::ofCode).distinct().toList();
        if (powers.isEmpty()) {
            return unknown("the answer names no power state");
        }
        if (powers.size() > 1 || powers.get(0) == PowerState.UNKNOWN) {
            return unknown("the answer names " + powerCodes);
        }
        return new Observation.Seen(
                powers.get(0),
                provisioningOf(codes, machine.provisioningState()),
                Optional.ofNullable(machine.vmId()).filter(uid -> !uid.isBlank()));
    }

    /** Where statuses and model differ, a change is under way: what is not settled counts. */
    private static ProvisioningState provisioningOf(List<String> codes, @Nullable String model) {
        List<ProvisioningState> states = Stream.concat(
                        withPrefix(codes, "provisioningstate/").stream(), Stream.ofNullable(model))
                .map(ProvisioningState::ofCode)
                .toList();
        return states.stream()
                .filter(state -> !state.isSettled())
                .findFirst()
                .or(() -> states.stream().findFirst())
                .orElse(ProvisioningState.UNKNOWN);
    }

    private static List<String> codesOf(@Nullable VirtualMachineInstanceViewInner view) {
        if (view == null || view.statuses() == null) {
            return List.of();
        }
        return view.statuses().stream()
                .filter(Objects::nonNull)
                .map(InstanceViewStatus::code)
                .filter(Objects::nonNull)
                .toList();
    }

    private static List<String> withPrefix(List<String> codes, String prefix) {
        return codes.stream()
                .filter(code -> code.toLowerCase(Locale.ROOT).startsWith(prefix))
                .toList();
    }

    private static Observation unknown(String detail) {
        return new Observation.Unknown(UnknownCause.NO_POWER_STATE, detail);
    }
}
