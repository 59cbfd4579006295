package com.berryfi.vmsync.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.azure.limit.ArmCall;
import com.berryfi.vmsync.azure.limit.Governor;
import com.berryfi.vmsync.azure.limit.ListSizes;
import com.berryfi.vmsync.azure.limit.ReadPlan.Way;
import com.berryfi.vmsync.model.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Which way a scope is read, by what was learned of it. */
class PlannerTest {

    private static final Scope ONE = new Scope("azure", "tenant", "client", "sub-1");
    private static final Scope OTHER = new Scope("azure", "tenant", "client", "sub-2");
    private static final Duration AT_MOST = Duration.ofSeconds(30);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private final AtomicLong nanos = new AtomicLong();
    private final Governor governor = new Governor(50, nanos::get);
    private final ListSizes sizes = new ListSizes();
    private final Planner planner = new Planner(governor, sizes, true, nanos::get);

    @Test
    void aLongListIsNotReadForAFewMachines() {
        assertThat(way(ONE, 3)).as("nothing is known of it").isEqualTo(Way.LIST);
        sizes.note(ONE, 1_000, 100);
        assertThat(way(ONE, 3)).isEqualTo(Way.ONE_BY_ONE);
        assertThat(way(ONE, 10)).isEqualTo(Way.LIST);
        assertThat(way(OTHER, 3)).isEqualTo(Way.LIST);
    }

    @Test
    void whereNothingIsWantedThereIsNothingToReadOneByOne() {
        sizes.note(ONE, 1_000, 100);
        assertThat(way(ONE, 0)).isEqualTo(Way.LIST);
    }

    @Test
    void aScopeThatCouldNotBeReadOneByOneIsListedForTenMinutes() {
        sizes.note(ONE, 1_000, 100);
        planner.noteNotOneByOne(ONE);
        assertThat(way(ONE, 3)).isEqualTo(Way.LIST);
        nanos.addAndGet(TEN_MINUTES.toNanos());
        assertThat(way(ONE, 3)).isEqualTo(Way.ONE_BY_ONE);
    }

    @Test
    void whereTheListIsRefusedItIsOneByOneThenTheIndexThenNothing() {
        governor.noteThrottled(new ArmCall(ONE, ArmCall.Kind.LIST_PAGE, ""), false, TEN_MINUTES);
        assertThat(way(ONE, 3)).isEqualTo(Way.ONE_BY_ONE);
        assertThat(way(ONE, 2_000)).as("more than the limits permit in time").isEqualTo(Way.INDEX);
        planner.noteWithoutIndex(ONE);
        assertThat(way(ONE, 2_000)).isEqualTo(Way.NOT_NOW);
        assertThat(way(OTHER, 2_000)).isEqualTo(Way.LIST);
    }

    @Test
    void whoMustWaitIsToldHowLong() {
        governor.noteThrottled(new ArmCall(ONE, ArmCall.Kind.LIST_PAGE, ""), true, TEN_MINUTES);

        Planner.Choice choice = planner.choose(ONE, 3, call(false));

        assertThat(choice.way()).isEqualTo(Way.NOT_NOW);
        assertThat(choice.openIn()).isBetween(TEN_MINUTES, TEN_MINUTES.plusSeconds(1));
        assertThat(planner.choose(OTHER, 3, call(false)).openIn()).isZero();
    }

    private Way way(Scope scope, int wanted) {
        return planner.choose(scope, wanted, call(false)).way();
    }

    private static Call call(boolean leavesReserve) {
        return new Call(Instant.EPOCH, AT_MOST, leavesReserve);
    }
}
