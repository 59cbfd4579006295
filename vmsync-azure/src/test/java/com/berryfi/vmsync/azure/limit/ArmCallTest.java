package com.berryfi.vmsync.azure.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.azure.limit.ArmCall.Kind;
import com.berryfi.vmsync.model.Scope;
import org.junit.jupiter.api.Test;

/** Which limits a request counts for, and which one a header speaks of. */
class ArmCallTest {

    private static final Scope SCOPE = new Scope("azure", "tenant", "client", "sub-1");
    private static final String LIST = "/subscriptions/sub-1/providers/Microsoft.Compute/virtualMachines";
    private static final String MACHINE =
            "/subscriptions/sub-1/resourceGroups/RG/providers/Microsoft.Compute/virtualMachines/Vm-1";

    @Test
    void pagesOfListsAndOfTheIndex() {
        assertThat(call("GET", LIST, "statusOnly=true")).isEqualTo(new ArmCall(SCOPE, Kind.LIST_PAGE, ""));
        assertThat(call("GET", LIST, null).kind()).isEqualTo(Kind.LIST_PAGE);
        assertThat(call("GET", LIST, "statusOnly=true&useResourceGraph=True").kind())
                .isEqualTo(Kind.INDEX_PAGE);
    }

    @Test
    void aMachineIsTheSameInWhicheverCaseAndWhateverIsAskedOfIt() {
        ArmCall read = call("GET", MACHINE, "$expand=instanceView");

        assertThat(read.kind()).isEqualTo(Kind.DIRECT_READ);
        assertThat(call("GET", MACHINE.toUpperCase(java.util.Locale.ROOT), null))
                .isEqualTo(read);
        assertThat(call("post", MACHINE + "/deallocate", null))
                .isEqualTo(new ArmCall(SCOPE, Kind.DEALLOCATION, read.machine()));
    }

    @Test
    void headersInAllTheirSpellings() {
        assertThat(RateLimit.ofHeader("x-ms-ratelimit-remaining-subscription-reads"))
                .contains(RateLimit.ARM_READS);
        assertThat(RateLimit.ofHeader("X-Ms-RateLimit-Remaining-Subscription-Global-Reads"))
                .contains(RateLimit.ARM_READS);
        assertThat(RateLimit.ofHeader("x-ms-ratelimit-remaining-subscription-writes"))
                .contains(RateLimit.ARM_WRITES);
        assertThat(RateLimit.ofHeader("Microsoft.Compute/HighCostGet")).contains(RateLimit.LISTS);
        assertThat(RateLimit.ofHeader("microsoft.compute/highcostgetsubscriptionmaximum"))
                .contains(RateLimit.LISTS);
        assertThat(RateLimit.ofHeader("Microsoft.Compute/LowCostGetResource")).contains(RateLimit.DIRECT_READS);
        assertThat(RateLimit.ofHeader("Microsoft.Network/Reads;")).isEmpty();
    }

    private static ArmCall call(String method, String path, @org.jspecify.annotations.Nullable String query) {
        return ArmCall.of(SCOPE, method, path, query);
    }
}
