package com.berryfi.vmsync.plan;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.Samples.SESSION;
import static com.berryfi.vmsync.Samples.VM;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.Interval;
import com.berryfi.vmsync.model.Metering;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private static final Metering NEW = Metering.untouched(SESSION, VM);

    @Test
    void suspendResumeStopAreNumberedAndLeaveTheGapOut() {
        Ledger.Entry suspended = Ledger.enter(NEW, new Effect.SuspendMetering(at(10), "off"), Optional.of(at(0)));
        Ledger.Entry resumed =
                Ledger.enter(suspended.metering(), new Effect.ResumeMetering(at(20), "on"), Optional.of(at(0)));
        Ledger.Entry stopped =
                Ledger.enter(resumed.metering(), new Effect.StopMetering(at(60), "end"), Optional.of(at(0)));

        assertThat(suspended.instruction())
                .get()
                .extracting(i -> i.key().counter())
                .isEqualTo(1L);
        assertThat(resumed.instruction())
                .get()
                .extracting(i -> i.key().counter())
                .isEqualTo(2L);
        assertThat(stopped.instruction()).get().isInstanceOfSatisfying(BillingInstruction.Stop.class, stop -> {
            assertThat(stop.key().counter()).isEqualTo(3);
            assertThat(stop.billed()).containsExactly(new Interval(at(0), at(10)), new Interval(at(20), at(60)));
            assertThat(stop.total()).isEqualTo(Duration.ofMinutes(50));
        });
        assertThat(stopped.metering().stopped()).isTrue();
    }

    @Test
    void aBillThatWasClosedStaysClosed() {
        Metering closed = Metering.untouched(SESSION, VM).instructed(List.of(), true);
        for (Effect effect : List.of(
                new Effect.SuspendMetering(at(1), ""),
                new Effect.ResumeMetering(at(1), ""),
                new Effect.StopMetering(at(1), ""))) {
            Ledger.Entry entry = Ledger.enter(closed, effect, Optional.of(at(0)));
            assertThat(entry.metering()).isEqualTo(closed);
            assertThat(entry.instruction()).isEmpty();
        }
    }

    @Test
    void aSecondSuspensionSaysNothing() {
        Metering suspended =
                Metering.untouched(SESSION, VM).instructed(List.of(new Gap(at(5), Optional.empty())), false);

        assertThat(Ledger.enter(suspended, new Effect.SuspendMetering(at(9), ""), Optional.of(at(0)))
                        .instruction())
                .isEmpty();
    }

    @Test
    void aSessionThatWasNeverMeteredIsBilledNothing() {
        Ledger.Entry entry = Ledger.enter(NEW, new Effect.StopMetering(at(9), ""), Optional.empty());

        assertThat(entry.instruction())
                .get()
                .isInstanceOfSatisfying(
                        BillingInstruction.Stop.class,
                        stop -> assertThat(stop.total()).isZero());
    }

    /** Second by second: what is billed is what lies in the session and in no gap. */
    @Test
    void everySecondIsBilledOnceUnlessItLiesInAGap() {
        long seed = Long.getLong("vmsync.seed", 20261101L);
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            int end = random.nextInt(60);
            List<Gap> gaps = new ArrayList<>();
            int from = random.nextInt(20);
            while (from < 70) {
                int to = from + random.nextInt(15);
                boolean open = to >= 70;
                gaps.add(new Gap(second(from), open ? Optional.empty() : Optional.of(second(to))));
                from = to + random.nextInt(10) + 1;
            }
            List<Interval> billed = Ledger.billed(second(0), second(end), gaps);
            for (int second = 0; second < 80; second++) {
                Instant instant = second(second);
                boolean inSession = second < end;
                boolean inGap = gaps.stream()
                        .anyMatch(gap -> !instant.isBefore(gap.from())
                                && gap.to().map(instant::isBefore).orElse(true));
                long times = billed.stream()
                        .filter(interval -> !instant.isBefore(interval.from()) && instant.isBefore(interval.to()))
                        .count();
                assertThat(times)
                        .as("seed %s round %s second %s", seed, round, second)
                        .isEqualTo(inSession && !inGap ? 1 : 0);
            }
        }
    }

    private static Instant at(int minute) {
        return NOW.plus(Duration.ofMinutes(minute));
    }

    private static Instant second(int second) {
        return NOW.plusSeconds(second);
    }
}
