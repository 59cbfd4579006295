package com.berryfi.vmsync.rule;

import static com.berryfi.vmsync.rule.Rulings.ago;
import static com.berryfi.vmsync.rule.Rulings.effects;
import static com.berryfi.vmsync.rule.Rulings.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.Story;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncPolicy;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A heartbeat that the VM itself sends puts an ending off, once, and for so long as the host says. */
class HeartbeatTest {

    private static final SyncPolicy DELAYED = SyncPolicy.standard().withHeartbeatDelay(seconds(90));

    @ParameterizedTest
    @CsvSource({
        "60000, 59999, true",
        "60000, 60000, false",
        "60000, 60001, false",
        "89999, 1000, true",
        "90000, 1000, false",
    })
    void onlyOneThatIsNewerAndOnlyForItsTime(long seenForMillis, long beatMillisAgo, boolean delays) {
        for (PowerState off : List.of(PowerState.STOPPED, PowerState.DEALLOCATED)) {
            Story story = Story.of(VmStatus.RUNNING, SessionStatus.ACTIVE, off)
                    .seenFor(Duration.ofMillis(seenForMillis))
                    .heartbeat(Duration.ofMillis(beatMillisAgo))
                    .under(DELAYED);
            Optional<Held> expected = delays
                    ? Optional.of(new Held(
                            Held.Reason.HEARTBEAT,
                            Optional.of(ago(Duration.ofMillis(seenForMillis)).plusSeconds(90)),
                            Held.ReleasedBy.TIME))
                    : Optional.empty();

            assertThat(Rulings.of(story).held()).isEqualTo(expected);
            assertThat(effects(story).stream().anyMatch(Effect.EndSession.class::isInstance))
                    .isNotEqualTo(delays);
        }
    }

    @Test
    void theBillIsSuspendedAllTheSame() {
        Story story = Story.of(VmStatus.RUNNING, SessionStatus.ACTIVE, PowerState.STOPPED)
                .seenFor(seconds(60))
                .heartbeat(seconds(10))
                .under(DELAYED);

        assertThat(effects(story)).singleElement().isInstanceOf(Effect.SuspendMetering.class);
    }

    @Test
    void oneThatTheVmDoesNotSendCountsForNothing() {
        Story story = Story.of(VmStatus.RUNNING, SessionStatus.ACTIVE, PowerState.DEALLOCATED)
                .seenFor(seconds(60))
                .heartbeat(seconds(10));

        assertThat(Rulings.of(story).held()).isEmpty();
    }

    @Test
    void whereThereIsNoneNothingIsPutOff() {
        Story story = Story.of(VmStatus.RUNNING, SessionStatus.ACTIVE, PowerState.DEALLOCATED)
                .seenFor(seconds(60))
                .under(DELAYED);

        assertThat(Rulings.of(story).held()).isEmpty();
    }
}
