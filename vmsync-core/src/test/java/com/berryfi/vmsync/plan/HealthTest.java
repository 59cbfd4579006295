package com.berryfi.vmsync.plan;

import static com.berryfi.vmsync.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthTest {

    private static final Duration FULL = Duration.ofMinutes(5);
    private static final Duration QUICK = Duration.ofSeconds(30);
    private static final Instant THREE_FULL = NOW.plus(Duration.ofMinutes(15));
    private static final Instant THREE_QUICK = NOW.plus(Duration.ofSeconds(90));

    private final Health whole = Health.UNKNOWN.whole(NOW, Optional.empty(), FULL);

    @Test
    void aProcessThatHasJustBegunIsFrozenUntilItHasReadTheScopeWhole() {
        assertThat(Health.UNKNOWN.frozen(NOW, FULL)).contains("the scope was not read whole yet");
        assertThat(Health.UNKNOWN.failed(QUICK).frozen(NOW, FULL)).contains("the scope was not read whole yet");
        assertThat(whole.frozen(NOW, FULL)).isEmpty();
        assertThat(whole.outage()).isEmpty();
    }

    @Test
    void threeIntervalsWithoutAWholeReadAreBorneAndNotOneMillisecondMore() {
        assertThat(whole.frozen(THREE_FULL, FULL)).isEmpty();
        assertThat(whole.frozen(THREE_FULL.plusMillis(1), FULL)).contains("the scope was last read whole at " + NOW);
    }

    @Test
    void theIntervalIsTheShortestOfThoseThatFailed() {
        for (Health failing : new Health[] {
            whole.failed(QUICK),
            whole.failed(QUICK).failed(FULL),
            whole.failed(FULL).failed(QUICK)
        }) {
            assertThat(failing.failing()).contains(QUICK);
            assertThat(failing.frozen(THREE_QUICK, FULL)).isEmpty();
            assertThat(failing.frozen(THREE_QUICK.plusMillis(1), FULL)).isPresent();
        }
        assertThat(whole.failed(FULL).frozen(THREE_FULL, FULL)).isEmpty();
        assertThat(whole.failed(FULL).frozen(THREE_FULL.plusMillis(1), FULL)).isPresent();
    }

    @Test
    void aWholeReadThawsAndForgetsTheFailures() {
        Health thawed = whole.failed(QUICK).whole(THREE_QUICK, Optional.empty(), FULL);

        assertThat(thawed).isEqualTo(new Health(true, Optional.of(THREE_QUICK), Optional.empty(), Optional.empty()));
        assertThat(thawed.frozen(THREE_QUICK.plus(QUICK.multipliedBy(4)), FULL)).isEmpty();
    }

    @Test
    void whatWentUnreadForMoreThanThreeIntervalsWasAnOutage() {
        Instant late = THREE_QUICK.plusMillis(1);

        assertThat(whole.failed(QUICK)
                        .whole(THREE_QUICK, Optional.empty(), FULL)
                        .outage())
                .isEmpty();
        assertThat(whole.failed(QUICK).whole(late, Optional.empty(), FULL).outage())
                .contains(new Outage(NOW, late));
        assertThat(whole.whole(late, Optional.empty(), FULL).outage())
                .as("nothing failed, nothing was asked")
                .isEmpty();
    }

    @Test
    void anOutageIsRememberedUntilTheNext() {
        Instant late = THREE_FULL.plusMillis(1);
        Health after = whole.whole(late, Optional.empty(), FULL);
        Instant again = late.plus(QUICK);

        assertThat(after.whole(again, Optional.empty(), FULL).outage()).contains(new Outage(NOW, late));
        assertThat(after.failed(QUICK).outage()).contains(new Outage(NOW, late));
        assertThat(after.distrusted().outage()).contains(new Outage(NOW, late));
        Instant second = late.plus(Duration.ofHours(1));
        assertThat(after.whole(second, Optional.empty(), FULL).outage()).contains(new Outage(late, second));
    }

    @Test
    void aProcessThatBeginsKnowsAnOutageByTheLastWholeReadOfAnother() {
        assertThat(Health.UNKNOWN
                        .whole(THREE_FULL.plusMillis(1), Optional.of(NOW), FULL)
                        .outage())
                .contains(new Outage(NOW, THREE_FULL.plusMillis(1)));
        assertThat(Health.UNKNOWN.whole(THREE_FULL, Optional.of(NOW), FULL).outage())
                .isEmpty();
    }

    @Test
    void whatWentUnreadByThisProcessWasNoOutageIfAnotherHasReadIt() {
        Instant late = NOW.plus(Duration.ofHours(1));

        assertThat(whole.whole(late, Optional.of(late.minus(QUICK)), FULL).outage())
                .isEmpty();
        assertThat(whole.whole(late, Optional.of(NOW.minus(QUICK)), FULL).outage())
                .contains(new Outage(NOW, late));
    }

    @Test
    void afterAFailureOfOurOwnNothingIsTrustedUntilItIsReadAgain() {
        Health distrusted = whole.failed(QUICK).distrusted();

        assertThat(distrusted.frozen(NOW, FULL)).contains("the scope was not read whole yet");
        assertThat(distrusted.wholeAt()).contains(NOW);
        assertThat(distrusted.failing()).contains(QUICK);
        assertThat(distrusted.failed(QUICK).frozen(NOW, FULL)).isPresent();
        assertThat(distrusted.whole(NOW.plus(QUICK), Optional.empty(), FULL).frozen(NOW.plus(QUICK), FULL))
                .isEmpty();
    }
}
