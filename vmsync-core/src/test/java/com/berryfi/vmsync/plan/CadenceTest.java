package com.berryfi.vmsync.plan;

import static com.berryfi.vmsync.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CadenceTest {

    private final Cadence cadence = new Cadence(NOW, Duration.ofSeconds(30));

    @Test
    void theNextSlotIsAlwaysAfterAndOnTheBeat() {
        assertThat(cadence.slotAfter(NOW.minusSeconds(5))).isEqualTo(NOW);
        assertThat(cadence.slotAfter(NOW.minusSeconds(3_600)))
                .as("a clock that was set back")
                .isEqualTo(NOW.minusSeconds(3_570));
        assertThat(cadence.slotAfter(NOW)).isEqualTo(NOW.plusSeconds(30));
        assertThat(cadence.slotAfter(NOW.plusSeconds(29))).isEqualTo(NOW.plusSeconds(30));
        assertThat(cadence.slotAfter(NOW.plusSeconds(30))).isEqualTo(NOW.plusSeconds(60));
        assertThat(cadence.slotAfter(NOW.plusSeconds(95))).isEqualTo(NOW.plusSeconds(120));
    }

    @Test
    void slotsThatWentByAreCounted() {
        assertThat(cadence.missed(NOW, NOW.plusSeconds(29))).isZero();
        assertThat(cadence.missed(NOW, NOW.plusSeconds(30))).isEqualTo(1);
        assertThat(cadence.missed(NOW, NOW.plusSeconds(95))).isEqualTo(3);
        assertThat(cadence.missed(NOW, NOW.minusSeconds(95)))
                .as("a clock that was set back")
                .isZero();
    }

    @Test
    void anIntervalOfNothingIsRefused() {
        assertThatThrownBy(() -> new Cadence(NOW, Duration.ZERO)).hasMessageContaining("interval");
        assertThat(new Cadence(NOW, Duration.ofMillis(1)).slotAfter(NOW)).isEqualTo(NOW.plusMillis(1));
    }
}
