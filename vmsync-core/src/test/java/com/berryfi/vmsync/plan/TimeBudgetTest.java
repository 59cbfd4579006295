package com.berryfi.vmsync.plan;

import static com.berryfi.vmsync.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeBudgetTest {

    @Test
    void aFifthOfTheIntervalIsLeftForWriting() {
        assertThat(TimeBudget.readsUntil(NOW, Duration.ofSeconds(30))).isEqualTo(NOW.plusSeconds(24));
        assertThat(TimeBudget.readsUntil(NOW, Duration.ofMinutes(5))).isEqualTo(NOW.plusSeconds(240));
    }

    @Test
    void oneReadMayTakeHalfOfWhatIsLeft() {
        assertThat(TimeBudget.oneReadUntil(NOW, NOW.plusSeconds(20))).isEqualTo(NOW.plusSeconds(10));
        assertThat(TimeBudget.oneReadUntil(NOW, NOW.plusMillis(1))).isEqualTo(NOW.plusNanos(500_000));
    }

    @Test
    void onceTheTimeIsOverNoneIsLeft() {
        assertThat(TimeBudget.oneReadUntil(NOW, NOW)).isEqualTo(NOW);
        assertThat(TimeBudget.oneReadUntil(NOW, NOW.minusSeconds(5))).isEqualTo(NOW.minusSeconds(5));
    }
}
