package com.berryfi.vmsync.azure.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.azure.limit.ReadPlan.Price;
import com.berryfi.vmsync.azure.limit.ReadPlan.Way;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The cheaper way of those that are open. */
class ReadPlanTest {

    private static final Duration AT_MOST = Duration.ofSeconds(30);
    private static final Duration TOO_LONG = AT_MOST.plusMillis(1);
    private static final Price INDEX = new Price(1, 0.001, Duration.ZERO);

    @Test
    void whileTheLimitsAreFarTheFewerCallsWinAndOfAsManyTheList() {
        assertThat(choose(far(3), far(2))).isEqualTo(Way.ONE_BY_ONE);
        assertThat(choose(far(3), far(3))).isEqualTo(Way.LIST);
        assertThat(choose(far(3), far(4))).isEqualTo(Way.LIST);
    }

    @Test
    void whereOneIsNearTheSmallerPartOfWhatIsLeftWins() {
        assertThat(choose(new Price(1, 0.5, Duration.ZERO), new Price(20, 0.2, Duration.ZERO)))
                .isEqualTo(Way.ONE_BY_ONE);
        assertThat(choose(new Price(10, 0.05, Duration.ZERO), new Price(5, 0.6, Duration.ZERO)))
                .isEqualTo(Way.LIST);
    }

    @Test
    void whatDoesNotOpenInTimeIsNotTaken() {
        assertThat(choose(closed(), new Price(500, 0.9, AT_MOST))).isEqualTo(Way.ONE_BY_ONE);
        assertThat(choose(new Price(500, 0.9, AT_MOST), closed())).isEqualTo(Way.LIST);
        assertThat(choose(closed(), closed())).isEqualTo(Way.INDEX);
        assertThat(ReadPlan.choose(closed(), closed(), closed(), true, true, AT_MOST))
                .isEqualTo(Way.NOT_NOW);
    }

    @Test
    void whatMayNotBeReadIsNot() {
        assertThat(ReadPlan.choose(far(3), far(1), INDEX, false, true, AT_MOST)).isEqualTo(Way.LIST);
        assertThat(ReadPlan.choose(closed(), far(1), INDEX, false, true, AT_MOST))
                .isEqualTo(Way.INDEX);
        assertThat(ReadPlan.choose(closed(), closed(), INDEX, true, false, AT_MOST))
                .isEqualTo(Way.NOT_NOW);
    }

    private static Way choose(Price list, Price oneByOne) {
        return ReadPlan.choose(list, oneByOne, INDEX, true, true, AT_MOST);
    }

    private static Price far(int calls) {
        return new Price(calls, calls / 1_000.0, Duration.ZERO);
    }

    private static Price closed() {
        return new Price(1, 0.001, TOO_LONG);
    }
}
