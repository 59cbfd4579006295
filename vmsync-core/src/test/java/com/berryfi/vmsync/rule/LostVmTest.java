package com.berryfi.vmsync.rule;

import static com.berryfi.vmsync.Samples.notListed;
import static com.berryfi.vmsync.rule.Rulings.DIRECT_READ;
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
import com.berryfi.vmsync.model.SyncPolicy;
import com.berryfi.vmsync.model.VmStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A VM without a session that is lost, or was: {@link RecoverFromError} and {@link AwaitMissing}. */
class LostVmTest {

    private static final Observation MISSING = new Observation.Missing("ResourceNotFound");

    @ParameterizedTest
    @CsvSource({
        "RUNNING, RUNNING",
        "STARTING, STARTING",
        "STOPPING, STOPPING",
        "STOPPED, STOPPED",
        "DEALLOCATING, STOPPING",
        "DEALLOCATED, STOPPED"
    })
    void aVmThatWeCalledLostFollowsTheCloudOnceFound(PowerState power, VmStatus status) {
        Story story = Story.of(VmStatus.ERROR, power).ourError();

        assertThat(Rulings.of(story))
                .isEqualTo(Decision.act(
                        "recover-from-error",
                        "the VM was lost and is found " + power,
                        List.of(new Effect.SetVmStatus(status))));
        assertThat(Rulings.of(story.byList()))
                .isEqualTo(Decision.held("recover-from-error", "the VM was lost and is found " + power, DIRECT_READ));
    }

    @Test
    void aStatusThatTheMappingDoesNotNameIsNotWritten() {
        Story story = Story.of(VmStatus.ERROR, PowerState.RUNNING)
                .ourError()
                .under(SyncPolicy.standard().withMapping(power -> VmStatus.UNKNOWN));

        assertThat(Rulings.of(story))
                .isEqualTo(Decision.nothing(
                        "recover-from-error",
                        "the VM was lost and is found RUNNING; the mapping names no status for it"));
    }

    @Test
    void anotherMachineInItsPlaceIsToldAndNotFollowed() {
        Story story = Story.of(VmStatus.ERROR, PowerState.RUNNING).ourError().replaced();

        assertThat(ruleOf(story)).isEqualTo("recover-from-error");
        assertThat(effects(story)).containsExactly(report(FindingKind.REPLACED, ago(minutes(120))));
        assertThat(Rulings.of(story).because()).startsWith("another machine answers");
    }

    @Test
    void theHostsErrorIsNotOurs() {
        assertThat(ruleOf(Story.of(VmStatus.ERROR, PowerState.DEALLOCATED))).isEqualTo("leave-host-error");
        assertThat(ruleOf(Story.of(VmStatus.STOPPED, PowerState.RUNNING))).isEqualTo("follow-power");
        assertThat(ruleOf(Story.of(VmStatus.ERROR, SessionStatus.ACTIVE, PowerState.RUNNING)
                        .ourError()))
                .isEqualTo("resume-when-running");
    }

    @ParameterizedTest
    @EnumSource(value = VmStatus.class, names = "MAINTENANCE", mode = EnumSource.Mode.EXCLUDE)
    void aVmThatIsNotFoundIsToldAndStays(VmStatus believed) {
        Story story = Story.of(believed, MISSING);

        assertThat(ruleOf(story)).isEqualTo("await-missing");
        assertThat(effects(story)).containsExactly(report(FindingKind.MISSING, ago(minutes(120))));
        assertThat(held(story)).isEqualTo(new Held(Held.Reason.MISSING, Optional.empty(), Held.ReleasedBy.CLOUD));
        assertThat(ruleOf(Story.of(VmStatus.ERROR, MISSING).ourError())).isEqualTo("await-missing");
    }

    @Test
    void aVmThatAListLeftOutIsReadDirectly() {
        assertThat(Rulings.of(Story.of(VmStatus.RUNNING, notListed()).byList()))
                .isEqualTo(Decision.held(
                        "await-missing",
                        "the list does not name the VM",
                        new Held(Held.Reason.MISSING, Optional.empty(), Held.ReleasedBy.DIRECT_READ)));
    }

    @Test
    void anotherMachineInThePlaceOfAVmThatWeNeverCalledLostIsTold() {
        Story story = Story.of(VmStatus.AVAILABLE, PowerState.RUNNING).replaced();

        assertThat(ruleOf(story)).isEqualTo("await-missing");
        assertThat(effects(story)).containsExactly(report(FindingKind.REPLACED, ago(minutes(120))));
        assertThat(held(story).releasedBy()).isEqualTo(Held.ReleasedBy.CLOUD);
    }
}
