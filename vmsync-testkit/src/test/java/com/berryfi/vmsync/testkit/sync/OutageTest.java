package com.berryfi.vmsync.testkit.sync;

import static com.berryfi.vmsync.testkit.sync.Backend.SCOPE;
import static com.berryfi.vmsync.testkit.sync.Backend.address;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lists that break off name machines all the while: what was seen so, and read directly, proves nothing once they are whole. */
class OutageTest {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
    private static final Observation.Unknown DOWN = new Observation.Unknown(UnknownCause.SERVER_ERROR, "500");

    private final Backend backend = new Backend();

    @Test
    void whatWasConfirmedWhileFrozenIsConfirmedAgain() {
        backend.inUse("a");
        backend.quick();
        backend.cloud.breakLists(SCOPE, 1, DOWN);
        quick(4);
        backend.cloud.stop(SCOPE, address("a"));
        quick(3);
        backend.cloud.heal(SCOPE);

        quick(1);
        assertThat(backend.status("a")).as("one direct read since").isEqualTo(SessionStatus.ACTIVE);
        quick(1);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
    }

    @Test
    void whatWasConfirmedForTenMinutesWhileFrozenPassesNoBrake() {
        for (int i = 0; i < 20; i++) {
            backend.inUse("vm-" + i);
        }
        backend.quick();
        backend.cloud.breakLists(SCOPE, 20, DOWN);
        for (int i = 0; i < 20; i++) {
            backend.cloud.deallocate(SCOPE, address("vm-" + i));
        }
        quick(30);
        assertThat(ended()).as("frozen from the fourth on, and braked before").isLessThanOrEqualTo(3);
        long before = ended();
        backend.cloud.heal(SCOPE);

        quick(3);
        assertThat(ended() - before).isLessThanOrEqualTo(3);
        quick(21);
        assertThat(ended()).isEqualTo(20);
    }

    @Test
    void aMachineThatWasMissingBeforeExplainsNoListThatShrinks() {
        backend.vm("a", VmStatus.AVAILABLE, PowerState.DEALLOCATED);
        List<String> others = List.of("w", "x", "y", "z");
        others.forEach(name -> backend.cloud.put(SCOPE, address(name), PowerState.RUNNING));
        backend.cloud.vanish(SCOPE, address("a"));
        assertThat(backend.full().scopes().get(0).failure()).isEmpty();
        backend.hostSays("a", VmStatus.ASSIGNED);
        backend.session("a", SessionStatus.REQUESTED);
        quick(12);
        others.subList(0, 3).forEach(name -> backend.cloud.vanish(SCOPE, address(name)));

        assertThat(backend.quickAfter(HALF_A_MINUTE).scopes().get(0).failure()).isPresent();
    }

    private long ended() {
        return IntStream.range(0, 20)
                .filter(i -> backend.status("vm-" + i) == SessionStatus.TERMINATED)
                .count();
    }

    private void quick(int times) {
        for (int i = 0; i < times; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }
    }
}
