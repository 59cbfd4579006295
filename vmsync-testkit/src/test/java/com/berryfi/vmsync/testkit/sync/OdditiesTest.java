package com.berryfi.vmsync.testkit.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.event.BadRow;
import com.berryfi.vmsync.event.SyncListener;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows of a status that nobody knows: each status is told of once, and every cycle leaves them alone. */
class OdditiesTest {

    private final Backend backend = new Backend();
    private final List<String> heard = new ArrayList<>();

    @Test
    void aStatusNobodyKnowsIsToldOfOnceAndStandsInEveryReport() {
        backend.start(builder -> builder.withListener(new SyncListener() {
            @Override
            public void onBadRow(BadRow event) {
                heard.add(event.problem().row());
            }
        }));
        for (String vm : List.of("a", "b", "c", "d")) {
            backend.vm(vm, VmStatus.RUNNING, PowerState.STOPPED);
        }
        plant("a", "ASLEEP");
        plant("b", "ASLEEP");
        plant("c", "DREAMING");
        backend.store.plantProblem(new VmId("d"), new RowProblem("vm d", "no address").leavingOut(new VmId("d")));

        for (int i = 0; i < 3; i++) {
            assertThat(backend.full().problems()).hasSize(4);
            backend.time.pass(Duration.ofMinutes(5));
        }

        assertThat(heard).containsExactlyInAnyOrder("vm a", "vm c", "vm d", "vm d", "vm d");
        assertThat(List.of("a", "b", "c", "d"))
                .allSatisfy(vm -> assertThat(backend.believed(vm)).isEqualTo(VmStatus.RUNNING));
    }

    private void plant(String vm, String status) {
        backend.store.plantProblem(
                new VmId(vm),
                new RowProblem("vm " + vm, "status: " + status)
                        .leavingOut(new VmId(vm))
                        .toldOnceAs("vms.status '" + status + "'"));
    }
}
