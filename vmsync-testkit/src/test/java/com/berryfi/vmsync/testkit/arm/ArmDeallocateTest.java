package com.berryfi.vmsync.testkit.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.PowerState;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The one change that the simulator takes. */
class ArmDeallocateTest {

    private final ArmWire wire = new ArmWire();
    private final ArmVm machine =
            wire.subscription.transitionsTake(Duration.ofSeconds(30)).put("rg", "vm-1", PowerState.RUNNING);

    @AfterEach
    void close() {
        wire.close();
    }

    @Test
    void itIsAcceptedAtOnceAndComesTrueLater() throws Exception {
        HttpResponse<String> accepted = wire.deallocate("VM-1");

        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(accepted.headers().firstValue("Azure-AsyncOperation").orElseThrow())
                .startsWith(wire.arm.endpoint()
                        + "/subscriptions/sub-1/providers/Microsoft.Compute/locations/sim/operations/");
        assertThat(accepted.headers().firstValue("Location")).isPresent();
        assertThat(machine.power()).isEqualTo(PowerState.DEALLOCATING);
        wire.pass(Duration.ofSeconds(30));
        assertThat(machine.power()).isEqualTo(PowerState.DEALLOCATED);
        assertThat(wire.arm.calls(ArmCall.DEALLOCATE, "sub-1")).isEqualTo(1);
    }

    @Test
    void oneThatIsOffAlreadyOrAboutToBeStaysAsItIs() throws Exception {
        HttpResponse<String> first = wire.deallocate("vm-1");
        wire.pass(Duration.ofSeconds(20));
        HttpResponse<String> second = wire.deallocate("vm-1");
        wire.pass(Duration.ofSeconds(10));

        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(second.headers().firstValue("Azure-AsyncOperation"))
                .isNotEqualTo(first.headers().firstValue("Azure-AsyncOperation"));
        assertThat(machine.power()).isEqualTo(PowerState.DEALLOCATED);
        assertThat(wire.deallocate("vm-1").statusCode()).isEqualTo(202);
        assertThat(machine.power()).isEqualTo(PowerState.DEALLOCATED);
    }

    @Test
    void itIsRefusedAsAReadWouldBe() throws Exception {
        assertThat(wire.deallocate("vm-2").body()).contains("ResourceNotFound");
        wire.subscription.fails(ArmCall.DEALLOCATE, ArmFault.throttledByCompute(Duration.ofMinutes(1)));
        assertThat(wire.deallocate("vm-1").statusCode()).isEqualTo(429);
        wire.subscription.heal();
        wire.subscription.forbid(ArmWire.TOKEN);
        assertThat(wire.deallocate("vm-1").statusCode()).isEqualTo(403);
        assertThat(machine.power()).isEqualTo(PowerState.RUNNING);
    }
}
