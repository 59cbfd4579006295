package com.berryfi.vmsync.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.UnknownCause;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A scope that fails three times rests for 20 seconds; others go on. */
class ScopeBreakersTest {

    private static final Scope ONE = new Scope("azure", "tenant", "client", "sub-1");
    private static final Scope OTHER = new Scope("azure", "tenant", "client", "sub-2");
    private static final Reading WELL = Reading.complete(Map.of(), 0);

    private final AtomicLong nanos = new AtomicLong();
    private final ScopeBreakers breakers = new ScopeBreakers(nanos::get);
    private int reads;

    @Test
    void afterThreeOutagesItIsLeftAloneAndTheOthersAreNot() {
        for (int i = 0; i < 3; i++) {
            assertThat(read(ONE, failed(UnknownCause.TIMED_OUT))).isEqualTo(failed(UnknownCause.TIMED_OUT));
        }
        assertLeftAlone();
        assertThat(reads).isEqualTo(3);
        assertThat(read(OTHER, WELL)).isEqualTo(WELL);
    }

    @Test
    void afterTwentySecondsOneTryDecides() {
        rest();
        pass(Duration.ofSeconds(20).minusNanos(1));
        assertLeftAlone();
        pass(Duration.ofNanos(1));
        assertThat(read(ONE, failed(UnknownCause.SERVER_ERROR))).isEqualTo(failed(UnknownCause.SERVER_ERROR));
        assertLeftAlone();

        pass(Duration.ofSeconds(20));
        assertThat(read(ONE, WELL)).isEqualTo(WELL);
        assertThat(read(ONE, failed(UnknownCause.TIMED_OUT))).isEqualTo(failed(UnknownCause.TIMED_OUT));
        assertThat(read(ONE, WELL)).as("closed again: one failure is not three").isEqualTo(WELL);
    }

    @Test
    void whatIsNoOutageCountsForNothing() {
        for (UnknownCause cause :
                new UnknownCause[] {UnknownCause.THROTTLED, UnknownCause.FORBIDDEN, UnknownCause.UNAUTHENTICATED}) {
            for (int i = 0; i < 5; i++) {
                assertThat(read(ONE, failed(cause))).isEqualTo(failed(cause));
            }
        }
    }

    @Test
    void aSuccessBetweenThemBeginsTheCountAnew() {
        for (int i = 0; i < 10; i++) {
            assertThat(read(ONE, i % 3 == 2 ? WELL : failed(UnknownCause.CONNECTION_FAILED))
                            .failure()
                            .filter(failure -> failure.cause() == UnknownCause.LEFT_ALONE))
                    .isEmpty();
        }
    }

    private void rest() {
        for (int i = 0; i < 3; i++) {
            read(ONE, failed(UnknownCause.TIMED_OUT));
        }
    }

    private void assertLeftAlone() {
        int before = reads;
        assertThat(read(ONE, WELL).failure().orElseThrow().cause()).isEqualTo(UnknownCause.LEFT_ALONE);
        assertThat(reads).isEqualTo(before);
    }

    private Reading read(Scope scope, Reading answer) {
        return breakers.guarded(scope, () -> {
            reads++;
            return answer;
        });
    }

    private void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    private static Reading failed(UnknownCause cause) {
        return Reading.incomplete(Map.of(), 0, new Observation.Unknown(cause, "as planned"), Optional.empty());
    }
}
