package com.berryfi.vmsync.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which addresses Azure understands. */
class AzureAddressTest {

    private static final Scope SCOPE = new Scope("azure", "tenant", "principal", "Sub-1");
    private static final String KEY =
            "/subscriptions/sub-1/resourcegroups/rg/providers/microsoft.compute/virtualmachines/vm";

    @Test
    void threeFormsAreOneMachine() throws AzureAddress.Malformed {
        String id = "/subscriptions/SUB-1/resourceGroups/RG/providers/Microsoft.Compute/virtualMachines/VM";

        assertThat(AzureAddress.of(SCOPE, CloudAddress.ofResourceId(id)).key()).isEqualTo(KEY);
        assertThat(AzureAddress.of(SCOPE, CloudAddress.ofName("Rg", "Vm")).key())
                .isEqualTo(KEY);
        assertThat(AzureAddress.of(SCOPE, new CloudAddress("vm", "rg", "")).key())
                .isEqualTo(KEY);
        assertThat(AzureAddress.of(SCOPE, new CloudAddress(" " + id + " ", "", ""))
                        .name())
                .isEqualTo("VM");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/|no ARM resource id",
                "/subscriptions/sub-1|not of type",
                "/subscriptions/sub-1/resourceGroups/rg|not of type",
                "/subscriptions/sub-1/resourceGroups/rg/providers/Microsoft.Compute/disks/d|not of type",
                "/subscriptions/sub-1/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm/extensions/e|not of type",
                "/subscriptions/sub-2/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm|not in the subscription",
                "/subscriptions/sub-1/providers/Microsoft.Compute/virtualMachines/vm|no ARM resource id",
                "//subscriptions//|no ARM resource id",
                "vm|has no resource group",
            })
    void whatIsWrongIsNamed(String resourceId, String problem) {
        assertThatThrownBy(() -> AzureAddress.of(SCOPE, CloudAddress.ofResourceId(resourceId)))
                .isInstanceOf(AzureAddress.Malformed.class)
                .hasMessageContaining(resourceId)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource({"rg,a/b", "rg,..", "rg,vm?x=1", "rg,a%2Fb", "r/g,vm", "rg,two words"})
    void aNameCannotChangeThePathThatIsRead(String group, String name) {
        assertThatThrownBy(() -> AzureAddress.of(SCOPE, CloudAddress.ofName(group, name)))
                .isInstanceOf(AzureAddress.Malformed.class)
                .hasMessageContaining("holds what a name cannot");
    }
}
