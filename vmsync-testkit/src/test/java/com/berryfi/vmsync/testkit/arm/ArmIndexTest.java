package com.berryfi.vmsync.testkit.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.PowerState;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The list from the index. */
class ArmIndexTest {

    private final ArmWire wire = new ArmWire();

    @AfterEach
    void close() {
        wire.close();
    }

    @Test
    void itIsTheSameListAndItsPagesStayInTheIndex() throws Exception {
        wire.subscription.pagesOf(2);
        IntStream.range(0, 3).forEach(i -> wire.subscription.put("rg", "vm-" + i, PowerState.RUNNING));

        String first = wire.index().body();
        String next = first.substring(first.indexOf("https://"), first.lastIndexOf('"'));
        String second = wire.get(next.substring(wire.arm.endpoint().toString().length()), ArmWire.TOKEN)
                .body();

        assertThat(first).contains("vm-0", "vm-1", "PowerState/running");
        assertThat(second).contains("vm-2");
        assertThat(wire.arm.calls(ArmCall.INDEX, "sub-1")).isEqualTo(2);
        assertThat(wire.arm.calls(ArmCall.LIST)).isZero();
    }

    @Test
    void itTellsThePowerOfSomeTimeAgo() throws Exception {
        wire.subscription.indexLags(Duration.ofSeconds(45)).transitionsTake(Duration.ofSeconds(30));
        ArmVm machine = wire.subscription.put("rg", "vm-1", PowerState.RUNNING);
        wire.pass(Duration.ofMinutes(5));
        machine.stop();
        wire.pass(Duration.ofSeconds(44));

        assertThat(wire.list("sub-1", ArmWire.TOKEN).body()).contains("PowerState/stopped");
        assertThat(wire.index().body()).contains("PowerState/running");
        wire.pass(Duration.ofSeconds(1));
        assertThat(wire.index().body()).contains("PowerState/stopping");
        wire.pass(Duration.ofSeconds(30));
        assertThat(wire.index().body()).contains("PowerState/stopped");
    }

    @Test
    void itMayRefuseASubscription() throws Exception {
        wire.subscription.indexUnserved(true);

        assertThat(wire.index().statusCode()).isEqualTo(422);
        assertThat(wire.index().body()).contains("UnprocessableEntity");
        assertThat(wire.list("sub-1", ArmWire.TOKEN).statusCode()).isEqualTo(200);
        wire.subscription.indexUnserved(false);
        assertThat(wire.index().statusCode()).isEqualTo(200);
    }
}
