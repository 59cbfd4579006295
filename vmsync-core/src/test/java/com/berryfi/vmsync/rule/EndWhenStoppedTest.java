package com.berryfi.vmsync.rule;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.Samples.SESSION_START;
import static com.berryfi.vmsync.rule.Rulings.DIRECT_READ;
import static com.berryfi.vmsync.rule.Rulings.ago;
import static com.berryfi.vmsync.rule.Rulings.effects;
import static com.berryfi.vmsync.rule.Rulings.held;
import static com.berryfi.vmsync.rule.Rulings.minutes;
import static com.berryfi.vmsync.rule.Rulings.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.Story;
import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncPolicy;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndWhenStoppedTest {

    private static final String STOPPED = "Auto-terminated: VM stopped in Azure";

    @Test
    void theFirstDirectReadSuspendsTheBillAndAsksForASecond() {
        Story story = inUse().justNow().provenRunning(seconds(40));

        assertThat(Rulings.of(story))
                .isEqualTo(new Decision(
                        "end-when-stopped",
                        "the VM is stopped since " + NOW,
                        List.of(new Effect.SuspendMetering(ago(seconds(40)), "VM stopped in Azure")),
                        Optional.of(new Held(
                                Held.Reason.CONFIRMATION,
                                Optional.of(NOW.plusSeconds(25)),
                                Held.ReleasedBy.DIRECT_READ))));
    }

    @Test
    void aListAsksForADirectReadNow() {
        Story story = inUse().byList().answers(5, 0);

        assertThat(Rulings.of(story).effects()).isEmpty();
        assertThat(held(story)).isEqualTo(DIRECT_READ);
    }

    @Test
    void aListProvesNothingAfterADirectReadEither() {
        Story story = inUse().byList().seenFor(minutes(2)).answers(3, 1);

        assertThat(Rulings.of(story).effects()).isEmpty();
        assertThat(held(story).until()).contains(ago(minutes(2)).plusSeconds(25));
    }

    @ParameterizedTest
    @CsvSource({"24999, false", "25000, true", "25001, true"})
    void theSecondDirectReadEndsIfItCameLateEnough(long millis, boolean ends) {
        Story story = inUse().seenFor(Duration.ofMillis(millis)).answers(2, 2).suspended(minutes(1));

        assertThat(effects(story).isEmpty()).isNotEqualTo(ends);
        assertThat(Rulings.of(story).held().isPresent()).isNotEqualTo(ends);
    }

    @Test
    void onceProvenTheSessionIsEndedAndTheMachineFreed() {
        Instant cut = ago(minutes(3));
        Story story = inUse().seenFor(seconds(30)).answers(2, 2).provenRunning(minutes(3));

        assertThat(effects(story))
                .containsExactly(
                        new Effect.EndSession(SessionStatus.TERMINATED, cut, STOPPED, false),
                        new Effect.StopMetering(cut, STOPPED),
                        new Effect.ReleaseVm(VmStatus.AVAILABLE));
    }

    @Test
    void theHostsWordsAreUsedAndItsErrorStays() {
        SyncPolicy policy =
                SyncPolicy.standard().withEndedStatus(SessionStatus.COMPLETED).withFreeStatus(VmStatus.STOPPED);

        assertThat(effects(inUse().under(policy)))
                .contains(
                        new Effect.EndSession(SessionStatus.COMPLETED, SESSION_START, STOPPED, false),
                        new Effect.ReleaseVm(VmStatus.STOPPED));
        assertThat(effects(Story.of(VmStatus.ERROR, SessionStatus.IDLE, PowerState.STOPPED)))
                .contains(new Effect.ReleaseVm(VmStatus.ERROR));
        assertThat(effects(Story.of(VmStatus.ERROR, SessionStatus.IDLE, PowerState.STOPPED)
                        .ourError()))
                .contains(new Effect.ReleaseVm(VmStatus.AVAILABLE));
    }

    private static Story inUse() {
        return Story.of(VmStatus.RUNNING, SessionStatus.ACTIVE, PowerState.STOPPED);
    }
}
