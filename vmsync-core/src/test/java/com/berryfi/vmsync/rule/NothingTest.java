package com.berryfi.vmsync.rule;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.Samples.seen;
import static com.berryfi.vmsync.rule.Rulings.minutes;
import static com.berryfi.vmsync.rule.Rulings.ruleOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.Story;
import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules that say why nothing is done. */
class NothingTest {

    @Test
    void ofWhatIsNotKnownNothingFollows() {
        Story story = Story.of(
                VmStatus.RUNNING, SessionStatus.ACTIVE, new Observation.Unknown(UnknownCause.FORBIDDEN, "403"));

        assertThat(Rulings.of(story))
                .isEqualTo(Decision.nothing(
                        "leave-unknown", "the cloud says nothing of the VM: unknown (FORBIDDEN: 403)"));
        assertThat(ruleOf(Story.of(VmStatus.RUNNING, seen(PowerState.UNKNOWN)))).isEqualTo("leave-unknown");
    }

    @Test
    void whatWasAskedBeforeTheRowsWereReadSaysNothingOfThem() {
        Story story = Story.of(VmStatus.RUNNING, PowerState.STOPPED).rowsRead(NOW.plusMillis(1));

        assertThat(Rulings.of(story))
                .isEqualTo(Decision.nothing(
                        "ignore-stale", "asked at " + NOW + ", before the rows were read at " + NOW.plusMillis(1)));
        assertThat(ruleOf(story.rowsRead(NOW))).isEqualTo("follow-power");
    }

    @ParameterizedTest
    @EnumSource(
            value = PowerState.class,
            names = {"STARTING", "STOPPING", "DEALLOCATING", "DEALLOCATED"})
    void theHostsErrorIsItsOwnToClear(PowerState power) {
        assertThat(Rulings.of(Story.of(VmStatus.ERROR, power)))
                .isEqualTo(Decision.nothing("leave-host-error", "the host says ERROR, the cloud says " + power));
    }

    @Test
    void theHostsErrorStaysUnderALiveSessionThatRuns() {
        for (SessionStatus live : List.of(SessionStatus.STARTING, SessionStatus.ACTIVE)) {
            assertThat(Rulings.of(Story.of(VmStatus.ERROR, live, PowerState.RUNNING)))
                    .isEqualTo(Decision.held(
                            "leave-host-error",
                            "the host says ERROR, the cloud says RUNNING",
                            new Held(Held.Reason.HOST_ERROR, Optional.empty(), Held.ReleasedBy.HOST)));
        }
        assertThat(ruleOf(Story.of(VmStatus.ERROR, SessionStatus.STARTING, PowerState.RUNNING)
                        .suspended(minutes(9))))
                .isEqualTo("leave-host-error");
    }

    @ParameterizedTest
    @EnumSource(
            value = VmStatus.class,
            names = {"AVAILABLE", "ASSIGNED"})
    void anAllocationStaysWhileItsMachineStarts(VmStatus believed) {
        assertThat(Rulings.of(Story.of(believed, PowerState.STARTING)))
                .isEqualTo(Decision.nothing("leave-allocation", "the VM starts while it is " + believed));
    }

    @ParameterizedTest
    @CsvSource({
        "AVAILABLE, DEALLOCATED",
        "ASSIGNED, STOPPING",
        "STARTING, STARTING",
        "STOPPING, DEALLOCATING",
        "STOPPED, DEALLOCATED",
        "DEALLOCATED, DEALLOCATED"
    })
    void bothSidesAgree(VmStatus believed, PowerState power) {
        assertThat(Rulings.of(Story.of(believed, power)))
                .isEqualTo(Decision.nothing("agree-in-step", "believed " + believed + ", cloud " + power));
    }

    @Test
    void bothSidesAgreeOnASession() {
        for (SessionStatus live : List.of(SessionStatus.REQUESTED, SessionStatus.ACTIVE, SessionStatus.IDLE)) {
            assertThat(ruleOf(Story.of(VmStatus.RUNNING, live, PowerState.RUNNING)))
                    .isEqualTo("agree-in-step");
        }
    }
}
