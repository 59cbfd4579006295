package com.berryfi.vmsync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.Lapse;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.VmId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What direct reads say of a bill while nothing may be done about it. */
class MeterTest {

    private static final Instant T = Instant.parse("2026-11-01T12:00:00Z");
    private static final Metering NEW = Metering.untouched(new SessionId("s-1"), new VmId("vm-1"));
    private static final Metering LAPSED = NEW.lapsed(Optional.of(new Lapse(at(0), at(1))));
    private static final Metering SUSPENDED = NEW.instructed(List.of(new Gap(at(0), Optional.empty())), false);

    private static Instant at(long minutes) {
        return T.plusSeconds(minutes * 60);
    }

    @Test
    void theFirstProofOfRunningEndsAnInterruption() {
        for (Metering metering : List.of(LAPSED, SUSPENDED)) {
            Metering back = Meter.running(metering, at(5));
            assertThat(back).isEqualTo(metering.back(at(5)));
            assertThat(Meter.running(back, at(6))).isEqualTo(back);
            assertThat(Ledger.gaps(back)).containsExactly(new Gap(at(0), Optional.of(at(5))));
        }
    }

    @Test
    void aProofOfRunningFromWithinALapseIsBilledUntil() {
        Metering late = NEW.lapsed(Optional.of(new Lapse(at(0), at(3))));

        assertThat(Meter.ran(late, at(2)).lapse()).contains(new Lapse(at(2), at(3)));
        assertThat(Meter.ran(late.back(at(5)), at(2)).backAt()).contains(at(5));
        for (long known : new long[] {-1, 0, 3, 4}) {
            assertThat(Meter.ran(late, at(known))).as("minute %s", known).isEqualTo(late);
        }
        assertThat(Meter.ran(late.closed(), at(2))).isEqualTo(late.closed());
        assertThat(Meter.ran(NEW, at(2))).isEqualTo(NEW);
    }

    @Test
    void whatIsNotInterruptedOrClosedStaysAsItIs() {
        assertThat(Meter.running(NEW, at(5))).isEqualTo(NEW);
        assertThat(Meter.running(LAPSED.closed(), at(5))).isEqualTo(LAPSED.closed());
        assertThat(Meter.off(NEW, at(5))).isEqualTo(NEW);
        assertThat(Meter.off(SUSPENDED, at(5))).isEqualTo(SUSPENDED);
        Metering closed = Meter.running(SUSPENDED, at(5)).closed();
        assertThat(Meter.off(closed, at(6))).isEqualTo(closed);
    }

    @Test
    void aSecondProofOfOffMakesTheInterruptionBeforeAGapOfItsOwn() {
        assertThat(Meter.off(Meter.running(LAPSED, at(5)), at(7)).gaps())
                .containsExactly(new Gap(at(0), Optional.of(at(5))));
        assertThat(Meter.off(Meter.running(LAPSED, at(5)), at(7)).lapse()).isEmpty();
        Metering twice = Meter.off(Meter.running(SUSPENDED, at(5)), at(7));
        assertThat(twice.gaps()).containsExactly(new Gap(at(0), Optional.of(at(5))), new Gap(at(7), Optional.empty()));
        assertThat(twice.backAt()).isEmpty();
        assertThat(twice.counter()).as("nothing was said of it").isEqualTo(SUSPENDED.counter());
    }

    @Test
    void theNextGapBeginsNoEarlierThanTheLastOneEnded() {
        assertThat(Meter.off(Meter.running(SUSPENDED, at(5)), at(4)).openGap())
                .contains(new Gap(at(5), Optional.empty()));
        assertThat(Meter.off(Meter.running(SUSPENDED, at(5)), at(5)).openGap())
                .contains(new Gap(at(5), Optional.empty()));
    }
}
