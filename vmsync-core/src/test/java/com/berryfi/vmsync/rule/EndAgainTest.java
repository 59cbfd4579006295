package com.berryfi.vmsync.rule;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.Samples.SESSION;
import static com.berryfi.vmsync.rule.Rulings.ago;
import static com.berryfi.vmsync.rule.Rulings.effects;
import static com.berryfi.vmsync.rule.Rulings.minutes;
import static com.berryfi.vmsync.rule.Rulings.report;
import static com.berryfi.vmsync.rule.Rulings.ruleOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.Story;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Tombstone;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndAgainTest {

    private static final Tombstone TOMBSTONE =
            new Tombstone(SessionStatus.TERMINATED, ago(minutes(9)), "Auto-terminated: VM stopped in Azure", true);
    private static final Effect END_AGAIN = new Effect.EndSession(
            SessionStatus.TERMINATED, ago(minutes(9)), "Auto-terminated: VM stopped in Azure", true);

    @Test
    void aSessionThatWasSavedOverIsEndedAsItWas() {
        Story story = overwritten(PowerState.STOPPED).changedByHost(minutes(1));

        assertThat(ruleOf(story)).isEqualTo("end-again");
        assertThat(effects(story))
                .containsExactly(
                        END_AGAIN,
                        new Effect.ReleaseVm(VmStatus.AVAILABLE),
                        report(FindingKind.OVERWRITTEN, ago(minutes(1))));
        assertThat(Rulings.of(story).held()).isEmpty();
        assertThat(Rulings.of(story).because())
                .isEqualTo("session s-1 was ended as of " + ago(minutes(9))
                        + ", and the host has saved old values over it");
    }

    @Test
    void itTakesNoNewProofAndAMachineThatRunsChangesNothing() {
        assertThat(effects(overwritten(PowerState.RUNNING).byList()))
                .contains(END_AGAIN, new Effect.ReleaseVm(VmStatus.AVAILABLE));
    }

    @Test
    void aVmThatStillNamesTheEndedSessionIsFreed() {
        Story story = Story.of(VmStatus.RUNNING, PowerState.STOPPED)
                .naming(Optional.of(SESSION))
                .buried(TOMBSTONE);

        assertThat(effects(story))
                .containsExactly(new Effect.ReleaseVm(VmStatus.AVAILABLE), report(FindingKind.OVERWRITTEN, NOW));
    }

    @Test
    void aVmThatNamesAnotherSessionOrNoneIsNotFreed() {
        for (Optional<SessionId> named : List.of(Optional.<SessionId>empty(), Optional.of(new SessionId("s-2")))) {
            assertThat(effects(overwritten(PowerState.STOPPED).naming(named)))
                    .containsExactly(END_AGAIN, report(FindingKind.OVERWRITTEN, NOW));
        }
    }

    @Test
    void theHostsErrorStays() {
        Story story = Story.of(VmStatus.ERROR, SessionStatus.ACTIVE, PowerState.STOPPED)
                .buried(TOMBSTONE);

        assertThat(effects(story)).contains(new Effect.ReleaseVm(VmStatus.ERROR));
    }

    @Test
    void rowsThatWereNotSavedOverAreOfOtherRules() {
        Story session = Story.of(VmStatus.RUNNING, SessionStatus.ACTIVE, PowerState.RUNNING);
        assertThat(ruleOf(session.metering(List.of()))).isEqualTo("agree-in-step");
        assertThat(ruleOf(Story.of(VmStatus.RUNNING, PowerState.STOPPED)
                        .naming(Optional.of(new SessionId("s-2")))
                        .buried(TOMBSTONE)))
                .isEqualTo("follow-power");
        assertThat(ruleOf(Story.of(VmStatus.RUNNING, PowerState.STOPPED).buried(TOMBSTONE)))
                .isEqualTo("follow-power");
    }

    @Test
    void whatPeopleKeepToThemselvesAndWhatIsNotKnownComesFirst() {
        assertThat(ruleOf(overwritten(PowerState.STOPPED).onHold(Optional.empty())))
                .isEqualTo("leave-on-hold");
        assertThat(ruleOf(overwritten(PowerState.STOPPED).rowsRead(NOW.plusMillis(1))))
                .isEqualTo("ignore-stale");
        assertThat(ruleOf(Story.of(
                                VmStatus.RUNNING,
                                SessionStatus.ACTIVE,
                                new Observation.Unknown(UnknownCause.TIMED_OUT, ""))
                        .buried(TOMBSTONE)))
                .isEqualTo("leave-unknown");
    }

    private static Story overwritten(PowerState power) {
        return Story.of(VmStatus.RUNNING, SessionStatus.ACTIVE, power).buried(TOMBSTONE);
    }
}
