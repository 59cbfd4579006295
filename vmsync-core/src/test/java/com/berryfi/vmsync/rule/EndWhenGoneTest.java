package com.berryfi.vmsync.rule;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.Samples.SESSION_START;
import static com.berryfi.vmsync.Samples.notListed;
import static com.berryfi.vmsync.rule.Rulings.ago;
import static com.berryfi.vmsync.rule.Rulings.effects;
import static com.berryfi.vmsync.rule.Rulings.held;
import static com.berryfi.vmsync.rule.Rulings.minutes;
import static com.berryfi.vmsync.rule.Rulings.report;
import static com.berryfi.vmsync.rule.Rulings.ruleOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.Story;
import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndWhenGoneTest {

    private static final String GONE = "Auto-terminated: VM gone from Azure";
    private static final Observation MISSING = new Observation.Missing("ResourceNotFound");
    private static final Held AGAIN = new Held(Held.Reason.MISSING, Optional.empty(), Held.ReleasedBy.DIRECT_READ);

    @Test
    void aListThatLeavesTheVmOutAsksForADirectRead() {
        Story story =
                Story.of(VmStatus.RUNNING, SessionStatus.ACTIVE, notListed()).byList();

        assertThat(Rulings.of(story)).isEqualTo(Decision.held("end-when-gone", "the list does not name the VM", AGAIN));
    }

    @Test
    void theFirstNotFoundIsToldAndAsksForAnother() {
        Story story = missing().justNow();

        assertThat(Rulings.of(story).because())
                .isEqualTo("the cloud does not find the VM (ResourceNotFound) since " + NOW);
        assertThat(effects(story)).containsExactly(report(FindingKind.MISSING, NOW));
        assertThat(held(story)).isEqualTo(AGAIN);
    }

    @ParameterizedTest
    @CsvSource({"2, 600000, false", "3, 119999, false", "3, 120000, true", "4, 120001, true", "0, 600000, false"})
    void threeDirectNotFoundsOverTwoMinutesProveIt(int directs, long millis, boolean ends) {
        Story story = missing().seenFor(Duration.ofMillis(millis)).answers(9, directs);

        assertThat(ends(story)).isEqualTo(ends);
        assertThat(Rulings.of(story).held()).isEqualTo(ends ? Optional.empty() : Optional.of(AGAIN));
    }

    @Test
    void theirTimeBeginsWithTheFirstProof() {
        Story story = missing().seenFor(minutes(10)).answers(9, 3);

        assertThat(ends(story.firstDirect(Duration.ofMillis(119_999)))).isFalse();
        assertThat(ends(story.firstDirect(minutes(2)))).isTrue();
    }

    @Test
    void onlyADirectReadEnds() {
        assertThat(ends(missing().byList())).isFalse();
        assertThat(ends(replaced().byList())).isFalse();
        assertThat(held(replaced().byList())).isEqualTo(AGAIN);
    }

    @Test
    void onceProvenTheSessionIsEndedByForceAndTheVmIsInError() {
        Instant cut = ago(minutes(7));
        Story story = missing().seenFor(minutes(2)).answers(3, 3).provenRunning(minutes(7));

        assertThat(ruleOf(story)).isEqualTo("end-when-gone");
        assertThat(effects(story))
                .containsExactly(
                        report(FindingKind.MISSING, ago(minutes(2))),
                        new Effect.EndSession(SessionStatus.TERMINATED, cut, GONE, true),
                        new Effect.StopMetering(cut, GONE),
                        new Effect.ReleaseVm(VmStatus.ERROR));
        assertThat(((Effect.Report) Rulings.of(story).effects().get(0)).text())
                .isEqualTo(Rulings.of(story).because());
    }

    @ParameterizedTest
    @CsvSource({"0, 1, false", "24999, 2, false", "25000, 2, true"})
    void anotherMachineTwiceProvesItToo(long millis, int directs, boolean ends) {
        Story story = replaced().seenFor(Duration.ofMillis(millis)).answers(directs, directs);
        Instant since = ago(Duration.ofMillis(millis));

        assertThat(Rulings.of(story).because())
                .isEqualTo("another machine answers under the VM's address since " + since);
        assertThat(effects(story)).first().isEqualTo(report(FindingKind.REPLACED, since));
        assertThat(ends(story)).isEqualTo(ends);
        assertThat(Rulings.of(story).held())
                .isEqualTo(
                        ends
                                ? Optional.empty()
                                : Optional.of(new Held(
                                        Held.Reason.MISSING,
                                        Optional.of(since.plusSeconds(25)),
                                        Held.ReleasedBy.DIRECT_READ)));
    }

    @Test
    void anotherMachineOfWhichNoProofIsRememberedIsReadAgain() {
        Story story = replaced().answers(2, 0);

        assertThat(ends(story)).isFalse();
        assertThat(held(story)).isEqualTo(AGAIN);
    }

    @Test
    void aSessionThatBeginsHasItsGrace() {
        Story story = beginning().seenFor(Duration.ofMillis(239_999)).answers(3, 3);

        assertThat(effects(story)).containsExactly(report(FindingKind.MISSING, ago(Duration.ofMillis(239_999))));
        assertThat(held(story))
                .isEqualTo(new Held(Held.Reason.START_GRACE, Optional.of(NOW.plusMillis(1)), Held.ReleasedBy.TIME));
        assertThat(held(beginning().seenFor(minutes(1)).answers(3, 3))).isEqualTo(AGAIN);
    }

    @Test
    void afterItsGraceASessionThatNeverRanHasFailed() {
        Story story = beginning().seenFor(minutes(4)).answers(3, 3);

        assertThat(effects(story))
                .containsExactly(
                        report(FindingKind.MISSING, ago(minutes(4))),
                        new Effect.EndSession(SessionStatus.FAILED, SESSION_START, GONE, true),
                        new Effect.ReleaseVm(VmStatus.ERROR));
        assertThat(effects(story.metering(List.of())))
                .endsWith(
                        new Effect.EndSession(SessionStatus.FAILED, SESSION_START, GONE, true),
                        new Effect.StopMetering(SESSION_START, GONE),
                        new Effect.ReleaseVm(VmStatus.ERROR));
    }

    @Test
    void whatRanOrIsInUseHasNoGrace() {
        assertThat(effects(beginning().seenFor(minutes(2)).answers(3, 3).provenRunning(minutes(5))))
                .contains(new Effect.EndSession(SessionStatus.TERMINATED, ago(minutes(5)), GONE, true));
        assertThat(effects(missing().seenFor(minutes(2)).answers(3, 3)))
                .contains(new Effect.EndSession(SessionStatus.TERMINATED, SESSION_START, GONE, true));
    }

    private static boolean ends(Story story) {
        return effects(story).stream().anyMatch(Effect.EndSession.class::isInstance);
    }

    private static Story missing() {
        return Story.of(VmStatus.RUNNING, SessionStatus.ACTIVE, MISSING);
    }

    private static Story beginning() {
        return Story.of(VmStatus.STARTING, SessionStatus.STARTING, MISSING);
    }

    private static Story replaced() {
        return Story.of(VmStatus.RUNNING, SessionStatus.ACTIVE, PowerState.RUNNING)
                .replaced();
    }
}
