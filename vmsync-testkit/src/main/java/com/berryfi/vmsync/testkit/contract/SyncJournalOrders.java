package com.berryfi.vmsync.testkit.contract;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static com.berryfi.vmsync.testkit.Samples.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.Order.Kind;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.RejectedException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How an operator's orders are kept, as a part of {@link SyncJournalContract}. */
abstract class SyncJournalOrders extends SyncJournalBrake {

    @Test
    @Proves("Each kind of an operator's order comes back whole.")
    void everyKindOfOrderComesBackWhole() {
        Order hold = new Order(
                "hold-1",
                Kind.HOLD,
                Optional.of(SCOPE),
                Optional.of(new VmId("vm-1")),
                NOON.minusMillis(1),
                Optional.of(NOON.plusMillis(1)),
                "looking into it;\nit's odd");
        Order override = new Order(
                "override-1",
                Kind.OVERRIDE,
                Optional.of(new Scope("elsewhere", "", "", "sub-2")),
                Optional.empty(),
                NOON,
                Optional.of(NOON.plusSeconds(60)),
                "");
        Order announcement = new Order(
                "announcement-1",
                Kind.ANNOUNCEMENT,
                Optional.empty(),
                Optional.empty(),
                NOON.plusSeconds(3600),
                Optional.of(NOON.plusSeconds(7200)),
                "planned");
        assertThat(journal().orders()).isEmpty();

        journal().place(hold);
        journal().place(override);
        journal().place(announcement);
        journal().place(pause("pause-1"));

        assertThat(journal().orders()).containsExactlyInAnyOrder(hold, override, announcement, pause("pause-1"));
    }

    @Test
    @Proves("A second order of the same name is refused, and the first one stays.")
    void anOrderIsPlacedOnce() {
        journal().place(pause("pause-1"));
        Order other = new Order(
                "pause-1", Kind.PAUSE, Optional.of(SCOPE), Optional.empty(), NOON, Optional.empty(), "another");

        assertThatThrownBy(() -> journal().place(other))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("pause-1");

        assertThat(journal().orders()).containsExactly(pause("pause-1"));
    }

    @Test
    @Proves("An order is withdrawn once, and no other with it.")
    void anOrderIsWithdrawnOnceAndAlone() {
        journal().place(pause("pause-1"));
        journal().place(pause("pause-2"));

        assertThat(journal().withdraw("pause-1")).isTrue();
        assertThat(journal().withdraw("pause-1")).isFalse();
        assertThat(journal().withdraw("never placed")).isFalse();
        assertThat(journal().orders()).containsExactly(pause("pause-2"));

        journal().place(pause("pause-1"));
        assertThat(journal().orders()).containsExactlyInAnyOrder(pause("pause-1"), pause("pause-2"));
    }

    private static Order pause(String id) {
        return new Order(id, Kind.PAUSE, Optional.empty(), Optional.empty(), NOON, Optional.empty(), "maintenance");
    }
}
