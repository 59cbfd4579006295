package com.berryfi.vmsync.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerStateTest {

    @ParameterizedTest
    @CsvSource({
        "PowerState/running, RUNNING, RUNNING, RUNNING",
        "powerstate/STARTING, STARTING, STARTING, STARTING",
        "PowerState/stopping, STOPPING, STOPPING, STOPPING",
        "PowerState/stopped, STOPPED, STOPPED, STOPPED",
        "PowerState/deallocating, DEALLOCATING, STOPPING, STOPPING",
        "POWERSTATE/Deallocated, DEALLOCATED, STOPPED, DEALLOCATED",
        "PowerState/unknown, UNKNOWN, UNKNOWN, UNKNOWN",
        "PowerState/hibernated, UNKNOWN, UNKNOWN, UNKNOWN",
        "ProvisioningState/succeeded, UNKNOWN, UNKNOWN, UNKNOWN",
        "running, UNKNOWN, UNKNOWN, UNKNOWN",
        "'', UNKNOWN, UNKNOWN, UNKNOWN"
    })
    void aCodeIsReadWithoutRegardToCaseAndMapped(String code, PowerState power, VmStatus standard, VmStatus toldApart) {
        assertThat(PowerState.ofCode(code)).isEqualTo(power);
        assertThat(StatusMapping.standard().statusOf(power)).isEqualTo(standard);
        assertThat(StatusMapping.tellingDeallocatedApart().statusOf(power)).isEqualTo(toldApart);
    }

    @ParameterizedTest
    @CsvSource({
        "Succeeded, SUCCEEDED, true",
        "ProvisioningState/succeeded, SUCCEEDED, true",
        "provisioningState/FAILED/OverconstrainedAllocationRequest, FAILED, true",
        "Canceled, CANCELED, true",
        "ProvisioningState/creating, CREATING, false",
        "Updating, UPDATING, false",
        "Deleting, DELETING, false",
        "Migrating, UNKNOWN, false",
        "'', UNKNOWN, false"
    })
    void aProvisioningStateIsReadWithOrWithoutPrefixAndSuffix(String code, ProvisioningState state, boolean settled) {
        assertThat(ProvisioningState.ofCode(code)).isEqualTo(state);
        assertThat(state.isSettled()).isEqualTo(settled);
    }

    @Test
    void aFreeMachineAgreesWithEveryPowerThatIsOffOrTurningOff() {
        StatusMapping mapping = StatusMapping.standard();
        for (PowerState power : PowerState.values()) {
            assertThat(mapping.agrees(VmStatus.AVAILABLE, power))
                    .as("%s", power)
                    .isEqualTo(power.isOff() || power.isTurningOff());
        }
        assertThat(mapping.agrees(VmStatus.DEALLOCATED, PowerState.DEALLOCATED)).isTrue();
        assertThat(mapping.agrees(VmStatus.DEALLOCATED, PowerState.STOPPED)).isFalse();
    }

    @Test
    void aHostMayBringItsOwnMapping() {
        StatusMapping own = power -> power.isOff() ? VmStatus.AVAILABLE : VmStatus.RUNNING;

        assertThat(own.agrees(VmStatus.RUNNING, PowerState.STARTING)).isTrue();
    }
}
