package com.berryfi.vmsync.rule;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.Samples.SESSION_START;
import static com.berryfi.vmsync.rule.Rulings.DIRECT_READ;
import static com.berryfi.vmsync.rule.Rulings.ago;
import static com.berryfi.vmsync.rule.Rulings.effects;
import static com.berryfi.vmsync.rule.Rulings.held;
import static com.berryfi.vmsync.rule.Rulings.minutes;
import static com.berryfi.vmsync.rule.Rulings.ruleOf;
import static com.berryfi.vmsync.rule.Rulings.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.Story;
import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions that begin: {@link FailWhenNeverStarted} and {@link EndWhenLostBeforeUse}. */
class BeforeUseTest {

    private static final String NEVER = "Auto-failed: VM did not start in Azure";
    private static final String LOST = "Auto-terminated: VM off in Azure before the session was in use";

    @ParameterizedTest
    @EnumSource(
            value = SessionStatus.class,
            names = {"REQUESTED", "STARTING"})
    void aSessionMayTakeItsTimeToBegin(SessionStatus status) {
        Story story = Story.of(VmStatus.STARTING, status, PowerState.STOPPED).seenFor(Duration.ofMillis(239_999));

        assertThat(Rulings.of(story))
                .isEqualTo(Decision.held(
                        "fail-when-never-started",
                        "the session is to begin and its VM is STOPPED",
                        new Held(
                                Held.Reason.START_GRACE,
                                Optional.of(ago(Duration.ofMillis(239_999)).plusSeconds(240)),
                                Held.ReleasedBy.TIME)));
    }

    @Test
    void afterItsGraceItHasFailedAndWasNeverMetered() {
        Story story = beginning().seenFor(minutes(4));

        assertThat(Rulings.of(story))
                .isEqualTo(Decision.act(
                        "fail-when-never-started",
                        "the session is to begin and its VM is STOPPED since " + ago(minutes(4)),
                        List.of(
                                new Effect.EndSession(SessionStatus.FAILED, SESSION_START, NEVER, true),
                                new Effect.ReleaseVm(VmStatus.AVAILABLE))));
        assertThat(effects(beginning().neverBegun().seenFor(minutes(4))))
                .contains(new Effect.EndSession(SessionStatus.FAILED, ago(minutes(4)), NEVER, true));
    }

    @Test
    void aBillThatWasBegunAllTheSameIsClosed() {
        assertThat(effects(beginning().metering(List.of())))
                .containsExactly(
                        new Effect.EndSession(SessionStatus.FAILED, SESSION_START, NEVER, true),
                        new Effect.StopMetering(SESSION_START, "VM did not start in Azure"),
                        new Effect.ReleaseVm(VmStatus.AVAILABLE));
    }

    @Test
    void theGraceIsNoProof() {
        Story story = beginning().byList().answers(9, 0);

        assertThat(Rulings.of(story))
                .isEqualTo(Decision.held(
                        "fail-when-never-started",
                        "the session is to begin and its VM is STOPPED, unconfirmed",
                        DIRECT_READ));
    }

    @Test
    void theHostsFenceDoesNotLengthenTheGrace() {
        assertThat(effects(beginning().seenFor(minutes(4)).changedByHost(minutes(4))))
                .hasAtLeastOneElementOfType(Effect.EndSession.class);
    }

    @Test
    void onceItsMachineRanTheSessionIsBilledToTheLastProof() {
        Instant cut = ago(minutes(10));
        Story story = beginning().seenFor(seconds(30)).answers(2, 2).provenRunning(minutes(10));

        assertThat(Rulings.of(story))
                .isEqualTo(Decision.act(
                        "end-when-lost-before-use",
                        "the VM had started and is STOPPED since " + ago(seconds(30)),
                        List.of(
                                new Effect.EndSession(SessionStatus.TERMINATED, cut, LOST, true),
                                new Effect.StopMetering(cut, LOST),
                                new Effect.ReleaseVm(VmStatus.AVAILABLE))));
    }

    @Test
    void aMachineThatRanCountsAsOffOnceThatIsProven() {
        Story story = beginning().justNow().provenRunning(minutes(10));

        assertThat(ruleOf(story)).isEqualTo("end-when-lost-before-use");
        assertThat(effects(story)).isEmpty();
        assertThat(held(story).until()).contains(NOW.plusSeconds(25));
    }

    private static Story beginning() {
        return Story.of(VmStatus.STARTING, SessionStatus.STARTING, PowerState.STOPPED);
    }
}
