package com.berryfi.vmsync.plan;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.plan.Told.ONE;
import static com.berryfi.vmsync.plan.Told.TWO;
import static com.berryfi.vmsync.plan.Told.full;
import static com.berryfi.vmsync.plan.Told.quick;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.Corrected;
import com.berryfi.vmsync.model.DriftPoint;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.VmOutcome.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How drift and its corrections go on. */
class DriftHistoryTest {

    private static final Instant LATER = NOW.plusSeconds(30);
    private static final Instant LAST = NOW.plusSeconds(300);

    private static DriftHistory after(Told... reports) {
        DriftHistory history = DriftHistory.NONE;
        for (Told report : reports) {
            history = history.after(report.report());
        }
        return history;
    }

    @Test
    void aPointCountsTheVmsThatAreNotInStepAtTheEndByTheRuleThatSpoke() {
        Told full = full(NOW)
                .read(ONE)
                .read(TWO)
                .sets(ONE, "done", "follow-power", Result.DONE)
                .sets(ONE, "lost", "follow-power", Result.LOST_RACE)
                .sets(ONE, "failed", "follow-power", Result.FAILED)
                .setsAndWaits(ONE, "half-done", "end-when-stopped")
                .waits(TWO, "held", Held.Reason.FENCE, "x")
                .idle(TWO, "found", FindingKind.ORPHAN);
        assertThat(after(full).points())
                .containsExactly(new DriftPoint(
                        NOW,
                        2,
                        0,
                        Map.of("follow-power", 2, "end-when-stopped", 1, "a-rule", 2),
                        Map.of("follow-power", 1, "end-when-stopped", 1)));
    }

    @Test
    void inADryRunWhatWouldBeDoneIsDriftAndNothingIsCorrected() {
        DriftHistory history = after(full(NOW).read(ONE).sets(ONE, "a", "follow-power", Result.WOULD_DO));
        assertThat(history.points()).containsExactly(new DriftPoint(NOW, 1, 0, Map.of("follow-power", 1), Map.of()));
        assertThat(history.recent()).isEmpty();
    }

    @Test
    void whatQuickSyncsCorrectedCountsForTheNextPointOnce() {
        DriftHistory history = after(
                full(NOW).read(ONE),
                quick(LATER).read(ONE).sets(ONE, "a", "one", Result.DONE).sets(ONE, "b", "two", Result.DONE),
                quick(LATER).read(ONE).sets(ONE, "c", "one", Result.DONE),
                full(LAST).read(ONE).sets(ONE, "d", "one", Result.DONE),
                full(LAST).read(ONE));
        assertThat(history.points())
                .extracting(DriftPoint::corrected)
                .containsExactly(Map.of(), Map.of("one", 3, "two", 1), Map.of());
        assertThat(history.points()).extracting(DriftPoint::outOfStep).containsOnly(Map.of());
    }

    @Test
    void aFullSyncThatLookedAtNothingTellsNothing() {
        DriftHistory history = after(
                quick(NOW).read(ONE).sets(ONE, "a", "one", Result.DONE),
                full(LATER).lost());
        assertThat(history.points()).isEmpty();
        assertThat(history.after(full(LAST).read(ONE).report()).points())
                .containsExactly(new DriftPoint(LAST, 1, 0, Map.of(), Map.of("one", 1)));
    }

    @Test
    void aQuickSyncThatCorrectedNothingLeavesItAsItIs() {
        DriftHistory history = after(full(NOW).read(ONE));
        Told held = quick(LATER).read(ONE).waits(ONE, "a", Held.Reason.FENCE, "x");
        assertThat(history.after(quick(LATER).read(ONE).report())).isSameAs(history);
        assertThat(history.after(held.report())).isSameAs(history);
    }

    @Test
    void theOldestPointIsDroppedAfterADay() {
        DriftHistory history = DriftHistory.NONE;
        for (int i = 0; i < 300; i++) {
            history = history.after(
                    full(NOW.plus(Duration.ofMinutes(5L * i))).read(ONE).report());
        }
        assertThat(history.points()).hasSize(288);
        assertThat(history.points().get(0).at()).isEqualTo(NOW.plus(Duration.ofMinutes(5 * 12)));
        assertThat(history.points().get(287).at()).isEqualTo(NOW.plus(Duration.ofMinutes(5 * 299)));
    }

    @Test
    void theLatestCorrectionsComeFirstAndTheFiftyFirstIsForgotten() {
        Told many = quick(NOW).read(ONE);
        IntStream.range(0, 60).forEach(i -> many.sets(ONE, "vm-" + i, "one", Result.DONE));
        assertThat(after(many).recent())
                .hasSize(50)
                .extracting(each -> each.vm().value())
                .startsWith("vm-59", "vm-58")
                .endsWith("vm-10");

        List<Corrected> recent = after(many, quick(LATER).read(ONE).sets(ONE, "last", "two", Result.DONE))
                .recent();
        assertThat(recent).hasSize(50).extracting(each -> each.vm().value()).startsWith("last", "vm-59");
        assertThat(recent.get(0).at()).isEqualTo(LATER);
        assertThat(recent.get(0).effects()).extracting(Object::toString).containsExactly("VM -> RUNNING");
    }
}
